using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Tests.Setup;

[Collection(ServerCollection.Name)]
public sealed class ApiTests(ServerFixture server)
{
    private const string Contacts = "/api/v1/contacts";

    private readonly HttpClient program = server.Program;

    [Fact]
    public async Task Contact_Posted_IsReadAndListedByKey()
    {
        var made = await program.PostJsonAsync(Contacts, """{"name":"张三","mobile":"138-0000-6620","company":"沪上精工","priority":"High","nextFollowUpAt":"2027-01-02T03:04:05+08:00"}""");
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        made.Headers.ETag!.Tag.ShouldBe("\"1\"");
        var read = await program.GetAsync(made.Headers.Location);
        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        read.Headers.ETag!.Tag.ShouldBe("\"1\"");
        var fields = (await read.JsonAsync()).GetProperty("fields");
        (fields.GetProperty("name").GetString(), fields.GetProperty("priority").GetString(), fields.GetProperty("mobile").GetString(), fields.GetProperty("nextFollowUpAt").GetString())
            .ShouldBe(("张三", "High", "138-0000-6620", "2027-01-01T19:04:05Z"));
        (await Json($"{Contacts}?search=6620")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Contacts_Paged_AreEachReadOnce()
    {
        var person = await server.App.AddUserAsync(Role.SalesRep);
        var mine = await server.App.ProgramOfAsync(person);
        for (var i = 0; i < 5; i++) (await mine.PostJsonAsync(Contacts, $$"""{"name":"人{{i}}"}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        var names = new List<string?>();
        for (var next = ""; next is not null;)
        {
            var page = await (await mine.GetAsync(Requests.At($"{Contacts}?scope=mine&limit=2{next}"))).JsonAsync();
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("fields").GetProperty("name").GetString()));
            next = page.GetProperty("next").GetString() is { } after ? $"&after={after}" : null;
        }
        names.ShouldBe(["人0", "人1", "人2", "人3", "人4"]);
    }

    [Fact]
    public async Task Account_Posted_IsReadAndListedByKey()
    {
        var made = await program.PostJsonAsync("/api/v1/accounts", """{"name":"苏州测试有限公司","class":"A"}""");
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await (await program.GetAsync(made.Headers.Location)).JsonAsync()).GetProperty("fields").GetProperty("name").GetString().ShouldBe("苏州测试有限公司");
        (await Json("/api/v1/accounts?search=szcs")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Interaction_Posted_IsAnalysedAndRead()
    {
        var contact = (await (await program.PostJsonAsync(Contacts, """{"name":"李四"}""")).JsonAsync()).GetProperty("id").GetGuid();
        var made = await program.PostJsonAsync($"{Contacts}/{contact}/interactions", JsonSerializer.Serialize(new { type = "Call", content = Samples.Talk, at = "2026-05-06T07:08:09" }));
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        var id = (await made.JsonAsync()).GetProperty("id").GetGuid();
        await Eventually.TrueAsync(async () => (await Json($"/api/v1/interactions/{id}")).GetProperty("analysis").GetProperty("state").GetString() == "Done", "the interaction is analysed");
        var items = (await Json($"{Contacts}/{contact}/interactions?type=Call")).GetProperty("items");
        items[0].GetProperty("analysis").GetProperty("findings").GetArrayLength().ShouldBeGreaterThan(0);
        items[0].GetProperty("fields").GetProperty("at").GetString().ShouldBe("2026-05-06T07:08:09Z");
    }

    [Theory]
    [InlineData("{\"name\":5}")]
    [InlineData("{\"name\":\"x\",\"priority\":\"Urgent\"}")]
    [InlineData("{\"name\":\"x\",\"priority\":1}")]
    [InlineData("{\"name\":\"x\",\"nextFollowUpAt\":\"tomorrow\"}")]
    [InlineData("{\"name\":\"x\",\"dealValueMinor\":1.5}")]
    [InlineData("{\"name\":\"x\",\"competitors\":null}")]
    [InlineData("{\"name\":\"x\",\"competitors\":[null]}")]
    [InlineData("{\"name\":\"x\",\"competitors\":\"y\"}")]
    [InlineData("{\"name\":\"x\",\"socialProfiles\":[null]}")]
    [InlineData("{\"name\":\"x\",\"personal\":null}")]
    [InlineData("{\"name\":\"x\",\"personal\":{\"interests\":[null]}}")]
    [InlineData("{\"name\":\"x\",\"currency\":null}")]
    [InlineData("{\"name\":null}")]
    [InlineData("{\"name\":")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task Contact_OfAWrongForm_IsABadRequest(string json)
    {
        var answer = await program.PostJsonAsync(Contacts, json);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("Exception");
    }

    [Theory]
    [InlineData("?limit=many")]
    [InlineData("?limit=99999999999")]
    public async Task Query_OfAWrongForm_IsABadRequest(string query) => (await program.GetAsync(Requests.At(Contacts + query))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Contact_OfBadInput_IsRefusedWithCodesAndFields()
    {
        var answer = await program.PostJsonAsync(Contacts, """{"name":" ","email":"x"}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await answer.JsonAsync();
        problem.GetProperty("code").GetString().ShouldBe("contact.name.empty");
        problem.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("code")} {e.GetProperty("field")}").ShouldBe(["contact.name.empty name", "email.invalid email"]);
        (await program.GetAsync(Requests.At($"{Contacts}?after=nonsense"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Bodies_TooLong_AreRefused()
    {
        (await program.PostJsonAsync(Contacts, JsonSerializer.Serialize(new { name = "x", notes = new string('x', 4001) }))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var huge = new HttpRequestMessage(HttpMethod.Post, Contacts) { Content = JsonContent.Create(new { name = "x", notes = new string('x', 31 << 20) }) };
        huge.Headers.ExpectContinue = true;
        await huge.Content.LoadIntoBufferAsync();
        (await program.SendAsync(huge)).StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Records_OfOthers_AreNotFound()
    {
        var other = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        var contact = (await (await other.PostJsonAsync(Contacts, """{"name":"别人的","company":"别人的公司"}""")).JsonAsync()).GetProperty("id").GetGuid();
        var account = (await (await other.GetAsync(Requests.At($"{Contacts}/{contact}"))).JsonAsync()).GetProperty("account").GetProperty("id").GetGuid();
        foreach (var path in (string[])[$"{Contacts}/{contact}", $"/api/v1/accounts/{account}", $"{Contacts}/{contact}/interactions", $"/api/v1/interactions/{Guid.NewGuid()}", $"{Contacts}/{Guid.NewGuid()}"])
        {
            var answer = await program.GetAsync(Requests.At(path));
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            (await answer.JsonAsync()).GetProperty("code").GetString().ShouldBe("not_found");
        }
    }

    [Fact]
    public async Task Viewer_Writing_IsForbidden()
    {
        var viewer = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.Viewer));
        (await viewer.PostJsonAsync(Contacts, """{"name":"x"}""")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Token_RevokedExpiredOrOfNobody_IsUnauthorized()
    {
        var person = await server.App.AddUserAsync(Role.SalesRep);
        var client = await server.App.ProgramOfAsync(person);
        (await client.GetAsync(Requests.At(Contacts))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await using (var scope = server.App.Acting(person))
        {
            var users = scope.ServiceProvider.GetRequiredService<IUsers>();
            (await users.RevokeTokenAsync((await users.TokensAsync(default)).Single().Id, default)).Succeeded.ShouldBeTrue();
        }
        (await client.GetAsync(Requests.At(Contacts))).ShouldSatisfyAllConditions(r => r.StatusCode.ShouldBe(HttpStatusCode.Unauthorized), r => r.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Bearer"));
        foreach (var token in (string[])["", "crm_x", "crm_" + new string('a', 5000), "'; drop table Users --"])
        {
            client.DefaultRequestHeaders.Remove("Authorization");
            client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
            (await client.GetAsync(Requests.At(Contacts))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
        client.DefaultRequestHeaders.Authorization = new("Bearer", await server.App.TokenOfAsync(person, days: 1));
        (await client.GetAsync(Requests.At(Contacts))).StatusCode.ShouldBe(HttpStatusCode.OK);
        server.Clock.Advance(TimeSpan.FromDays(1));
        (await client.GetAsync(Requests.At(Contacts))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Session_OfABrowser_DoesNotOpenTheApi() =>
        (await (await server.App.SignedInAsync(server.Rep)).GetAsync(Requests.At(Contacts))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task Description_OfTheApi_ListsItsRoutes()
    {
        var paths = (await Json("/openapi/v1.json")).GetProperty("paths").EnumerateObject().Select(p => p.Name);
        foreach (var kind in (string[])["contacts", "accounts", "interactions", "custom-fields"])
            foreach (var path in (string[])[$"/api/v1/{kind}/{{id}}", $"/api/v1/{kind}/{{id}}/restore"]) paths.ShouldContain(path);
        foreach (var path in (string[])["archive", "unarchive", "assign", "shares", "photos", "photos/{photoId}"]) paths.ShouldContain($"/api/v1/contacts/{{id}}/{path}");
        foreach (var path in (string[])["/api/v1/folders/{id}", "/api/v1/folders/{id}/move", "/api/v1/folders/file", "/api/v1/tags/{id}", "/api/v1/views/{id}", "/api/v1/bulk-edits", "/api/v1/bulk-edits/{id}/undo"]) paths.ShouldContain(path);
    }

    private async Task<JsonElement> Json(string path) => await (await program.GetAsync(Requests.At(path))).JsonAsync();
}
