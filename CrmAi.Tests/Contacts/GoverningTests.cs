using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Contacts;

/// <summary>Contacts archived, given away, restored, tagged.</summary>
public sealed class GoverningTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Team team = null!;
    private User rep = null!;
    private Acting my = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        team = await db.AddTeamAsync("华东");
        rep = await db.AddUserAsync(Role.SalesRep, team);
        my = db.As(rep);
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Contact_Archived_IsOutOfListsUntilItReturns()
    {
        var saved = await AddAsync();
        var archived = (await my.Contacts.ArchiveAsync(saved.Id, true, default)).Value;
        (await my.Contacts.ListAsync(new(), 0, 5, default)).Total.ShouldBe(0);
        (await my.Contacts.GetAsync(saved.Id, default))!.IsArchived.ShouldBeTrue();
        (await my.History.OfAsync(nameof(Contact), saved.Id, default))[0].Fields.ShouldBe([new("IsArchived", "false", "true")]);
        (await my.History.UndoAsync(archived.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.ListAsync(new(), 0, 5, default)).Total.ShouldBe(1);
        (await my.Contacts.ArchiveAsync(Guid.NewGuid(), true, default)).Errors.ShouldBe([Error.NotFound]);
    }

    [Fact]
    public async Task Contact_Assigned_GoesToTheColleagueAndItsTeamOutOfTheFolder()
    {
        var folder = new Folder { OwnerId = rep.Id, Name = "重点" };
        await db.WriteAsync(d => d.Folders.Add(folder));
        var saved = (await my.Contacts.AddAsync(Samples.Contact(visibility: Visibility.Private) with { FolderId = folder.Id }, default)).Value;
        var mate = await db.AddUserAsync(Role.SalesRep, team);
        var assigned = (await my.Contacts.AssignAsync(saved.Id, mate.Id, default)).Value;
        (await my.Contacts.GetAsync(saved.Id, default)).ShouldBeNull();
        var theirs = (await db.As(mate).Contacts.GetAsync(saved.Id, default))!;
        (theirs.OwnerId, theirs.Fields.FolderId, theirs.MayGovern).ShouldBe((mate.Id, null, true));
        (await db.As(mate).History.OfAsync(nameof(Contact), saved.Id, default))[0].Fields.ShouldBe([new("OwnerId", rep.Name, mate.Name)]);
        // Given away by a slip: whoever did it takes it back, for an hour.
        (await my.History.UndoAsync(assigned.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        var back = (await my.Contacts.GetAsync(saved.Id, default))!;
        (back.OwnerId, back.Fields.FolderId).ShouldBe((rep.Id, folder.Id));
        var again = (await my.Contacts.AssignAsync(saved.Id, mate.Id, default)).Value;
        db.Clock.Advance(TimeSpan.FromMinutes(61));
        (await my.History.UndoAsync(again.ChangeSetId, default)).Errors.ShouldBe([Error.NotFound]);
    }

    [Fact]
    public async Task Contact_AssignedToNobodyFit_IsRefused()
    {
        var saved = await AddAsync();
        var gone = await db.AddUserAsync(Role.SalesRep, team, u => u.IsActive = false);
        var reader = await db.AddUserAsync(Role.Viewer, team);
        var stranger = await db.AddUserAsync(Role.SalesRep, await db.AddTeamAsync("华南"));
        foreach (var id in (Guid[])[Guid.NewGuid(), gone.Id, reader.Id, stranger.Id]) (await my.Contacts.AssignAsync(saved.Id, id, default)).Errors.Single().Code.ShouldBe("user.unknown");
        var admin = db.As(await db.AddUserAsync(Role.Admin));
        (await admin.Contacts.AssignAsync(saved.Id, stranger.Id, default)).Succeeded.ShouldBeTrue();
        (await db.ReadAsync(d => d.Contacts.SingleAsync())).TeamId.ShouldBe(stranger.TeamId);
        (await my.Contacts.AssignAsync(saved.Id, rep.Id, default)).Errors.ShouldBe([Error.NotFound]);
    }

    [Fact]
    public async Task Contact_Deleted_IsRestoredWithinThirtyDays()
    {
        var saved = await AddAsync();
        (await my.Contacts.RestoreAsync(saved.Id, default)).Errors.ShouldBe([Error.NotFound]);
        (await my.Contacts.DeleteAsync(saved.Id, default)).Succeeded.ShouldBeTrue();
        (await db.As(await db.AddUserAsync(Role.SalesRep, team)).Contacts.RestoreAsync(saved.Id, default)).Errors.ShouldBe([Error.Forbidden]);
        (await db.As(await db.AddUserAsync(Role.SalesRep)).Contacts.RestoreAsync(saved.Id, default)).Errors.ShouldBe([Error.NotFound]);
        (await my.Contacts.RestoreAsync(saved.Id, default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.ListAsync(new(Search: "张三"), 0, 5, default)).Total.ShouldBe(1);
        (await my.Contacts.DeleteAsync(saved.Id, default)).Succeeded.ShouldBeTrue();
        db.Clock.Advance(TimeSpan.FromDays(IHistory.UndoDays) + TimeSpan.FromMinutes(1));
        (await my.Contacts.RestoreAsync(saved.Id, default)).Errors.Single().Code.ShouldBe("undo.late");
    }

    [Fact]
    public async Task Tags_OfAContact_AreAddedRemovedToldAndFound()
    {
        var (first, second) = (new Tag { Name = "内线" }, new Tag { Name = "价格敏感" });
        await db.WriteAsync(d => d.Tags.AddRange(first, second));
        var saved = (await my.Contacts.AddAsync(Samples.Contact() with { TagIds = [first.Id] }, default)).Value;
        (await my.Contacts.ListAsync(new(Search: "内线"), 0, 5, default)).Total.ShouldBe(1);
        var changed = (await my.Contacts.UpdateAsync(saved.Id, 1, Samples.Contact() with { TagIds = [second.Id, second.Id] }, default)).Value;
        (await my.Contacts.GetAsync(saved.Id, default))!.Tags.Select(t => t.Name).ShouldBe(["价格敏感"]);
        (await my.Contacts.ListAsync(new(Search: "内线"), 0, 5, default)).Total.ShouldBe(0);
        (await my.Contacts.ListAsync(new(Search: "敏感"), 0, 5, default)).Total.ShouldBe(1);
        (await my.History.OfAsync(nameof(Contact), saved.Id, default))[0].Fields.ShouldBe([new("Tags", "内线", "价格敏感")]);
        (await my.History.UndoAsync(changed.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.GetAsync(saved.Id, default))!.Tags.Select(t => t.Name).ShouldBe(["内线"]);
        (await my.Contacts.ListAsync(new(Search: "内线"), 0, 5, default)).Total.ShouldBe(1);
        var version = (await my.Contacts.GetAsync(saved.Id, default))!.Version;
        (await my.Contacts.UpdateAsync(saved.Id, version, Samples.Contact() with { TagIds = [Guid.NewGuid()] }, default)).Errors.Single().ShouldBe(new("tag.unknown", "TagIds"));
        (await my.Contacts.AddAsync(Samples.Contact() with { TagIds = [Guid.NewGuid()] }, default)).Errors.Single().Code.ShouldBe("tag.unknown");
    }

    [Fact]
    public async Task History_OfAContact_TellsNamesAndNoNoise()
    {
        var folder = new Folder { OwnerId = rep.Id, Name = "重点" };
        await db.WriteAsync(d => d.Folders.Add(folder));
        var saved = (await my.Contacts.AddAsync(Samples.Contact() with { FolderId = folder.Id }, default)).Value;
        var made = (await my.History.OfAsync(nameof(Contact), saved.Id, default)).Single();
        made.Fields.ShouldContain(new FieldChange("FolderId", null, "重点"));
        made.Fields.ShouldContain(new FieldChange("AccountId", null, "沪上精工"));
        made.Fields.ShouldContain(new FieldChange("OwnerId", null, rep.Name));
        made.Fields.Select(f => f.Field).Intersect(["Position", "TeamId", "DeletedAt", "Custom"]).ShouldBeEmpty();
        made.Fields.Where(f => Guid.TryParse(f.After, out var id) && id != default).ShouldBeEmpty();
        // Folders are one's own: a manager does not read their names.
        (await db.As(await db.AddUserAsync(Role.Manager, team)).History.OfAsync(nameof(Contact), saved.Id, default)).Single().Fields.ShouldNotContain(f => f.Field == "FolderId");
    }

    [Fact]
    public async Task Folder_OfTheOwner_IsNeitherSeenNorChangedByTheManager()
    {
        var manager = await db.AddUserAsync(Role.Manager, team);
        var (mine, theirs) = (new Folder { OwnerId = rep.Id, Name = "我的" }, new Folder { OwnerId = manager.Id, Name = "他的" });
        await db.WriteAsync(d => d.Folders.AddRange(mine, theirs));
        var saved = (await my.Contacts.AddAsync(Samples.Contact() with { FolderId = mine.Id }, default)).Value;
        var seen = (await db.As(manager).Contacts.GetAsync(saved.Id, default))!;
        seen.Fields.FolderId.ShouldBeNull();
        (await db.As(manager).Contacts.UpdateAsync(saved.Id, 1, seen.Fields with { FolderId = theirs.Id }, default)).Errors.Single().Code.ShouldBe("folder.unknown");
        (await db.As(manager).Contacts.UpdateAsync(saved.Id, 1, seen.Fields with { Title = "总监" }, default)).Succeeded.ShouldBeTrue();
        (await my.Contacts.GetAsync(saved.Id, default))!.Fields.FolderId.ShouldBe(mine.Id);
    }

    private async Task<Saved> AddAsync() => (await my.Contacts.AddAsync(Samples.Contact(visibility: Visibility.Team), default)).Value;
}
