using System.Net;
using System.Text.Json;
using CrmAi.Domain.Users;
using CrmAi.Tests.Setup;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Briefs;

[Collection(ServerCollection.Name)]
public sealed class BriefApiTests(ServerFixture server)
{
    [Fact]
    public async Task Scores_Suggestions_AndTheBrief_AreReadAndDecidedOverTheApi()
    {
        var person = await server.App.AddUserAsync(Role.SalesRep);
        var program = await server.App.ProgramOfAsync(person);
        var id = (await (await program.PostJsonAsync("/api/v1/contacts", """{"name":"接口客户","stage":"Proposal","dealValueMinor":5000000}""")).JsonAsync()).GetProperty("id").GetGuid();
        var talk = JsonSerializer.Serialize(new { type = "WeChat", direction = "Inbound", content = "客户: 麻烦把报价发给我，谢谢。", at = server.Clock.Now.AddMinutes(-5) });
        (await program.PostJsonAsync($"/api/v1/contacts/{id}/interactions", talk)).StatusCode.ShouldBe(HttpStatusCode.Created);
        JsonElement actions = default;
        await Eventually.TrueAsync(async () => (actions = await ReadAsync(program, $"/api/v1/contacts/{id}/actions")).GetArrayLength() > 0, "no suggestion came");
        var scores = await ReadAsync(program, $"/api/v1/contacts/{id}/scores");
        scores.GetProperty("scores").EnumerateArray().First(s => s.GetProperty("kind").GetString() == "Intent").GetProperty("value").GetInt64().ShouldBeGreaterThan(0);
        var action = actions[0].GetProperty("id").GetGuid();
        (await ReadAsync(program, "/api/v1/brief")).GetProperty("cards").GetArrayLength().ShouldBe(1);

        (await program.PostJsonAsync($"/api/v1/actions/{action}/reject", """{"reason":"NotRelevant","note":null}""")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await program.PostJsonAsync($"/api/v1/actions/{action}/reject", """{"reason":"NotRelevant","note":null}""")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await program.PostJsonAsync($"/api/v1/actions/{action}/undo", "")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var accepted = await program.PostJsonAsync($"/api/v1/actions/{action}/accept", JsonSerializer.Serialize(new { @as = "Task", title = "发报价", at = server.Clock.Now.AddHours(2) }));
        accepted.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await accepted.JsonAsync()).GetProperty("id").GetGuid().ShouldNotBe(Guid.Empty);
        (await ReadAsync(program, "/api/v1/brief")).GetProperty("cards")[0].GetProperty("suggestion").GetProperty("state").GetString().ShouldBe("Accepted");

        var stranger = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        foreach (var path in (string[])[$"/api/v1/contacts/{id}/scores", $"/api/v1/contacts/{id}/actions", $"/api/v1/brief?userId={person.Id}"])
            (await stranger.GetAsync(Requests.At(path))).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        (await stranger.PostJsonAsync($"/api/v1/actions/{action}/undo", "")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<JsonElement> ReadAsync(HttpClient program, string path)
    {
        var answer = await program.GetAsync(Requests.At(path));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await answer.JsonAsync();
    }
}
