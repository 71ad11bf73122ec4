using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using CrmAi.Domain.Users;
using CrmAi.Tests.Setup;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Scripts;

[Collection(ServerCollection.Name)]
public sealed class ScriptApiTests(ServerFixture server)
{
    [Fact]
    public async Task Words_AreAskedFor_Read_Changed_AndSwitchedOff_OverTheApi()
    {
        var program = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        var id = (await (await program.PostJsonAsync("/api/v1/contacts", """{"name":"接口客户","stage":"Proposal"}""")).JsonAsync()).GetProperty("id").GetGuid();
        var talk = JsonSerializer.Serialize(new { type = "WeChat", direction = "Inbound", content = "客户: 麻烦把报价发给我，谢谢。", at = server.Clock.Now.AddMinutes(-5) });
        (await program.PostJsonAsync($"/api/v1/contacts/{id}/interactions", talk)).StatusCode.ShouldBe(HttpStatusCode.Created);
        JsonElement actions = default;
        await Eventually.TrueAsync(async () => (actions = await ReadAsync(program, $"/api/v1/contacts/{id}/actions")).GetArrayLength() > 0, "no suggestion came");
        var path = $"/api/v1/actions/{actions[0].GetProperty("id").GetGuid()}/script";
        (await ReadAsync(program, path)).GetProperty("draft").ValueKind.ShouldBe(JsonValueKind.Null);

        var asked = await program.PostJsonAsync(path, """{"tone":"Formal"}""");
        asked.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        JsonElement draft = default;
        await Eventually.TrueAsync(async () => (draft = (await ReadAsync(program, path)).GetProperty("draft")).GetProperty("state").GetString() == "Done", "no words came");
        draft.GetProperty("sentences").EnumerateArray().ShouldContain(s => s.GetProperty("source").ValueKind == JsonValueKind.Object);
        draft.GetProperty("id").GetGuid().ShouldBe((await asked.JsonAsync()).GetProperty("id").GetGuid());

        (await PutAsync(program, $"/api/v1/scripts/{draft.GetProperty("id").GetGuid()}", """{"text":"我的话"}""", null)).StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        (await PutAsync(program, $"/api/v1/scripts/{draft.GetProperty("id").GetGuid()}", """{"text":"我的话"}""", "\"99\"")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await PutAsync(program, $"/api/v1/scripts/{draft.GetProperty("id").GetGuid()}", """{"text":"我的话"}""", $"\"{draft.GetProperty("version").GetInt32()}\"")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ReadAsync(program, path)).GetProperty("draft").GetProperty("edited").GetString().ShouldBe("我的话");

        var automation = await program.GetAsync(Requests.At("/api/v1/me/automation"));
        (await automation.JsonAsync()).GetProperty("scriptGeneration").GetBoolean().ShouldBeTrue();
        (await PutAsync(program, "/api/v1/me/automation", """{"autoAnalysis":true,"profileUpdates":true,"scriptGeneration":false}""", automation.Headers.ETag!.ToString())).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await program.PostJsonAsync(path, """{"tone":"Formal"}""")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await ReadAsync(program, path)).GetProperty("isOn").GetBoolean().ShouldBeFalse();

        var stranger = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        (await stranger.GetAsync(Requests.At(path))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.PostJsonAsync(path, """{"tone":"Formal"}""")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<HttpResponseMessage> PutAsync(HttpClient program, string path, string json, string? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(json, MediaTypeHeaderValue.Parse("application/json")) };
        if (tag is not null) request.Headers.TryAddWithoutValidation("If-Match", tag);
        return await program.SendAsync(request);
    }

    private static async Task<JsonElement> ReadAsync(HttpClient program, string path)
    {
        var answer = await program.GetAsync(Requests.At(path));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await answer.JsonAsync();
    }
}
