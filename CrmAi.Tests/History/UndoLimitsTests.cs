using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.History;

/// <summary>Taking back is no way around what one may not do, and leaves nothing in the air.</summary>
public sealed class UndoLimitsTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private User rep = null!, colleague = null!;
    private Acting my = null!, theirs = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        var team = await db.AddTeamAsync("华东");
        (rep, colleague) = (await db.AddUserAsync(Role.SalesRep, team), await db.AddUserAsync(Role.SalesRep, team));
        (my, theirs) = (db.As(rep), db.As(colleague));
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Folder_ThatHoldsSomething_Stays()
    {
        var folder = (await my.Get<IFolders>().AddAsync("展会", null, default)).Value;
        (await my.Contacts.AddAsync(Samples.Contact() with { FolderId = folder.Id }, default)).Succeeded.ShouldBeTrue();
        (await CodeAsync(my, folder.ChangeSetId)).ShouldBe("undo.changed");
        var empty = (await my.Get<IFolders>().AddAsync("空的", null, default)).Value;
        (await CodeAsync(my, empty.ChangeSetId)).ShouldBeNull();
    }

    [Fact]
    public async Task Label_ThatIsOnSomebody_Stays_AndColleaguesMayNotTakeItAway()
    {
        var tag = (await my.Get<ITags>().AddAsync(new() { Name = "老朋友" }, default)).Value;
        (await CodeAsync(theirs, tag.ChangeSetId)).ShouldBe("forbidden");
        (await my.Contacts.AddAsync(Samples.Contact() with { TagIds = [tag.Id] }, default)).Succeeded.ShouldBeTrue();
        (await CodeAsync(my, tag.ChangeSetId)).ShouldBe("undo.changed");
        (await db.ReadAsync(d => d.Tags.CountAsync(t => t.Id == tag.Id))).ShouldBe(1);
    }

    [Fact]
    public async Task Conversation_ThatItsAuthorShows_NobodyElseHidesByUndoing()
    {
        var contact = (await my.Contacts.AddAsync(Samples.Contact() with { Visibility = Visibility.Team }, default)).Value.Id;
        (await my.Contacts.ShareAsync(contact, [new(colleague.Id, true)], default)).Succeeded.ShouldBeTrue();
        var talk = (await my.Interactions.AddAsync(contact, Samples.Interaction() with { IsPrivate = true }, default)).Value;
        var shown = (await my.Interactions.UpdateAsync(talk.Id, talk.Version, Samples.Interaction(), default)).Value;
        (await CodeAsync(theirs, shown.ChangeSetId)).ShouldBe("forbidden");
        (await CodeAsync(my, shown.ChangeSetId)).ShouldBeNull();
    }

    [Fact]
    public async Task Undone_IsNewToWhoeverGoesByWhatIsNew()
    {
        var contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var edit = (await my.Contacts.UpdateAsync(contact.Id, contact.Version, Samples.Contact() with { Title = "另一个职位" }, default)).Value;
        db.Clock.Advance(TimeSpan.FromHours(1));
        (await CodeAsync(my, edit.ChangeSetId)).ShouldBeNull();
        (await db.ReadAsync(d => d.Contacts.Select(c => c.UpdatedAt).SingleAsync())).ShouldBeGreaterThan(db.Clock.Now.AddMinutes(-10));
    }

    [Fact]
    public async Task Merge_ThatWasUndone_IsNotSimplyDoneAgain()
    {
        var (keep, lose) = ((await my.Contacts.AddAsync(Samples.Contact(), default)).Value, (await my.Contacts.AddAsync(Samples.Contact() with { Mobile = null, Email = null }, default)).Value);
        var merged = (await my.Get<IMerges>().MergeAsync(MergeKind.Contact, new(keep.Id, keep.Version, lose.Id, lose.Version, null), default)).Value;
        var undo = (await my.History.UndoAsync(merged.ChangeSetId, default)).Value;
        (await CodeAsync(my, undo)).ShouldBe("merge.again");
        (await my.Contacts.GetAsync(lose.Id, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Contact_OfAColleague_IsNotTakenAwayByMerging()
    {
        var (mine, shared) = ((await my.Contacts.AddAsync(Samples.Contact(), default)).Value, (await theirs.Contacts.AddAsync(Samples.Contact() with { Mobile = null, Email = null }, default)).Value);
        var version = (await theirs.Contacts.ShareAsync(shared.Id, [new(rep.Id, true)], default)).Value.Version;
        (await my.Get<IMerges>().PreviewAsync(MergeKind.Contact, mine.Id, shared.Id, default)).Errors.Select(e => e.Code).ShouldBe(["forbidden"]);
        (await my.Get<IMerges>().MergeAsync(MergeKind.Contact, new(mine.Id, mine.Version, shared.Id, version, null), default)).Errors.Select(e => e.Code).ShouldBe(["forbidden"]);
        (await my.Get<IMerges>().MergeAsync(MergeKind.Contact, new(shared.Id, version, mine.Id, mine.Version, null), default)).Succeeded.ShouldBeTrue("one's own one may give away");
    }

    [Fact]
    public async Task Preview_OfAMerge_CountsWhatOneMaySee()
    {
        var (keep, lose) = ((await my.Contacts.AddAsync(Samples.Contact() with { Visibility = Visibility.Team }, default)).Value, (await my.Contacts.AddAsync(Samples.Contact() with { Mobile = null, Email = null, Visibility = Visibility.Team }, default)).Value);
        await my.Interactions.AddAsync(lose.Id, Samples.Interaction(), default);
        await theirs.Interactions.AddAsync(lose.Id, Samples.Interaction() with { IsPrivate = true }, default);
        (await my.Get<IMerges>().PreviewAsync(MergeKind.Contact, keep.Id, lose.Id, default)).Value.Moves.ShouldContain(new MergeCount(MergePart.Interactions, 1));
    }

    private static async Task<string?> CodeAsync(Acting who, Guid set) => (await who.History.UndoAsync(set, default)).Errors.Select(e => e.Code).SingleOrDefault();
}
