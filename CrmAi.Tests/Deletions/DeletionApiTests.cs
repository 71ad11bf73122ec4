using System.Net;
using System.Text.Json;
using CrmAi.Domain.Users;
using CrmAi.Tests.Setup;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Deletions;

[Collection(ServerCollection.Name)]
public sealed class DeletionApiTests(ServerFixture server)
{
    [Fact]
    public async Task Deleted_OverTheApi_AreOnesOwnAndComeBack()
    {
        var mine = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        var id = await AddAndDeleteAsync(mine, "contacts", """{"name":"张三","title":"厂长"}""");
        var company = await AddAndDeleteAsync(mine, "accounts", """{"name":"一家公司"}""");
        var first = await ListAsync(mine, "?limit=1");
        first.GetProperty("items").EnumerateArray().Single().GetProperty("id").GetString().ShouldBe(company);
        var second = await ListAsync(mine, "?limit=1&after=" + first.GetProperty("next").GetString());
        var row = second.GetProperty("items").EnumerateArray().Single();
        (row.GetProperty("id").GetString(), row.GetProperty("kind").GetString(), row.GetProperty("name").GetString()).ShouldBe((id, "Contact", "张三"));
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        (await ListAsync(mine, "?kind=Account")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await ListAsync(await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep)), "")).GetProperty("items").GetArrayLength().ShouldBe(0);

        (await mine.PostJsonAsync($"/api/v1/contacts/{id}/restore", "{}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ListAsync(mine, "?kind=Contact")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await mine.GetAsync(Requests.At("/api/v1/deleted?after=nonsense"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await mine.GetAsync(Requests.At("/api/v1/deleted?kind=Folder"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("contacts", """{"name":"张三"}""")]
    [InlineData("accounts", """{"name":"两个人都在改的公司"}""")]
    [InlineData("tasks", """{"title":"回电"}""")]
    [InlineData("folders", """{"name":"重点"}""")]
    public async Task Deletion_OfAVersionThatIsNoMore_IsRefused(string kind, string json)
    {
        var mine = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        var made = await mine.PostJsonAsync($"/api/v1/{kind}", json);
        var (id, version) = ((await made.JsonAsync()).GetProperty("id").GetString(), made.Headers.ETag!.Tag);
        foreach (var (tag, status) in ((string, HttpStatusCode)[])[("\"99\"", HttpStatusCode.PreconditionFailed), ("*", HttpStatusCode.BadRequest), (version, HttpStatusCode.OK)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/v1/{kind}/{id}");
            request.Headers.TryAddWithoutValidation("If-Match", tag);
            (await mine.SendAsync(request)).StatusCode.ShouldBe(status, $"{kind} {tag}");
        }
    }

    [Fact]
    public async Task Task_OverTheApi_IsListedAndComesBack()
    {
        var mine = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        var id = await AddAndDeleteAsync(mine, "tasks", """{"title":"寄样机"}""");
        (await ListAsync(mine, "?kind=Task")).GetProperty("items").EnumerateArray().Single().GetProperty("name").GetString().ShouldBe("寄样机");
        (await mine.PostJsonAsync($"/api/v1/tasks/{id}/restore", "{}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await mine.GetAsync(Requests.At($"/api/v1/tasks/{id}"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ListAsync(mine, "?kind=Task")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Description_TellsOfDeletedRecords()
    {
        var paths = (await (await server.App.Visitor("application/json").GetAsync(Requests.At("/openapi/v1.json"))).JsonAsync()).GetProperty("paths");
        paths.GetProperty("/api/v1/deleted").GetProperty("get").GetProperty("parameters").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ShouldBe(["kind", "after", "limit"]);
        paths.GetProperty("/api/v1/accounts/{id}/assign").TryGetProperty("post", out _).ShouldBeTrue();
    }

    private static async Task<string> AddAndDeleteAsync(HttpClient program, string kind, string json)
    {
        var id = (await (await program.PostJsonAsync($"/api/v1/{kind}", json)).JsonAsync()).GetProperty("id").GetString()!;
        (await program.DeleteAsync(Requests.At($"/api/v1/{kind}/{id}"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        return id;
    }

    private static async Task<JsonElement> ListAsync(HttpClient program, string query) => await (await program.GetAsync(Requests.At("/api/v1/deleted" + query))).JsonAsync();
}
