using System.Net;
using System.Text;
using System.Text.Json;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Users;
using CrmAi.Tests.Setup;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.AiRuns;

[Collection(ServerCollection.Name)]
public sealed class AiApiTests(ServerFixture server)
{
    [Fact]
    public async Task Runs_OverTheApi_AreOnesOwnByPagesFiltersAndSums()
    {
        var (mine, other) = (await server.App.AddUserAsync(Role.SalesRep), await server.App.AddUserAsync(Role.SalesRep));
        var program = await server.App.ProgramOfAsync(mine);
        await using (var db = server.App.Open())
        {
            db.AiRuns.AddRange(Run(mine, 3), Run(mine, 2, AiRunType.Profile), Run(other, 1));
            await db.SaveChangesAsync();
        }
        var first = await JsonAsync(program, "/api/v1/ai-runs?limit=1");
        var newest = first.GetProperty("items").EnumerateArray().Single();
        newest.GetProperty("type").GetString().ShouldBe("Profile");
        var second = await JsonAsync(program, "/api/v1/ai-runs?limit=1&after=" + first.GetProperty("next").GetString());
        second.GetProperty("items").EnumerateArray().Single().GetProperty("type").GetString().ShouldBe("Conversation");
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        (await JsonAsync(program, "/api/v1/ai-runs?type=Profile&state=Done")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await JsonAsync(program, "/api/v1/ai-runs?to=2020-01-01T00:00:00Z")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await JsonAsync(program, "/api/v1/ai-runs/sums")).GetProperty("runs").GetInt32().ShouldBe(2);
        (await JsonAsync(program, "/api/v1/ai-runs/trends?type=Profile")).GetProperty("cells").GetArrayLength().ShouldBe(1);
        (await JsonAsync(program, "/api/v1/ai-calls")).GetProperty("items").GetArrayLength().ShouldBe(0);

        var id = newest.GetProperty("id").GetString();
        (await JsonAsync(program, "/api/v1/ai-runs/" + id)).GetProperty("inputDigest").GetString().ShouldBe("07");
        (await (await server.App.ProgramOfAsync(other)).GetAsync(Requests.At("/api/v1/ai-runs/" + id))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await program.GetAsync(Requests.At("/api/v1/ai-runs?after=nonsense"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await program.GetAsync(Requests.At("/api/v1/ai-runs?state=maybe"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var viewer = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.Viewer));
        foreach (var path in (string[])["ai-runs", "ai-runs/sums", "ai-runs/trends", "ai-calls"])
            (await viewer.GetAsync(Requests.At("/api/v1/" + path))).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
    }

    [Fact]
    public async Task Settings_OverTheApi_AreChangedByTheVersionThatWasRead()
    {
        var admin = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.Admin));
        var read = await admin.GetAsync(Requests.At("/api/v1/ai-settings"));
        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        var version = read.Headers.ETag!.Tag;
        (await PutAsync(admin, """{"enabled":true,"dailyBudgetMicros":5000000,"monthlyBudgetMicros":null}""", null)).StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        var put = await PutAsync(admin, """{"enabled":true,"dailyBudgetMicros":5000000,"monthlyBudgetMicros":null}""", version);
        put.StatusCode.ShouldBe(HttpStatusCode.OK);
        put.Headers.ETag!.Tag.ShouldNotBe(version);
        (await PutAsync(admin, """{"enabled":false,"dailyBudgetMicros":null,"monthlyBudgetMicros":null}""", version)).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        var refused = await PutAsync(admin, """{"enabled":true,"dailyBudgetMicros":-1,"monthlyBudgetMicros":null}""", put.Headers.ETag.Tag);
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await refused.JsonAsync()).GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("dailyBudgetMicros");
        (await (await admin.GetAsync(Requests.At("/api/v1/ai-settings"))).JsonAsync()).GetProperty("fields").GetProperty("dailyBudgetMicros").GetInt64().ShouldBe(5_000_000);

        (await server.Program.GetAsync(Requests.At("/api/v1/ai-settings"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await PutAsync(server.Program, """{"enabled":false,"dailyBudgetMicros":null,"monthlyBudgetMicros":null}""", put.Headers.ETag.Tag)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Description_TellsOfTheLedger()
    {
        var paths = (await (await server.App.Visitor("application/json").GetAsync(Requests.At("/openapi/v1.json"))).JsonAsync()).GetProperty("paths");
        foreach (var path in (string[])["/api/v1/ai-runs", "/api/v1/ai-runs/{id}", "/api/v1/ai-runs/sums", "/api/v1/ai-runs/trends", "/api/v1/ai-calls", "/api/v1/ai-settings"])
            paths.TryGetProperty(path, out _).ShouldBeTrue(path);
        paths.GetProperty("/api/v1/ai-runs").GetProperty("get").GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()!.ToLowerInvariant())
            .ShouldBe(["type", "analyst", "userid", "contactid", "state", "rating", "from", "to", "after", "limit"]);
        paths.GetProperty("/api/v1/ai-settings").TryGetProperty("put", out _).ShouldBeTrue();
    }

    private AiRun Run(User user, int minutesAgo, AiRunType type = AiRunType.Conversation) =>
        new() { Type = type, UserId = user.Id, InputDigest = [7], Analyst = "rules", AnalystVersion = "1", At = server.Clock.Now.AddMinutes(-minutesAgo) };

    private static async Task<JsonElement> JsonAsync(HttpClient program, string path)
    {
        var answer = await program.GetAsync(Requests.At(path));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await answer.JsonAsync();
    }

    private static async Task<HttpResponseMessage> PutAsync(HttpClient program, string json, string? version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/ai-settings") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (version is not null) request.Headers.TryAddWithoutValidation("If-Match", version);
        return await program.SendAsync(request);
    }
}
