using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Contacts;

public sealed class TagsTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Team team = null!;
    private Acting my = null!;
    private Acting manager = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        team = await db.AddTeamAsync("华东");
        my = db.As(await db.AddUserAsync(Role.SalesRep, team));
        manager = db.As(await db.AddUserAsync(Role.Manager, team));
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    private static ITags Of(Acting acting) => acting.Get<ITags>();

    [Fact]
    public async Task Tag_Added_IsListedByKindAndName()
    {
        foreach (var edit in (TagEdit[])[new() { Name = "b", Kind = TagKind.Stage }, new() { Name = " a ", Kind = TagKind.Stage, Colour = "#AABB00" }, new() { Name = "z", Kind = TagKind.Priority }])
            (await Of(my).AddAsync(edit, default)).Succeeded.ShouldBeTrue();
        (await Of(manager).ListAsync(default)).Select(t => (t.Name, t.Kind, t.Colour)).ShouldBe([("z", TagKind.Priority, "#667085"), ("a", TagKind.Stage, "#aabb00"), ("b", TagKind.Stage, "#667085")]);
    }

    [Theory]
    [InlineData(" ", "#000000", "tag.name.empty")]
    [InlineData("ＶＩＰ", "#000000", "tag.name.taken")]
    [InlineData("x", "red", "tag.colour")]
    [InlineData("x", "#12345g", "tag.colour")]
    [InlineData("x", "#123456\n", "tag.colour")]
    [InlineData("123456789012345678901234567890123456789012345678901", "#000000", "text.long")]
    public async Task Tag_OfBadInput_IsRefused(string name, string colour, string code)
    {
        (await Of(my).AddAsync(new() { Name = "vip" }, default)).Succeeded.ShouldBeTrue();
        (await Of(my).AddAsync(new() { Name = name, Colour = colour }, default)).Errors.Select(e => e.Code).ShouldBe([code]);
    }

    [Fact]
    public async Task Tags_ByThoseWhoMayNot_AreRefused()
    {
        var tag = (await Of(my).AddAsync(new() { Name = "vip" }, default)).Value;
        var viewer = db.As(await db.AddUserAsync(Role.Viewer, team));
        (await Of(viewer).AddAsync(new() { Name = "x" }, default)).Errors.ShouldBe([Error.Forbidden]);
        (await Of(viewer).UpdateAsync(tag.Id, 1, new() { Name = "x" }, default)).Errors.ShouldBe([Error.Forbidden]);
        (await Of(my).DeleteAsync(tag.Id, default)).Errors.ShouldBe([Error.Forbidden]);
        (await Of(my).UpdateAsync(tag.Id, 2, new() { Name = "x" }, default)).Errors.ShouldBe([Error.Conflict]);
        (await Of(my).UpdateAsync(Guid.NewGuid(), 1, new() { Name = "x" }, default)).Errors.ShouldBe([Error.NotFound]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(120)]
    public async Task Tag_RenamedAndBack_IsWhatItsContactsAreFoundBy(int carrying)
    {
        var tag = (await Of(my).AddAsync(new() { Name = "老朋友" }, default)).Value;
        await CarryAsync(tag.Id, carrying);
        (await FoundAsync("老朋友")).ShouldBe(carrying);
        var renamed = (await Of(my).UpdateAsync(tag.Id, 1, new() { Name = "重点客户" }, default)).Value;
        await db.DrainAsync();
        ((await FoundAsync("老朋友")), (await FoundAsync("重点客户")), (await FoundAsync("客户 甲1"))).ShouldBe((0, carrying, await FoundAsync("甲1")));
        (await db.ReadAsync(d => d.Contacts.Select(c => c.Index.Tags).Distinct().ToListAsync())).ShouldBe(["重点客户"]);
        (await db.ReadAsync(d => d.Contacts.MaxAsync(c => c.Version))).ShouldBe(1, "nobody's edit is lost to a rename");
        (await my.History.UndoAsync(renamed.ChangeSetId, default)).Errors.ShouldBeEmpty();
        await db.DrainAsync();
        ((await FoundAsync("老朋友")), (await FoundAsync("重点客户"))).ShouldBe((carrying, 0));
        (await db.JobsAsync()).ShouldAllBe(j => j.State == Domain.Jobs.JobState.Done && j.Done == j.Total && j.Done == carrying);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(120)]
    public async Task Tag_DeletedAndBroughtBack_IsOffItsContactsAndOnThemAgain(int carrying)
    {
        var tag = (await Of(my).AddAsync(new() { Name = "老朋友", Colour = "#112233" }, default)).Value;
        var contacts = await CarryAsync(tag.Id, carrying);
        var deleted = (await Of(manager).DeleteAsync(tag.Id, default)).Value;
        await db.DrainAsync();
        (await Of(my).ListAsync(default)).ShouldBeEmpty();
        (await my.Contacts.GetAsync(contacts[0], default))!.Tags.ShouldBeEmpty();
        (await FoundAsync("老朋友")).ShouldBe(0);
        (await my.History.UndoAsync(deleted.ChangeSetId, default)).Errors.ShouldBe([Error.Forbidden]);
        (await manager.History.UndoAsync(deleted.ChangeSetId, default)).Errors.ShouldBeEmpty();
        await db.DrainAsync();
        (await my.Contacts.GetAsync(contacts[0], default))!.Tags.ShouldHaveSingleItem().Colour.ShouldBe("#112233");
        (await FoundAsync("老朋友")).ShouldBe(carrying);
    }

    [Fact]
    public async Task Undo_OfADeletedTagWhoseNameIsTaken_IsRefused()
    {
        var tag = (await Of(my).AddAsync(new() { Name = "vip" }, default)).Value;
        var deleted = (await Of(manager).DeleteAsync(tag.Id, default)).Value;
        (await Of(my).AddAsync(new() { Name = "vip" }, default)).Succeeded.ShouldBeTrue();
        (await manager.History.UndoAsync(deleted.ChangeSetId, default)).Errors.Single().Code.ShouldBe("undo.changed");
    }

    private async Task<List<Guid>> CarryAsync(Guid tag, int count)
    {
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++) ids.Add((await my.Contacts.AddAsync(new() { Name = $"甲{i}" }, default)).Value.Id);
        await db.WriteAsync(d =>
        {
            var rows = d.Contacts.ToList(); // tracked, so that they are indexed with what they get
            d.ContactTags.AddRange(rows.Select(c => new ContactTag { ContactId = c.Id, TagId = tag }));
        });
        return ids;
    }

    private async Task<int> FoundAsync(string search) => (await my.Contacts.ListAsync(new(Search: search), 0, 1, default)).Total;
}
