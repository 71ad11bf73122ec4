using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CrmAi.Domain.Users;
using CrmAi.Tests.Setup;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.PromptTexts;

[Collection(ServerCollection.Name)]
public sealed class PromptApiTests(ServerFixture server)
{
    private const string One = "/api/v1/ai-prompts/profile/en";

    [Fact]
    public async Task Prompts_OverTheApi_AreWordedPublishedExportedAndTakenBack()
    {
        var admin = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.Admin, u => u.Language = "en"));
        (await JsonAsync(admin, "/api/v1/ai-prompts")).EnumerateArray().Select(r => r.GetProperty("task").GetString()).ShouldContain("profile");
        var read = await admin.GetAsync(Requests.At(One));
        var (tag, view) = (read.Headers.ETag!.Tag, await read.JsonAsync());
        var parts = view.GetProperty("parts").EnumerateArray().Where(p => p.GetProperty("isFree").GetBoolean()).Select(p => p.GetProperty("text").GetString()!).ToArray();
        var edit = new { parts = (string[])[parts[0] + " We sell to factories.", parts[1]], note = "What we sell", publish = true };
        (await SendAsync(admin, HttpMethod.Post, One + "/versions", edit, null)).StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        var refused = await SendAsync(admin, HttpMethod.Post, One + "/versions", new { parts = (string[])["", parts[1]], note = "x" }, tag);
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.JsonAsync()).GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("parts[0]");
        var saved = await SendAsync(admin, HttpMethod.Post, One + "/versions", edit, tag);
        saved.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(admin, HttpMethod.Post, One + "/versions", edit with { note = "again" }, tag)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        var held = await JsonAsync(admin, One);
        var number = held.GetProperty("published").GetInt32();
        held.GetProperty("name").GetString()!.ShouldStartWith($"profile/en/c{number}-");
        var file = await admin.GetAsync(Requests.At($"{One}/versions/{number}/file"));
        (await file.Content.ReadAsStringAsync()).ShouldSatisfyAllConditions(t => t.ShouldStartWith($"version: {number}\n"), t => t.ShouldContain("We sell to factories."));
        file.Content.Headers.ContentDisposition!.FileName.ShouldBe("profile.en.md");
        (await SendAsync(admin, HttpMethod.Put, One + "/published", new { number = 0 }, saved.Headers.ETag!.Tag)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await JsonAsync(admin, One)).GetProperty("published").GetInt32().ShouldBe(0);
        (await admin.PostAsJsonAsync(Requests.At(One + "/previews"), new { parts, contactId = Guid.NewGuid() })).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

        foreach (var path in (string[])["/api/v1/ai-prompts", One, One + "/versions/0", One + "/versions/0/file", "/api/v1/ai-prompts/additions"])
            (await server.Program.GetAsync(Requests.At(path))).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        (await admin.GetAsync(Requests.At("/api/v1/ai-prompts/poem/en"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Additions_OverTheApi_AreOnesOwn()
    {
        var mine = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        (await SendAsync(mine, HttpMethod.Put, "/api/v1/ai-additions/profile", new { text = "留意停机" }, "\"0\"")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(mine, HttpMethod.Put, "/api/v1/ai-additions/profile", new { text = "别的" }, "\"0\"")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await JsonAsync(mine, "/api/v1/ai-additions")).GetProperty("items").EnumerateArray().Single(i => i.GetProperty("task").GetString() == "profile").GetProperty("text").GetString().ShouldBe("留意停机");
        var other = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        (await JsonAsync(other, "/api/v1/ai-additions")).GetProperty("items").EnumerateArray().ShouldAllBe(i => i.GetProperty("text").GetString() == "");
    }

    [Fact]
    public async Task Description_TellsOfPrompts()
    {
        var paths = (await (await server.App.Visitor("application/json").GetAsync(Requests.At("/openapi/v1.json"))).JsonAsync()).GetProperty("paths");
        foreach (var path in (string[])["", "/{task}/{language}", "/{task}/{language}/versions", "/{task}/{language}/published", "/{task}/{language}/previews", "/previews/{id}", "/additions"])
            paths.TryGetProperty("/api/v1/ai-prompts" + path, out _).ShouldBeTrue(path);
        paths.TryGetProperty("/api/v1/ai-additions/{task}", out _).ShouldBeTrue();
    }

    private static async Task<JsonElement> JsonAsync(HttpClient program, string path)
    {
        var answer = await program.GetAsync(Requests.At(path));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await answer.JsonAsync();
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient program, HttpMethod method, string path, object body, string? version)
    {
        using var request = new HttpRequestMessage(method, Requests.At(path)) { Content = JsonContent.Create(body) };
        if (version is not null) request.Headers.TryAddWithoutValidation("If-Match", version);
        return await program.SendAsync(request);
    }
}
