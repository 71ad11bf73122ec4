using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CrmAi.Domain.Users;
using CrmAi.Tests.Setup;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Accounts;

[Collection(ServerCollection.Name)]
public sealed class AccountApiTests(ServerFixture server)
{
    private const string Accounts = "/api/v1/accounts";

    private readonly HttpClient program = server.Program;

    private async Task<Guid> AddAsync(string json, HttpClient? by = null) => (await (await (by ?? program).PostJsonAsync(Accounts, json)).JsonAsync()).GetProperty("id").GetGuid();

    private async Task<HttpResponseMessage> PutAsync(Guid id, string json, string? etag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{Accounts}/{id}") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (etag is not null) request.Headers.IfMatch.Add(new EntityTagHeaderValue(etag));
        return await program.SendAsync(request);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string path) => client.PostAsync(Requests.At(path), null);

    private async Task<JsonElement> Json(string path, HttpClient? by = null) => await (await (by ?? program).GetAsync(Requests.At(path))).JsonAsync();

    [Fact]
    public async Task Put_WithTheVersionRead_WritesAndStaleOrMissingOnesDoNot()
    {
        var id = await AddAsync("""{"name":"甲公司","industry":"制造"}""");
        var written = await PutAsync(id, """{"name":"乙公司","class":"B","addresses":[{"kind":"总部","text":"星湖街 1 号"}]}""", "\"1\"");
        written.StatusCode.ShouldBe(HttpStatusCode.OK);
        written.Headers.ETag!.Tag.ShouldBe("\"2\"");
        var fields = (await Json($"{Accounts}/{id}")).GetProperty("fields");
        (fields.GetProperty("name").GetString(), fields.GetProperty("class").GetString(), fields.GetProperty("industry").ValueKind).ShouldBe(("乙公司", "B", JsonValueKind.Null));
        (await PutAsync(id, """{"name":"丙公司"}""", "\"1\"")).StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await PutAsync(id, """{"name":"丙公司"}""", null)).StatusCode.ShouldBe((HttpStatusCode)428);
        (await PutAsync(Guid.NewGuid(), """{"name":"丙公司"}""", "\"1\"")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Json($"{Accounts}/{id}")).GetProperty("fields").GetProperty("name").GetString().ShouldBe("乙公司");
    }

    [Theory]
    [InlineData("""{"name":" "}""", "account.name.empty")]
    [InlineData("""{"name":"x","website":"javascript:alert(1)"}""", "url.invalid")]
    [InlineData("""{"name":"x","phone":"12"}""", "phone.invalid")]
    [InlineData("""{"name":"x","employees":-1}""", "employees.range")]
    [InlineData("""{"name":"x","revenueMinor":-1}""", "money.range")]
    [InlineData("""{"name":"x","currency":"yuan"}""", "currency.unknown")]
    [InlineData("""{"name":"x","primaryContactId":"0197b0a0-0000-7000-8000-000000000000"}""", "contact.unknown")]
    [InlineData("""{"name":"x","custom":{"0197b0a0-0000-7000-8000-000000000000":"x"}}""", "custom.unknown")]
    public async Task Values_OutOfTheirRange_AreRefusedWithACode(string json, string code)
    {
        var answer = await program.PostJsonAsync(Accounts, json);
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.JsonAsync()).GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task Texts_TooLong_AreRefused()
    {
        foreach (var (field, length) in ((string, int)[])[("name", 201), ("shortName", 201), ("creditRating", 11), ("industry", 201), ("city", 201), ("description", 4001), ("phone", 300)])
        {
            var json = JsonSerializer.Serialize(new Dictionary<string, string> { ["name"] = "x", [field] = new('1', length) });
            (await program.PostJsonAsync(Accounts, json)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, field);
        }
        foreach (var address in (object[])[new { kind = "x", text = new string('x', 401) }, new { kind = new string('x', 51), text = "x" }, new { kind = "x", text = "x", city = new string('x', 201) }])
            (await program.PostJsonAsync(Accounts, JsonSerializer.Serialize(new { name = "x", addresses = new[] { address } }))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await program.PostJsonAsync(Accounts, JsonSerializer.Serialize(new { name = "x", addresses = Enumerable.Repeat(new { kind = "x", text = "x" }, 31) }))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("""{"name":"x","addresses":[{}]}""")]
    [InlineData("""{"name":"x","addresses":[null]}""")]
    [InlineData("""{"name":"x","addresses":[{"kind":null,"text":"x"}]}""")]
    [InlineData("""{"name":"x","class":"D"}""")]
    [InlineData("""{"name":"x","custom":{"a":"b"}}""")]
    [InlineData("""{"name":"x","custom":null}""")]
    [InlineData("""{"name":"x","primaryContactId":"me"}""")]
    public async Task Company_OfAWrongForm_IsABadRequest(string json) => (await program.PostJsonAsync(Accounts, json)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task List_FilteredAndOrdered_IsPagedByKey()
    {
        var mine = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        foreach (var (name, grade, industry) in ((string, string, string)[])[("安吉", "A", "制造"), ("宝来", "A", "物流"), ("长安", "A", "制造"), ("东风", "C", "制造")])
            await AddAsync(JsonSerializer.Serialize(new { name, @class = grade, industry }), mine);
        var names = new List<string?>();
        for (var next = ""; next is not null;)
        {
            var page = await Json($"{Accounts}?class=A&order=Name&limit=2{next}", mine);
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(a => a.GetProperty("fields").GetProperty("name").GetString()));
            next = page.GetProperty("next").GetString() is { } after ? $"&after={after}" : null;
        }
        names.ShouldBe(["安吉", "宝来", "长安"]);
        (await Json($"{Accounts}?class=A&industry={Uri.EscapeDataString("制造")}", mine)).GetProperty("items").GetArrayLength().ShouldBe(2);
        (await mine.GetAsync(Requests.At($"{Accounts}?order=Name&after=nonsense"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await mine.GetAsync(Requests.At($"{Accounts}?class=Z"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Company_ArchivedDeletedAndRestored_IsListedAccordingly()
    {
        var id = await AddAsync("""{"name":"进出公司"}""");
        (await PostAsync(program, $"{Accounts}/{id}/archive")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await FoundAsync("")).ShouldBe(0);
        (await FoundAsync("&archived=true")).ShouldBe(1);
        (await PostAsync(program, $"{Accounts}/{id}/unarchive")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await FoundAsync("")).ShouldBe(1);
        (await program.DeleteAsync(Requests.At($"{Accounts}/{id}"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await program.GetAsync(Requests.At($"{Accounts}/{id}"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await PostAsync(program, $"{Accounts}/{id}/restore")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Json($"{Accounts}/{id}/overview")).GetProperty("contactCount").GetInt32().ShouldBe(0);
        (await Json($"{Accounts}/{id}/interactions")).GetProperty("items").GetArrayLength().ShouldBe(0);

        async Task<int> FoundAsync(string more) => (await Json($"{Accounts}?search={Uri.EscapeDataString("进出公司")}{more}")).GetProperty("items").GetArrayLength();
    }

    [Fact]
    public async Task Company_OfOthersOrUnknown_IsNotFoundByAnyDoor()
    {
        var other = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        var theirs = await AddAsync("""{"name":"别人的"}""", other);
        foreach (var id in (Guid[])[theirs, Guid.NewGuid()])
        {
            foreach (var path in (string[])["", "/overview", "/interactions"]) (await program.GetAsync(Requests.At($"{Accounts}/{id}{path}"))).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            foreach (var path in (string[])["/archive", "/unarchive", "/restore"]) (await PostAsync(program, $"{Accounts}/{id}{path}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            (await PutAsync(id, """{"name":"我的"}""", "\"1\"")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await program.DeleteAsync(Requests.At($"{Accounts}/{id}"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task Assign_ToAColleague_GivesTheCompanyAway()
    {
        var team = new Team { Name = "东部" };
        await using (var db = server.App.Open())
        {
            db.Teams.Add(team);
            db.Begin("test", new(server.Rep.Id, "test", Role.Admin, null, [], "zh-CN", "UTC", Domain.Shared.ChangeOrigin.Command), DateTime.UtcNow);
            await db.SaveChangesAsync();
        }
        var (owner, mate, stranger) = (await server.App.AddUserAsync(Role.SalesRep, u => u.TeamId = team.Id), await server.App.AddUserAsync(Role.SalesRep, u => u.TeamId = team.Id), await server.App.AddUserAsync(Role.SalesRep));
        var mine = await server.App.ProgramOfAsync(owner);
        var id = await AddAsync("""{"name":"要转交的公司"}""", mine);
        var refused = await mine.PostJsonAsync($"{Accounts}/{id}/assign", $$"""{"ownerId":"{{stranger.Id}}"}""");
        (refused.StatusCode, (await refused.JsonAsync()).GetProperty("code").GetString()).ShouldBe((HttpStatusCode.UnprocessableEntity, "user.unknown"));
        var given = await mine.PostJsonAsync($"{Accounts}/{id}/assign", $$"""{"ownerId":"{{mate.Id}}"}""");
        (given.StatusCode, given.Headers.ETag!.Tag).ShouldBe((HttpStatusCode.OK, "\"2\""));
        (await Json($"{Accounts}/{id}", mine)).GetProperty("ownerId").GetGuid().ShouldBe(mate.Id);
        (await mine.PostJsonAsync($"{Accounts}/{id}/assign", $$"""{"ownerId":"{{owner.Id}}"}""")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await server.App.ProgramOfAsync(stranger)).PostJsonAsync($"{Accounts}/{id}/assign", $$"""{"ownerId":"{{stranger.Id}}"}""")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
