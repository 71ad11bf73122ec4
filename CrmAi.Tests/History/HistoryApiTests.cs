using System.Net;
using CrmAi.Domain.Users;
using CrmAi.Tests.Setup;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.History;

/// <summary>Taking a command back over the API.</summary>
[Collection(ServerCollection.Name)]
public sealed class HistoryApiTests(ServerFixture server)
{
    [Fact]
    public async Task Deletion_IsTakenBack_AndTheUndoToo_ByWhoMay()
    {
        var id = (await (await server.Program.PostJsonAsync("/api/v1/contacts", """{"name":"接口撤销"}""")).JsonAsync()).GetProperty("id").GetGuid();
        var at = $"/api/v1/contacts/{id}";
        var deleted = await (await server.Program.DeleteAsync(Requests.At(at))).JsonAsync();
        var undo = UndoOf(deleted);
        var stranger = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        (await RefusedAsync(stranger, undo)).ShouldBe((HttpStatusCode.NotFound, "not_found"));
        (await server.Program.GetAsync(Requests.At(at))).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var undone = await server.Program.PostAsync(Requests.At(undo), null);
        undone.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.Program.GetAsync(Requests.At(at))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await RefusedAsync(server.Program, undo)).ShouldBe((HttpStatusCode.UnprocessableEntity, "undo.done"));
        (await server.Program.PostAsync(Requests.At(UndoOf(await undone.JsonAsync())), null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.Program.GetAsync(Requests.At(at))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Sight_WithoutTheRight_IsNotEnough_AndNothingUnknownIsTold()
    {
        // everybody in the company may see it, and its owner alone may change it
        var added = await (await server.Program.PostJsonAsync("/api/v1/contacts", """{"name":"人人可见","visibility":"Public"}""")).JsonAsync();
        var stranger = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        (await stranger.GetAsync(Requests.At($"/api/v1/contacts/{added.GetProperty("id").GetGuid()}"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await RefusedAsync(stranger, UndoOf(added))).ShouldBe((HttpStatusCode.Forbidden, "forbidden"));
        (await RefusedAsync(server.Program, $"/api/v1/changes/{Guid.NewGuid()}/undo")).ShouldBe((HttpStatusCode.NotFound, "not_found"));
        (await server.App.Visitor("application/json").PostAsync(Requests.At(UndoOf(added)), null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var described = (await (await server.App.Visitor("application/json").GetAsync(Requests.At("/openapi/v1.json"))).JsonAsync()).GetProperty("paths").GetProperty("/api/v1/changes/{id}/undo").GetProperty("post");
        described.GetProperty("responses").EnumerateObject().Select(r => r.Name).ShouldBe(["200", "400", "403", "404", "409", "422"], ignoreOrder: true);
        (await server.Program.PostAsync(Requests.At(UndoOf(added)), null)).StatusCode.ShouldBe(HttpStatusCode.OK, "its owner may, and other tests do not see it");
    }

    private static string UndoOf(System.Text.Json.JsonElement saved) => $"/api/v1/changes/{saved.GetProperty("changeSetId").GetGuid()}/undo";

    private static async Task<(HttpStatusCode Status, string? Code)> RefusedAsync(HttpClient by, string path)
    {
        var answer = await by.PostAsync(Requests.At(path), null);
        return (answer.StatusCode, (await answer.JsonAsync()).GetProperty("code").GetString());
    }
}
