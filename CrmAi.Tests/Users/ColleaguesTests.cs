using CrmAi.Domain.Contacts;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Users;

/// <summary>Finding a colleague by name, to share with.</summary>
public sealed class ColleaguesTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private User rep = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        rep = await db.AddUserAsync(Role.SalesRep, await db.AddTeamAsync("华东"), u => u.Name = "周岚");
        var south = await db.AddTeamAsync("华南");
        await db.AddUserAsync(Role.SalesRep, south, u => u.Name = "覃立夏");
        await db.AddUserAsync(Role.Viewer, null, u => u.Name = "Xiadi Meyer");
        await db.AddUserAsync(Role.SalesRep, south, u => (u.Name, u.IsActive) = ("覃离开", false));
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Theory]
    [InlineData("立", "覃立夏")]
    [InlineData("覃立夏", "覃立夏")]
    [InlineData("qinlixia", "覃立夏")]
    [InlineData("qlx", "覃立夏")]
    [InlineData(" LIXIA ", "覃立夏")]
    [InlineData("xia", "Xiadi Meyer,覃立夏")]
    [InlineData("meyer xia", "Xiadi Meyer")]
    [InlineData("离开", "")]
    [InlineData("company.example", "")]
    [InlineData("%", "")]
    [InlineData("  ", "")]
    public async Task Colleague_OfAnyTeam_IsFoundByAPartOfTheName(string text, string expected) =>
        string.Join(',', (await db.As(rep).Users.FindAsync(text, default)).Select(p => p.Name)).ShouldBe(expected);

    [Fact]
    public async Task Colleague_Found_IsAPersonToShareWith()
    {
        var my = db.As(rep);
        var found = (await my.Users.FindAsync("覃立夏", default)).Single();
        found.Team.ShouldBe("华南");
        var contact = (await my.Contacts.AddAsync(Samples.Contact(visibility: Domain.Shared.Visibility.Private), default)).Value.Id;
        (await my.Contacts.ShareAsync(contact, [new ShareEdit(found.Id, false)], default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.GetAsync(contact, default))!.Shares.ShouldHaveSingleItem().Name.ShouldBe("覃立夏");
    }

    [Fact]
    public async Task Suggestions_OfManyNamesakes_AreTwentyAndNoMore()
    {
        for (var i = 0; i < 25; i++) await db.AddUserAsync(Role.SalesRep, change: u => u.Name = $"王伟{i:00}");
        (await db.As(rep).Users.FindAsync("王伟", default)).Count.ShouldBe(20);
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.SupportAgent)]
    [InlineData(Role.Analyst)]
    public async Task Colleagues_ForWhoMayShareNothing_AreNotTold(Role role) =>
        (await db.As(await db.AddUserAsync(role)).Users.FindAsync("覃", default)).ShouldBeEmpty();
}
