using System.Net;
using System.Text.Json;
using CrmAi.Domain.Users;
using CrmAi.Tests.Setup;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Tasks;

[Collection(ServerCollection.Name)]
public sealed class TaskApiTests(ServerFixture server)
{
    private const string Tasks = "/api/v1/tasks";

    [Fact]
    public async Task Task_GoesItsWayByVersions()
    {
        var mine = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        var made = await mine.PostJsonAsync(Tasks, """{"title":"回电","dueAt":"2027-01-02T03:04:05Z","hasTime":true,"priority":"High"}""");
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        made.Headers.ETag!.Tag.ShouldBe("\"1\"");
        var id = (await made.JsonAsync()).GetProperty("id").GetString();
        made.Headers.Location!.ToString().ShouldBe($"{Tasks}/{id}");

        (await SendAsync(mine, HttpMethod.Put, $"{Tasks}/{id}", null, """{"title":"写信"}""")).StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        (await SendAsync(mine, HttpMethod.Put, $"{Tasks}/{id}", "\"1\"", """{"title":"写信"}""")).Headers.ETag!.Tag.ShouldBe("\"2\"");
        (await SendAsync(mine, HttpMethod.Post, $"{Tasks}/{id}/complete", "\"1\"")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await SendAsync(mine, HttpMethod.Post, $"{Tasks}/{id}/complete", "\"2\"")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(mine, HttpMethod.Post, $"{Tasks}/{id}/cancel", "\"3\"")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await SendAsync(mine, HttpMethod.Post, $"{Tasks}/{id}/reopen", "\"3\"")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var read = await (await mine.GetAsync(Requests.At($"{Tasks}/{id}"))).JsonAsync();
        (read.GetProperty("state").GetString(), read.GetProperty("fields").GetProperty("title").GetString()).ShouldBe(("Open", "写信"));

        (await server.Program.GetAsync(Requests.At($"{Tasks}/{id}"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await mine.DeleteAsync(Requests.At($"{Tasks}/{id}"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await mine.GetAsync(Requests.At($"{Tasks}/{id}"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task List_IsNarrowedAndReadOn()
    {
        var mine = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        foreach (var (title, due) in ((string, string)[])[("三", "2027-03-01T00:00:00Z"), ("一", "2027-01-01T00:00:00Z"), ("二", "2027-02-01T00:00:00Z")])
            (await mine.PostJsonAsync(Tasks, JsonSerializer.Serialize(new { title, dueAt = due, hasTime = true }))).StatusCode.ShouldBe(HttpStatusCode.Created);
        var first = await (await mine.GetAsync(Requests.At($"{Tasks}?limit=2"))).JsonAsync();
        Titles(first).ShouldBe("一 二");
        Titles(await (await mine.GetAsync(Requests.At($"{Tasks}?limit=2&after={first.GetProperty("next").GetString()}"))).JsonAsync()).ShouldBe("三");
        Titles(await (await mine.GetAsync(Requests.At($"{Tasks}?dueFrom=2027-01-15&dueBefore=2027-02-15"))).JsonAsync()).ShouldBe("二");
        Titles(await (await mine.GetAsync(Requests.At($"{Tasks}?state=Done"))).JsonAsync()).ShouldBe("");
    }

    [Fact]
    public async Task Notification_IsListedAndRead()
    {
        var rep = await server.App.AddUserAsync(Role.SalesRep);
        var (mine, chief) = (await server.App.ProgramOfAsync(rep), await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.Admin)));
        foreach (var title in (string[])["去一趟", "再去一趟"]) (await chief.PostJsonAsync(Tasks, JsonSerializer.Serialize(new { title, ownerId = rep.Id }))).StatusCode.ShouldBe(HttpStatusCode.Created);
        var told = (await (await mine.GetAsync(Requests.At("/api/v1/notifications?unread=true"))).JsonAsync()).GetProperty("items");
        told.EnumerateArray().Select(n => n.GetProperty("subject").GetString()).ShouldBe(["再去一趟", "去一趟"]);
        (await mine.PostJsonAsync($"/api/v1/notifications/{told[0].GetProperty("id").GetString()}/read", "")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await UnreadAsync()).ShouldBe(1);
        (await mine.PostJsonAsync("/api/v1/notifications/read", "")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await UnreadAsync()).ShouldBe(0);

        async Task<int> UnreadAsync() => (await (await mine.GetAsync(Requests.At("/api/v1/notifications?unread=true"))).JsonAsync()).GetProperty("items").GetArrayLength();
    }

    private static string Titles(JsonElement page) => string.Join(' ', page.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("fields").GetProperty("title").GetString()));

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, string? version, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null) request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        if (version is not null) request.Headers.TryAddWithoutValidation("If-Match", version);
        return await client.SendAsync(request);
    }
}
