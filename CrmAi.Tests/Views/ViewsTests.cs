using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Domain.Views;
using CrmAi.Tests.Support;
using CrmAi.Web.Contacts;

namespace CrmAi.Tests.Views;

public sealed class ViewsTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Team team = null!;
    private User rep = null!;
    private IViews my = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        team = await db.AddTeamAsync("华东");
        rep = await db.AddUserAsync(Role.SalesRep, team);
        my = Of(rep);
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task View_Shared_IsSeenByTheTeamAndChangedByItsOwner()
    {
        var shared = (await my.AddAsync(new() { Name = "高价值", Filter = "priority=high&order=name", IsShared = true }, default)).Value;
        (await my.AddAsync(new() { Name = "自己的" }, default)).Succeeded.ShouldBeTrue();
        var colleague = Of(await db.AddUserAsync(Role.SalesRep, team));
        (await colleague.AddAsync(new() { Name = "高价值" }, default)).Succeeded.ShouldBeTrue("names are each person's own");
        (await colleague.ListAsync(default)).Select(v => (v.Fields.Name, v.Fields.Filter, v.MayChange)).ShouldBe([("高价值", "", true), ("高价值", "priority=high&order=name", false)]);
        (await colleague.UpdateAsync(shared.Id, 1, new() { Name = "x" }, default)).Errors.ShouldBe([Error.Forbidden]);
        (await colleague.DeleteAsync(shared.Id, default)).Errors.ShouldBe([Error.Forbidden]);
        var stranger = Of(await db.AddUserAsync(Role.SalesRep, await db.AddTeamAsync("华南")));
        (await stranger.ListAsync(default)).ShouldBeEmpty();
        (await stranger.DeleteAsync(shared.Id, default)).Errors.ShouldBe([Error.NotFound]);
        (await Of(await db.AddUserAsync(Role.Manager, team)).ListAsync(default)).ShouldHaveSingleItem().Owner.ShouldBe(rep.Name);

        (await my.UpdateAsync(shared.Id, 2, new() { Name = "x" }, default)).Errors.ShouldBe([Error.Conflict]);
        (await my.UpdateAsync(shared.Id, 1, new() { Name = "不共享了", Filter = "q=a" }, default)).Value.Version.ShouldBe(2);
        (await colleague.ListAsync(default)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task View_DeletedAndUndone_IsBack()
    {
        var view = (await my.AddAsync(new() { Name = "高价值", Filter = "?tag=11111111-1111-1111-1111-111111111111&tag=22222222-2222-2222-2222-222222222222&q=%E5%BC%A0+a" }, default)).Value;
        var before = await my.ListAsync(default);
        before.ShouldHaveSingleItem().Fields.Filter.ShouldBe("tag=11111111-1111-1111-1111-111111111111&tag=22222222-2222-2222-2222-222222222222&q=%E5%BC%A0%20a");
        var deleted = (await my.DeleteAsync(view.Id, default)).Value;
        (await my.ListAsync(default)).ShouldBeEmpty();
        (await db.As(rep).History.UndoAsync(deleted.ChangeSetId, default)).Errors.ShouldBeEmpty();
        (await my.ListAsync(default)).ShouldBe(before);
    }

    [Theory]
    [InlineData(" ", "", "view.name.empty")]
    [InlineData("高价值", "", "view.name.taken")]
    [InlineData("x", "color=red", "view.filter.unknown")]
    [InlineData("x", "priority=high&priority=low", "view.filter.unknown")]
    [InlineData("x", "tag=vip", "view.filter.unknown")]
    [InlineData("x", "priority", "view.filter.unknown")]
    [InlineData("x", "javascript:alert(1)", "view.filter.unknown")]
    [InlineData("1234567890123456789012345678901", "", "text.long")]
    public async Task View_OfBadInput_IsRefused(string name, string filter, string code)
    {
        (await my.AddAsync(new() { Name = "高价值" }, default)).Succeeded.ShouldBeTrue();
        (await my.AddAsync(new() { Name = name, Filter = filter }, default)).Errors.Select(e => e.Code).ShouldBe([code]);
    }

    [Fact]
    public async Task Views_BeyondTheLimit_AreRefused()
    {
        for (var i = 0; i < SavedView.MaxPerPerson; i++) (await my.AddAsync(new() { Name = $"第{i}个" }, default)).Succeeded.ShouldBeTrue();
        (await my.AddAsync(new() { Name = "多一个" }, default)).Errors.Single().Code.ShouldBe("view.limit");
    }

    [Fact]
    public void Filter_WithEveryConditionOfThePage_IsKnown()
    {
        var all = new ContactFilter(ContactTab.Team, "张", Domain.Contacts.Priority.High, Domain.Contacts.DealStage.Proposal, Guid.NewGuid())
        {
            Tags = [Guid.NewGuid(), Guid.NewGuid()], Owner = Guid.NewGuid(), Contacted = ContactedWhen.Never, Seniority = Domain.Contacts.Seniority.CLevel, Lifecycle = Domain.Contacts.Lifecycle.Lead, Industry = "", Decade = 1980,
            Archived = true, Order = Domain.Contacts.ContactOrder.Name, Group = ListGrouping.Industry,
        };
        foreach (var filter in (ContactFilter[])[all, all with { Folder = null, Unfiled = true }])
            ViewFilter.Write(ViewFilter.Parse(filter.Text).ShouldNotBeNull()).ShouldBe(filter.Text);
    }

    private IViews Of(User user) => db.As(user).Get<IViews>();
}
