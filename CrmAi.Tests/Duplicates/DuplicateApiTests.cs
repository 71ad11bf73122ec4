using System.Net;
using System.Text.Json;
using CrmAi.Domain.Users;
using CrmAi.Tests.Setup;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Duplicates;

[Collection(ServerCollection.Name)]
public sealed class DuplicateApiTests(ServerFixture server)
{
    [Fact]
    public async Task Program_ChecksMergesFollowsTheOldAddressAndTakesItBack()
    {
        var program = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        var keep = await AddAsync(program, """{"name":"接口甲","mobile":"13900008801","title":"经理"}""");
        var lose = await AddAsync(program, """{"name":"甲接口","mobile":"+86 139-0000-8801","email":"jia@a.example"}""");
        var check = await (await program.PostJsonAsync("/api/v1/duplicates/check", $$$"""{"fields":{"name":"接口甲","mobile":"13900008801"},"except":"{{{lose}}}"}""")).JsonAsync();
        check.GetProperty("candidates").EnumerateArray().ShouldHaveSingleItem().GetProperty("contact").GetProperty("id").GetString().ShouldBe(keep);

        var preview = await (await program.GetAsync(Requests.At($"/api/v1/contacts/{keep}/merge/{lose}"))).JsonAsync();
        preview.GetProperty("fields").EnumerateArray().Select(f => f.GetProperty("field").GetString()).ShouldContain("Email");
        var request = JsonSerializer.Serialize(new { otherId = lose, version = preview.GetProperty("survivor").GetProperty("version").GetInt32(), otherVersion = preview.GetProperty("loser").GetProperty("version").GetInt32(), fields = new { Name = "Survivor" } });
        var merged = await (await program.PostJsonAsync($"/api/v1/contacts/{keep}/merge", request)).JsonAsync();
        (await program.PostJsonAsync($"/api/v1/contacts/{keep}/merge", request)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "the other is gone by now");

        // A redirect that the client follows, or is told of.
        var old = await program.GetAsync(Requests.At($"/api/v1/contacts/{lose}"));
        if (old.StatusCode == HttpStatusCode.TemporaryRedirect) old = await program.GetAsync(old.Headers.Location);
        (await old.JsonAsync()).GetProperty("id").GetString().ShouldBe(keep);
        (await server.Program.GetAsync(Requests.At($"/api/v1/contacts/{lose}"))).StatusCode.ShouldBe(HttpStatusCode.NotFound, "somebody else is led nowhere");

        var undone = await program.PostJsonAsync($"/api/v1/merges/{merged.GetProperty("changeSetId").GetString()}/undo", "{}");
        undone.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await program.GetAsync(Requests.At($"/api/v1/contacts/{lose}"))).JsonAsync()).GetProperty("fields").GetProperty("name").GetString().ShouldBe("甲接口");
    }

    [Fact]
    public async Task Program_ChecksCompanies_ReadsTheirPairs_AndSaysThatTwoAreNotOne()
    {
        var program = await server.App.ProgramOfAsync(await server.App.AddUserAsync(Role.SalesRep));
        var ids = new List<string>();
        foreach (var name in (string[])["接口样机有限公司", "接口样机"]) ids.Add((await (await program.PostJsonAsync("/api/v1/accounts", JsonSerializer.Serialize(new { name }))).JsonAsync()).GetProperty("id").GetString()!);
        // Compared a little after the save, by the program that runs.
        await Eventually.TrueAsync(async () => (await PairsAsync(program)) == 1, "the companies are compared");
        var group = (await (await program.GetAsync(Requests.At("/api/v1/duplicates/accounts/groups"))).JsonAsync()).EnumerateArray().ShouldHaveSingleItem();
        group.GetProperty("companies").EnumerateArray().Select(c => c.GetProperty("id").GetString()).ShouldBe(ids, ignoreOrder: true);
        var check = await (await program.PostJsonAsync("/api/v1/duplicates/accounts/check", JsonSerializer.Serialize(new { fields = new { name = "接口样机股份有限公司" }, except = ids[1] }))).JsonAsync();
        check.EnumerateArray().ShouldHaveSingleItem().GetProperty("company").GetProperty("id").GetString().ShouldBe(ids[0]);
        (await program.PostJsonAsync("/api/v1/duplicates/dismiss", JsonSerializer.Serialize(new { firstId = ids[0], secondId = ids[1], kind = "Account" }))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PairsAsync(program)).ShouldBe(0);
    }

    private static async Task<int> PairsAsync(HttpClient program) => (await (await program.GetAsync(Requests.At("/api/v1/duplicates?kind=Account"))).JsonAsync()).GetProperty("items").GetArrayLength();

    private static async Task<string> AddAsync(HttpClient program, string json) => (await (await program.PostJsonAsync("/api/v1/contacts", json)).JsonAsync()).GetProperty("id").GetString()!;
}
