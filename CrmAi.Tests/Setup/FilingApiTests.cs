using System.Net;
using System.Text;
using System.Text.Json;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Setup;

/// <summary>Folders, tags, views and bulk edits over HTTP.</summary>
[Collection(ServerCollection.Name)]
public sealed class FilingApiTests(ServerFixture server)
{
    private readonly HttpClient program = server.Program;

    [Theory]
    [InlineData("folders", """{"name":"接口一"}""", """{"name":"接口二"}""")]
    [InlineData("tags", """{"name":"接口一","kind":"Stage","colour":"#112233"}""", """{"name":"接口二"}""")]
    [InlineData("views", """{"name":"接口一","filter":"priority=high"}""", """{"name":"接口二"}""")]
    public async Task Record_Posted_IsChangedByWhoeverReadItsVersion(string kind, string first, string second)
    {
        var made = await program.PostJsonAsync($"/api/v1/{kind}", first);
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        var at = made.Headers.Location!.ToString();
        (await program.GetAsync(Requests.At(at))).Headers.ETag!.Tag.ShouldBe("\"1\"");
        (await (await program.GetAsync(Requests.At($"/api/v1/{kind}"))).JsonAsync()).EnumerateArray().Count(r => at.EndsWith(r.GetProperty("id").GetString()!, StringComparison.Ordinal)).ShouldBe(1);
        (await PutAsync(at, second, null)).StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        foreach (var tag in (string[])["*", "1", "W/\"1\"", "\"x\"", "\"1\", \"2\""]) (await PutAsync(at, second, tag)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, tag);
        (await PutAsync(at, second, "\"9\"")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        var changed = await PutAsync(at, second, "\"1\"");
        (changed.StatusCode, changed.Headers.ETag!.Tag).ShouldBe((HttpStatusCode.OK, "\"2\""));
        (await program.PostJsonAsync($"/api/v1/{kind}", second)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await program.DeleteAsync(Requests.At(at))).StatusCode.ShouldBe(kind == "tags" ? HttpStatusCode.Forbidden : HttpStatusCode.OK);
        (await program.GetAsync(Requests.At(at))).StatusCode.ShouldBe(kind == "tags" ? HttpStatusCode.OK : HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task BulkEdit_Posted_IsFollowedToItsEndAndUndone()
    {
        var contact = (await (await program.PostJsonAsync("/api/v1/contacts", """{"name":"批量"}""")).JsonAsync()).GetProperty("id").GetGuid();
        var started = await program.PostJsonAsync("/api/v1/bulk-edits", JsonSerializer.Serialize(new { action = "SetPriority", value = "High", ids = (Guid[])[contact, Guid.NewGuid()] }));
        started.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var at = started.Headers.Location!.ToString();
        await Eventually.TrueAsync(async () => (await Json(at)).GetProperty("state").GetString() == "Done", "the bulk edit ends");
        (await Json(at)).GetProperty("failures")[0].GetProperty("code").GetString().ShouldBe("not_found");
        var undo = await program.PostJsonAsync($"{at}/undo", "");
        undo.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.TrueAsync(async () => (await Json(undo.Headers.Location!.ToString())).GetProperty("state").GetString() == "Done", "the undo ends");
        (await Json($"/api/v1/contacts/{contact}")).GetProperty("fields").GetProperty("priority").GetString().ShouldBe("Medium");
        (await program.PostJsonAsync($"{at}/undo", "")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await program.PostJsonAsync($"/api/v1/bulk-edits/{Guid.NewGuid()}/cancel", "")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await program.PostJsonAsync("/api/v1/bulk-edits", """{"action":"Explode"}""")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task<JsonElement> Json(string path) => await (await program.GetAsync(Requests.At(path))).JsonAsync();

    private async Task<HttpResponseMessage> PutAsync(string path, string json, string? ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Requests.At(path)) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (ifMatch is not null) request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await program.SendAsync(request);
    }
}
