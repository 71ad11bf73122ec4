using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using CrmAi.Web.Contacts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using NSubstitute;

namespace CrmAi.Tests.Contacts;

public sealed class ColleagueEntryTests
{
    private static readonly PersonName Mate = new(Guid.CreateVersion7(), "方屿", null), Far = new(Guid.CreateVersion7(), "覃立夏", "华南");

    private readonly List<PersonName> chosen = [];

    private Task<ComponentPage> RenderAsync(params Guid[] without) => ComponentPage.RenderAsync<ColleagueEntry>(services =>
    {
        var users = services.AddFake<IUsers>();
        users.FindAsync("覃", Arg.Any<CancellationToken>()).Returns([Far]);
        users.FindAsync("谁", Arg.Any<CancellationToken>()).Returns([]);
    }, new { Team = (IReadOnlyList<PersonName>)[Mate], Without = (IReadOnlySet<Guid>)without.ToHashSet(), OnChosen = EventCallback.Factory.Create<PersonName>(this, chosen.Add) });

    private static Task TypeAsync(ComponentPage page, string text) => page.RaiseAsync(page.Find("#find-colleague"), "oninput", new ChangeEventArgs { Value = text });

    [Fact]
    public async Task Colleague_OfAnotherTeam_IsFoundByNameAndChosen()
    {
        await using var page = await RenderAsync();
        page.Find(".near button").TextContent.ShouldContain("方屿");
        await TypeAsync(page, "覃");
        await page.WaitForAsync(d => d.QuerySelector("li button") is not null);
        page.Find("li button").TextContent.ShouldSatisfyAllConditions(t => t.ShouldContain("覃立夏"), t => t.ShouldContain("华南"));
        page.Document.QuerySelector(".near").ShouldBeNull();
        await page.ClickAsync("li button");
        chosen.ShouldBe([Far]);
        page.Document.QuerySelector("li").ShouldBeNull();
    }

    [Fact]
    public async Task Enter_TakesTheFirst_BeforeTheListIsThere()
    {
        await using var page = await RenderAsync();
        await TypeAsync(page, "覃");
        await page.RaiseAsync(page.Find("#find-colleague"), "onkeydown", new KeyboardEventArgs { Key = "Enter" });
        await Eventually.TrueAsync(() => chosen.Count > 0, "nobody was chosen");
        chosen.ShouldBe([Far]);
    }

    [Fact]
    public async Task Name_OfNobody_IsSaidSo()
    {
        await using var page = await RenderAsync();
        await TypeAsync(page, "谁");
        await page.WaitForAsync(d => d.QuerySelector("[role=status]")!.TextContent.Contains('谁', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Colleague_ThatHasItAlready_IsNotOffered()
    {
        await using var page = await RenderAsync(Mate.Id, Far.Id);
        page.Document.QuerySelector(".near").ShouldBeNull();
        await TypeAsync(page, "覃");
        await page.WaitForAsync(d => d.QuerySelector("[role=status]")!.TextContent.Contains('覃', StringComparison.Ordinal));
        page.Document.QuerySelector("li").ShouldBeNull();
    }
}
