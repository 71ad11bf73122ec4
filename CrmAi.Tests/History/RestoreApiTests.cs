using System.Net;
using System.Text;
using System.Text.Json;
using CrmAi.Domain.Users;
using CrmAi.Tests.Setup;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.History;

/// <summary>Histories with putting back, the list of what can be undone, and one search, over the API.</summary>
[Collection(ServerCollection.Name)]
public sealed class RestoreApiTests(ServerFixture server)
{
    [Theory]
    [InlineData("contacts", """{"name":"张三","title":"厂长"}""", """{"name":"张三","title":"总经理"}""", "Title", "title", "厂长")]
    [InlineData("accounts", """{"name":"可退回公司","city":"苏州"}""", """{"name":"可退回公司","city":"无锡"}""", "City", "city", "苏州")]
    [InlineData("tasks", """{"title":"回电话"}""", """{"title":"发报价"}""", "Title", "title", "回电话")]
    [InlineData("interactions", """{"type":"Call","content":"报价六十万","at":"2026-01-05T02:00:00Z"}""", """{"type":"Call","content":"报价改了","at":"2026-01-05T02:00:00Z"}""", "Content", "content", "报价六十万")]
    [InlineData("tags", """{"name":"可退回标签","colour":"#112233"}""", """{"name":"改了名的标签","colour":"#112233"}""", "Name", "name", "可退回标签")]
    [InlineData("custom-fields", """{"name":"可退回字段","target":"Contact","type":"Text"}""", """{"name":"改了名的字段","target":"Contact","type":"Text"}""", "Name", "name", "可退回字段")]
    [InlineData("views", """{"name":"可退回视图","filter":"tab=mine"}""", """{"name":"改了名的视图","filter":"tab=mine"}""", "Name", "name", "可退回视图")]
    [InlineData("folders", """{"name":"可退回文件夹"}""", """{"name":"改了名的文件夹"}""", "Name", "name", "可退回文件夹")]
    public async Task Field_IsPreviewedAndPutBack_WithTheVersionThatWasRead(string kind, string first, string second, string field, string name, string before)
    {
        var mine = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.Admin));
        var at = kind == "interactions" ? await AddInteractionAsync(mine, first) : await AddAsync(mine, kind, first);
        (await SendAsync(mine, HttpMethod.Put, at, await VersionAsync(mine, at), second)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var history = (await ReadAsync(mine, at + "/history")).GetProperty("items");
        history.GetArrayLength().ShouldBe(2);
        var restore = $"{at}/history/{history[0].GetProperty("changeSetId").GetGuid()}/restore?field={field}";

        var preview = await mine.GetAsync(Requests.At(restore));
        var version = preview.Headers.ETag!.Tag;
        version.ShouldBe(await VersionAsync(mine, at));
        var line = (await preview.JsonAsync()).GetProperty("fields").EnumerateArray().Single();
        (line.GetProperty("key").GetString(), line.GetProperty("after").GetString()).ShouldBe((field, before));

        (await SendAsync(mine, HttpMethod.Post, restore, null)).StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);
        (await SendAsync(mine, HttpMethod.Post, restore, "\"0\"")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        Field(await ReadAsync(mine, at), name).GetString().ShouldNotBe(before);
        (await SendAsync(mine, HttpMethod.Post, restore, version)).StatusCode.ShouldBe(HttpStatusCode.OK);
        Field(await ReadAsync(mine, at), name).GetString().ShouldBe(before);
        var again = await SendAsync(mine, HttpMethod.Post, restore, await VersionAsync(mine, at));
        (again.StatusCode, await CodeAsync(again)).ShouldBe((HttpStatusCode.UnprocessableEntity, "restore.same"));
    }

    [Fact]
    public async Task Strangers_AreToldNothing_AndReadersMayNotPutBack()
    {
        var mine = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        var stranger = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        foreach (var (visibility, status) in ((string, HttpStatusCode)[])[("Private", HttpStatusCode.NotFound), ("Public", HttpStatusCode.Forbidden)])
        {
            var at = await AddAsync(mine, "contacts", $$"""{"name":"李四","title":"厂长","visibility":"{{visibility}}"}""");
            (await SendAsync(mine, HttpMethod.Put, at, "\"1\"", $$"""{"name":"李四","title":"总经理","visibility":"{{visibility}}"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
            var change = (await ReadAsync(mine, at + "/history")).GetProperty("items")[0].GetProperty("changeSetId").GetGuid();
            var restore = $"{at}/history/{change}/restore?field=Title";
            (await stranger.GetAsync(Requests.At(restore))).StatusCode.ShouldBe(status);
            (await SendAsync(stranger, HttpMethod.Post, restore, "\"2\"")).StatusCode.ShouldBe(status);
            if (visibility == "Private") (await ReadAsync(stranger, at + "/history")).GetProperty("items").GetArrayLength().ShouldBe(0);
        }
        var other = await AddAsync(mine, "contacts", """{"name":"王五"}""");
        (await mine.GetAsync(Requests.At($"{other}/history/{Guid.NewGuid()}/restore"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await mine.GetAsync(Requests.At(other + "/history?after=nonsense"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Undoable_IsListedPagedAndTakenBack_ByWhoDidIt()
    {
        var mine = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        var at = await AddAsync(mine, "contacts", """{"name":"可撤销"}""");
        (await SendAsync(mine, HttpMethod.Put, at, "\"1\"", """{"name":"改了名"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var first = await ReadAsync(mine, "/api/v1/undo?limit=1");
        var row = first.GetProperty("items").EnumerateArray().Single();
        row.GetProperty("command").GetString().ShouldBe("contact.edit");
        var second = await ReadAsync(mine, "/api/v1/undo?limit=1&after=" + Uri.EscapeDataString(first.GetProperty("next").GetString()!));
        second.GetProperty("items").EnumerateArray().Single().GetProperty("refusal").GetProperty("code").GetString().ShouldBe("undo.changed");

        var undo = $"/api/v1/undo/{row.GetProperty("id").GetGuid()}";
        var stranger = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        (await SendAsync(stranger, HttpMethod.Post, undo, null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await ReadAsync(stranger, "/api/v1/undo")).GetProperty("items").EnumerateArray().ShouldNotContain(i => i.GetProperty("id").GetGuid() == row.GetProperty("id").GetGuid());
        var undone = await (await SendAsync(mine, HttpMethod.Post, undo, null)).JsonAsync();
        undone.GetProperty("kept").GetArrayLength().ShouldBe(0);
        (await ReadAsync(mine, at)).GetProperty("fields").GetProperty("name").GetString().ShouldBe("可撤销");
        (await ReadAsync(mine, "/api/v1/undo?list=Undone")).GetProperty("items").EnumerateArray().Single().GetProperty("id").GetGuid().ShouldBe(undone.GetProperty("id").GetGuid());
        (await CodeAsync(await SendAsync(mine, HttpMethod.Post, undo, null))).ShouldBe("undo.done");
        (await mine.GetAsync(Requests.At("/api/v1/undo?scope=Team"))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await mine.GetAsync(Requests.At("/api/v1/undo?after=nonsense"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await mine.GetAsync(Requests.At("/api/v1/undo?list=Whatever"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await server.App.Visitor("application/json").GetAsync(Requests.At("/api/v1/undo"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Search_FindsByKind_WithItsPlaces_AndNothingOfStrangers()
    {
        var mine = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        var at = await AddAsync(mine, "contacts", """{"name":"欧阳晓岚","title":"工艺主管","visibility":"Private"}""");
        (await mine.PostJsonAsync(at + "/interactions", """{"type":"Call","content":"谈了磨床的验收","at":"2026-01-05T02:00:00Z"}""")).IsSuccessStatusCode.ShouldBeTrue();
        var person = (await ReadAsync(mine, "/api/v1/search?q=" + Uri.EscapeDataString("欧阳晓岚"))).EnumerateArray().Single();
        person.GetProperty("kind").GetString().ShouldBe("Contact");
        var mark = person.GetProperty("items")[0].GetProperty("name").GetProperty("marks")[0];
        (mark.GetProperty("start").GetInt32(), mark.GetProperty("length").GetInt32()).ShouldBe((0, 4));
        var slip = (await ReadAsync(mine, "/api/v1/search?q=ouyangxiaoaln")).EnumerateArray().Single();
        (slip.GetProperty("kind").GetString(), slip.GetProperty("isSimilar").GetBoolean()).ShouldBe(("Contact", true));
        var said = "/api/v1/search?q=" + Uri.EscapeDataString("磨床");
        (await ReadAsync(mine, said + "&kind=Interaction")).EnumerateArray().Single().GetProperty("count").GetInt32().ShouldBe(1);
        (await ReadAsync(mine, said + "&kind=Contact")).GetArrayLength().ShouldBe(0);
        var stranger = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        (await ReadAsync(stranger, said)).GetArrayLength().ShouldBe(0);
        (await ReadAsync(stranger, "/api/v1/search?q=ouyangxiaoaln")).GetArrayLength().ShouldBe(0);
        (await ReadAsync(mine, "/api/v1/search")).GetArrayLength().ShouldBe(0);
        (await mine.GetAsync(Requests.At("/api/v1/search?q=a&kind=Whatever"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await server.App.Visitor("application/json").GetAsync(Requests.At("/api/v1/search?q=a"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<string> AddAsync(HttpClient program, string kind, string json) =>
        $"/api/v1/{kind}/{(await (await program.PostJsonAsync($"/api/v1/{kind}", json)).JsonAsync()).GetProperty("id").GetGuid()}";

    private static async Task<string> AddInteractionAsync(HttpClient program, string json)
    {
        var contact = await AddAsync(program, "contacts", """{"name":"谈过话的人"}""");
        return $"/api/v1/interactions/{(await (await program.PostJsonAsync(contact + "/interactions", json)).JsonAsync()).GetProperty("id").GetGuid()}";
    }

    // Of some kinds the fields stand by themselves, of others in the record.
    private static JsonElement Field(JsonElement record, string name) => (record.TryGetProperty("fields", out var fields) ? fields : record).GetProperty(name);

    private static async Task<string> VersionAsync(HttpClient program, string path) => (await program.GetAsync(Requests.At(path))).Headers.ETag!.Tag;

    private static async Task<JsonElement> ReadAsync(HttpClient program, string path) => await (await program.GetAsync(Requests.At(path))).JsonAsync();

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) => (await answer.JsonAsync()).GetProperty("code").GetString();

    private static async Task<HttpResponseMessage> SendAsync(HttpClient program, HttpMethod method, string path, string? version, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        if (version is not null) request.Headers.TryAddWithoutValidation("If-Match", version);
        return await program.SendAsync(request);
    }
}
