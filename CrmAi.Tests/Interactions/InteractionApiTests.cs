using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Users;
using CrmAi.Tests.Setup;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Interactions;

[Collection(ServerCollection.Name)]
public sealed class InteractionApiTests(ServerFixture server)
{
    private readonly HttpClient program = server.Program;

    [Fact]
    public async Task Interaction_ChangedWithItsVersion_IsSavedOnce()
    {
        var path = await PostAsync(await ContactAsync(), """{"type":"Call","content":"一","at":"2026-05-06T07:08:09Z"}""");
        var fields = (await JsonAsync(path)).GetProperty("fields");
        var edit = JsonNode.Parse(fields.GetRawText())!;
        edit["content"] = "二";
        (await PutAsync(path, edit.ToJsonString(), null)).StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        var saved = await PutAsync(path, edit.ToJsonString(), "\"1\"");
        (saved.StatusCode, saved.Headers.ETag!.Tag).ShouldBe((HttpStatusCode.OK, "\"2\""));
        edit["content"] = "三";
        var stale = await PutAsync(path, edit.ToJsonString(), "\"1\"");
        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await stale.JsonAsync()).GetProperty("code").GetString().ShouldBe("conflict");
        (await JsonAsync(path)).GetProperty("fields").GetProperty("content").GetString().ShouldBe("二");
    }

    [Fact]
    public async Task Interaction_Deleted_IsGoneUntilRestored()
    {
        var contact = await ContactAsync();
        var path = await PostAsync(contact, """{"type":"Call","content":"一","at":"2026-05-06T07:08:09Z"}""");
        (await program.DeleteAsync(Requests.At(path))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await program.GetAsync(Requests.At(path))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await program.DeleteAsync(Requests.At(path))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await program.PostAsync(Requests.At(path + "/restore"), null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await program.GetAsync(Requests.At(path))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await program.PostAsync(Requests.At(path + "/restore"), null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Interactions_FilteredAndPaged_AreEachReadOnce()
    {
        var contact = await ContactAsync();
        for (var i = 0; i < 5; i++) await PostAsync(contact, JsonSerializer.Serialize(new { type = "Call", content = $"预算 {i}", at = "2026-05-06T07:08:09Z", isImportant = i % 2 == 0 }));
        await PostAsync(contact, """{"type":"Email","content":"别的","at":"2026-05-06T07:08:09Z","isArchived":true}""");
        await PostAsync(contact, JsonSerializer.Serialize(new { type = "Meeting", subject = "会", at = server.Clock.Now.AddDays(2), isScheduled = true }));
        (await TextsAsync(contact, "search=%E9%A2%84%E7%AE%97&limit=2")).ShouldBe(["预算 4", "预算 3", "预算 2", "预算 1", "预算 0"]);
        (await TextsAsync(contact, "important=true&limit=2")).ShouldBe(["预算 4", "预算 2", "预算 0"]);
        (await TextsAsync(contact, "archived=true&limit=2")).ShouldBe(["别的"]);
        (await TextsAsync(contact, "scheduled=true&limit=2")).ShouldBe([""]);
        (await TextsAsync(contact, "scheduled=false&limit=4")).Count.ShouldBe(5);
        (await program.GetAsync(Requests.At($"/api/v1/contacts/{contact}/interactions?type=Fax"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await program.GetAsync(Requests.At($"/api/v1/contacts/{contact}/interactions?after=x"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Interactions_OfOthersAndPrivateOnes_AreNotFound()
    {
        var contact = await ContactAsync();
        var mine = await PostAsync(contact, """{"type":"Call","content":"一","at":"2026-05-06T07:08:09Z"}""");
        var hidden = await PostAsync(contact, """{"type":"Call","content":"只给自己","at":"2026-05-06T07:08:09Z","isPrivate":true}""");
        var stranger = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        await ShouldKnowNothingAsync(stranger, mine);
        await ShouldKnowNothingAsync(stranger, hidden);
        var analyst = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.Analyst)); // sees contacts that are not private
        (await analyst.GetAsync(Requests.At(mine))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await ShouldKnowNothingAsync(analyst, hidden);
        (await program.GetAsync(Requests.At(hidden))).StatusCode.ShouldBe(HttpStatusCode.OK);

        static async Task ShouldKnowNothingAsync(HttpClient other, string path)
        {
            (await other.GetAsync(Requests.At(path))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await PutAsync(other, path, """{"type":"Call","content":"x","at":"2026-05-06T07:08:09Z"}""", "\"1\"")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await other.DeleteAsync(Requests.At(path))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await other.PostAsync(Requests.At(path + "/restore"), null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Theory]
    [InlineData("{\"type\":\"Call\",\"content\":\" \",\"at\":\"2026-05-06T07:08:09Z\"}", "interaction.content.empty")]
    [InlineData("{\"type\":\"Call\",\"content\":\"x\",\"at\":\"1980-05-06T07:08:09Z\"}", "interaction.at.range")]
    [InlineData("{\"type\":\"Call\",\"content\":\"x\",\"at\":\"2026-05-06T07:08:09Z\",\"isScheduled\":true}", "interaction.scheduled.past")]
    [InlineData("{\"type\":\"Call\",\"content\":\"x\",\"at\":\"2026-05-06T07:08:09Z\",\"methodologyRating\":11}", "rating.range")]
    [InlineData("{\"type\":\"Call\",\"content\":\"x\",\"at\":\"2026-05-06T07:08:09Z\",\"dealProbability\":1.5}", "probability.range")]
    [InlineData("{\"type\":\"Call\",\"content\":\"x\",\"at\":\"2026-05-06T07:08:09Z\",\"latitude\":91,\"longitude\":0}", "place.range")]
    [InlineData("{\"type\":\"Call\",\"content\":\"x\",\"at\":\"2026-05-06T07:08:09Z\",\"latitude\":9}", "place.range")]
    [InlineData("{\"type\":\"Call\",\"content\":\"x\",\"at\":\"2026-05-06T07:08:09Z\",\"dealValueMinor\":-1}", "money.range")]
    [InlineData("{\"type\":\"Call\",\"content\":\"x\",\"at\":\"2026-05-06T07:08:09Z\",\"recordingUrl\":\"javascript:alert(1)\"}", "url.invalid")]
    [InlineData("{\"type\":\"Call\",\"content\":\"x\",\"at\":\"2026-05-06T07:08:09Z\",\"attachmentIds\":[\"00000000-0000-0000-0000-000000000001\"]}", "attachment.unknown")]
    public async Task Interaction_BeyondALimit_IsRefusedWithItsCode(string json, string code)
    {
        var answer = await program.PostJsonAsync($"/api/v1/contacts/{await ContactAsync()}/interactions", json);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.JsonAsync()).GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task Content_OfTwoHundredThousandCharacters_IsTakenAndOneMoreIsNot()
    {
        var contact = await ContactAsync();
        string Json(int length) => JsonSerializer.Serialize(new { type = "Other", content = new string('长', length), at = "2026-05-06T07:08:09Z" });
        var path = await PostAsync(contact, Json(Interaction.MaxContent));
        (await JsonAsync(path)).GetProperty("fields").GetProperty("content").GetString()!.Length.ShouldBe(Interaction.MaxContent);
        (await program.PostJsonAsync($"/api/v1/contacts/{contact}/interactions", Json(Interaction.MaxContent + 1))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Attachment_UploadedByToken_IsClaimedAndReadInRanges()
    {
        using var content = new ByteArrayContent("RIFF\0\0\0\0WAVE0123456789"u8.ToArray());
        var uploaded = await program.PostAsync(Requests.At("/api/v1/attachments?name=%E5%BD%95%E9%9F%B3.wav"), content);
        uploaded.StatusCode.ShouldBe(HttpStatusCode.OK);
        var file = (await uploaded.JsonAsync()).GetProperty("id").GetGuid();
        await PostAsync(await ContactAsync(), $$"""{"type":"Call","at":"2026-05-06T07:08:09Z","attachmentIds":["{{file}}"]}""");
        using var part = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/attachments/{file}");
        part.Headers.Range = new RangeHeaderValue(12, 15);
        var answer = await program.SendAsync(part);
        (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Content.Headers.ContentDisposition!.FileNameStar).ShouldBe((HttpStatusCode.PartialContent, "0123", "录音.wav"));
        var stranger = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        (await stranger.GetAsync(Requests.At($"/api/v1/attachments/{file}"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Calendar_OfAnAppointment_IsForThoseWhoSeeIt()
    {
        var path = await PostAsync(await ContactAsync(), JsonSerializer.Serialize(new { type = "Meeting", subject = "会", at = server.Clock.Now.AddDays(2), isScheduled = true }));
        var file = $"/interactions/{path[(path.LastIndexOf('/') + 1)..]}/calendar.ics";
        var answer = await (await server.App.SignedInAsync(server.Rep)).GetAsync(Requests.At(file));
        (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType).ShouldBe((HttpStatusCode.OK, "text/calendar"));
        (await answer.Content.ReadAsStringAsync()).ShouldStartWith("BEGIN:VCALENDAR\r\n");
        (await (await server.App.SignedInAsync(await server.App.AddUserAsync(Role.SalesRep))).GetAsync(Requests.At(file))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task<Guid> ContactAsync() => (await (await program.PostJsonAsync("/api/v1/contacts", """{"name":"李四"}""")).JsonAsync()).GetProperty("id").GetGuid();

    private async Task<string> PostAsync(Guid contact, string json)
    {
        var answer = await program.PostJsonAsync($"/api/v1/contacts/{contact}/interactions", json);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return answer.Headers.Location!.ToString();
    }

    private Task<HttpResponseMessage> PutAsync(string path, string json, string? version) => PutAsync(program, path, json, version);

    private static async Task<HttpResponseMessage> PutAsync(HttpClient client, string path, string json, string? version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (version is not null) request.Headers.TryAddWithoutValidation("If-Match", version);
        return await client.SendAsync(request);
    }

    private async Task<List<string?>> TextsAsync(Guid contact, string query)
    {
        var texts = new List<string?>();
        for (var next = ""; next is not null;)
        {
            var page = await JsonAsync($"/api/v1/contacts/{contact}/interactions?{query}{next}");
            texts.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("fields").GetProperty("content").GetString()));
            next = page.GetProperty("next").GetString() is { } after ? $"&after={after}" : null;
        }
        return texts;
    }

    private async Task<JsonElement> JsonAsync(string path) => await (await program.GetAsync(Requests.At(path))).JsonAsync();
}
