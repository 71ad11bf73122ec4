using System.Net;
using System.Text.Json;
using CrmAi.Domain.Users;
using CrmAi.Tests.Setup;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Contacts;

[Collection(ServerCollection.Name)]
public sealed class ContactApiTests(ServerFixture server)
{
    private const string Contacts = "/api/v1/contacts";

    [Fact]
    public async Task List_WithConditionsAndSort_IsNarrowedAndOrdered()
    {
        var mine = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        foreach (var (name, priority, born) in ((string, string, int)[])[("王五", "High", 1985), ("安一", "Low", 1985), ("陈二", "High", 1991)])
            (await mine.PostJsonAsync(Contacts, JsonSerializer.Serialize(new { name, priority, visibility = "Private", lifecycle = "Prospect", nextFollowUpAt = "2027-01-02T00:00:00Z", personal = new { birthYear = born } }))).StatusCode.ShouldBe(HttpStatusCode.Created);

        (await NamesAsync(mine, "sort=name")).ShouldBe("安一 陈二 王五");
        (await NamesAsync(mine, "sort=newest&limit=2")).ShouldBe("陈二 安一");
        (await NamesAsync(mine, "scope=mine&priority=high&sort=name&lifecycle=Prospect&archived=false&folder=none&industry=")).ShouldBe("陈二 王五");
        (await NamesAsync(mine, "birthDecade=1980")).ShouldBe("王五 安一");
        (await NamesAsync(mine, "followUpBefore=2027-01-02T00:00:00Z")).ShouldBe("");
        (await NamesAsync(mine, "followUpBefore=2027-01-02T08:00:01%2B08:00&contactedBefore=2030-01-01")).ShouldBe("王五 安一 陈二");
        (await NamesAsync(mine, "archived=true")).ShouldBe("");
        (await NamesAsync(mine, $"tag={Guid.NewGuid()}&tag={Guid.NewGuid()}")).ShouldBe("");
    }

    [Theory]
    [InlineData("sort=age", "sort")]
    [InlineData("scope=company", "scope")]
    [InlineData("priority=1", "priority")]
    [InlineData("priority=High,Low", "priority")]
    [InlineData("stage=won", "stage")]
    [InlineData("seniority=boss", "seniority")]
    [InlineData("lifecycle=x", "lifecycle")]
    [InlineData("folder=x", "folder")]
    [InlineData("tag=x", "tag")]
    [InlineData("owner=1", "owner")]
    [InlineData("account=1", "account")]
    [InlineData("birthDecade=1985", "birthDecade")]
    [InlineData("birthDecade=-99999999999999", "birthDecade")]
    [InlineData("contactedFrom=yesterday", "contactedFrom")]
    [InlineData("contactedBefore=2026-13-01", "contactedBefore")]
    [InlineData("followUpBefore=99999-01-01", "followUpBefore")]
    [InlineData("archived=perhaps", "archived")]
    [InlineData("sort=name&after=AAAA", "after", HttpStatusCode.UnprocessableEntity)]
    public async Task Value_OfNoMeaning_IsRefusedByName(string query, string field, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        var answer = await server.Program.GetAsync(Requests.At($"{Contacts}?{query}"));
        answer.StatusCode.ShouldBe(status);
        (await answer.JsonAsync()).GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task Cursor_OfAnotherSort_IsRefused()
    {
        var mine = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        for (var i = 0; i < 3; i++) await mine.PostJsonAsync(Contacts, $$"""{"name":"人{{i}}"}""");
        var next = (await (await mine.GetAsync(Requests.At($"{Contacts}?limit=1&sort=name"))).JsonAsync()).GetProperty("next").GetString();
        (await mine.GetAsync(Requests.At($"{Contacts}?limit=1&sort=newest&after={next}"))).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await mine.GetAsync(Requests.At($"{Contacts}?limit=1&sort=name&after={next}"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Description_OfTheList_NamesEveryCondition()
    {
        var document = await (await server.Program.GetAsync(Requests.At("/openapi/v1.json"))).JsonAsync();
        var described = document.GetProperty("paths").GetProperty(Contacts).GetProperty("get").GetProperty("parameters").EnumerateArray().Where(p => p.TryGetProperty("description", out _)).Select(p => p.GetProperty("name").GetString()!.ToUpperInvariant());
        described.ShouldBe(((string[])["search", "after", "limit", "sort", "scope", "priority", "stage", "seniority", "lifecycle", "folder", "tag", "owner", "account", "industry", "birthDecade", "contactedFrom", "contactedBefore", "followUpBefore", "archived"]).Select(n => n.ToUpperInvariant()), ignoreOrder: true);
    }

    private static async Task<string> NamesAsync(HttpClient client, string query)
    {
        var answer = await client.GetAsync(Requests.At($"{Contacts}?{query}"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return string.Join(' ', (await answer.JsonAsync()).GetProperty("items").EnumerateArray().Select(c => c.GetProperty("fields").GetProperty("name").GetString()));
    }
}
