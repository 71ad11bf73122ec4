using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.BulkEdits;

public sealed class BulkEditsTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Team team = null!;
    private User rep = null!;
    private Acting my = null!;
    private IBulkEdits bulk = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        team = await db.AddTeamAsync("华东");
        rep = await db.AddUserAsync(Role.SalesRep, team);
        my = db.As(rep);
        bulk = my.Get<IBulkEdits>();
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Selection_OfAllKinds_FailsRowByRow()
    {
        var colleague = db.As(await db.AddUserAsync(Role.SalesRep, team));
        var mine = await AddAsync(my, "甲");
        var theirs = await AddAsync(colleague, "乙");
        var hidden = (await colleague.Contacts.AddAsync(Samples.Contact(visibility: Visibility.Private), default)).Value.Id;
        var unknown = Guid.NewGuid();
        var done = await RunAsync(new(BulkAction.SetPriority, Value: "High", Ids: [mine, theirs, hidden, unknown, mine]));
        (done.State, done.Total, done.Done, done.Failed, done.MayUndo).ShouldBe((JobState.Done, 4, 4, 3, true));
        done.Failures.ShouldBe([new(theirs, "乙", "forbidden"), new(hidden, null, "not_found"), new(unknown, null, "not_found")]);
        (await my.Contacts.GetAsync(mine, default))!.Fields.Priority.ShouldBe(Priority.High);
        (await my.Contacts.GetAsync(theirs, default))!.Fields.Priority.ShouldBe(Priority.Medium);
        (await colleague.Get<IBulkEdits>().ProgressAsync(done.Id, default)).ShouldBeNull();
        (await colleague.Get<IBulkEdits>().UndoAsync(done.Id, default)).Errors.ShouldBe([Error.NotFound]);
    }

    [Fact]
    public async Task EachAction_DoneAndUndone_LeavesContactsAsTheyWere()
    {
        var manager = await db.AddUserAsync(Role.Manager, team);
        var (one, two) = (await AddAsync(my, "甲"), await AddAsync(my, "乙"));
        var folder = (await my.Folders.AddAsync("夹", null, default)).Value.Id;
        var tag = (await my.Get<ITags>().AddAsync(new() { Name = "老朋友" }, default)).Value.Id;
        (await my.Folders.FileAsync([one], folder, null, default)).Succeeded.ShouldBeTrue();
        var before = await SnapshotAsync();
        foreach (var request in (BulkRequest[])[new(BulkAction.AddTag, tag), new(BulkAction.File, folder), new(BulkAction.File), new(BulkAction.Assign, manager.Id), new(BulkAction.Archive),
            new(BulkAction.Delete), new(BulkAction.SetPriority, Value: "Low"), new(BulkAction.SetStage, Value: "Proposal")])
        {
            var done = await RunAsync(request with { Ids = [one, two] });
            (done.Failed, done.MayUndo).ShouldBe((0, true), request.Action.ToString());
            (await SnapshotAsync()).ShouldNotBe(before, request.Action.ToString());
            var undo = await FinishAsync((await bulk.UndoAsync(done.Id, default)).Value);
            (undo.IsUndo, undo.Done, undo.Failed).ShouldBe((true, 2, 0), request.Action.ToString());
            (await SnapshotAsync()).ShouldBe(before, request.Action.ToString());
            (await bulk.UndoAsync(done.Id, default)).Errors.Single().Code.ShouldBe("undo.done");
            (await bulk.ProgressAsync(done.Id, default))!.MayUndo.ShouldBeFalse();
        }
        (await my.Contacts.ListAsync(new(Search: "老朋友"), 0, 5, default)).Total.ShouldBe(0);
    }

    [Fact]
    public async Task Tags_PutOnTwiceAndTakenOff_AreSearchedByAsTheyStand()
    {
        var one = await AddAsync(my, "甲");
        var tag = (await my.Get<ITags>().AddAsync(new() { Name = "老朋友" }, default)).Value.Id;
        for (var i = 0; i < 2; i++) (await RunAsync(new(BulkAction.AddTag, tag, Ids: [one]))).Failed.ShouldBe(0);
        (await my.Contacts.ListAsync(new(Search: "老朋友"), 0, 5, default)).Total.ShouldBe(1);
        (await RunAsync(new(BulkAction.RemoveTag, tag, Ids: [one]))).Failed.ShouldBe(0);
        (await my.Contacts.ListAsync(new(Search: "老朋友"), 0, 5, default)).Total.ShouldBe(0);
    }

    [Fact]
    public async Task Undo_OfContactsChangedSince_LeavesThoseAloneAndBringsTheOthersBack()
    {
        var (one, two, three) = (await AddAsync(my, "甲"), await AddAsync(my, "乙"), await AddAsync(my, "丙"));
        var done = await RunAsync(new(BulkAction.SetPriority, Value: "High", Ids: [one, two, three]));
        (await RunAsync(new(BulkAction.SetPriority, Value: "Low", Ids: [two]))).Failed.ShouldBe(0);
        var undo = await FinishAsync((await bulk.UndoAsync(done.Id, default)).Value);
        undo.Failures.ShouldBe([new(two, "乙", "undo.changed")]);
        (await PrioritiesAsync()).ShouldBe([Priority.Medium, Priority.Low, Priority.Medium]);
        // One contact's history tells of it, and sends to the whole for taking it back.
        var entry = (await my.History.OfAsync(nameof(Contact), one, default)).First(h => h.Command == "bulk.setpriority");
        entry.Undoable.ShouldBeFalse();
        (await my.History.UndoAsync(entry.ChangeSetId, default)).Errors.Single().Code.ShouldBe("undo.bulk");
    }

    [Fact]
    public async Task Undo_IntoAFolderThatIsGone_FailsForThatContactAlone()
    {
        var (one, two) = (await AddAsync(my, "甲"), await AddAsync(my, "乙"));
        var folder = (await my.Folders.AddAsync("夹", null, default)).Value.Id;
        (await my.Folders.FileAsync([one], folder, null, default)).Succeeded.ShouldBeTrue();
        var done = await RunAsync(new(BulkAction.Archive, Ids: [two]));
        var moved = await RunAsync(new(BulkAction.File, Ids: [one, two]));
        (await my.Folders.DeleteAsync(folder, default)).Succeeded.ShouldBeTrue();
        (await FinishAsync((await bulk.UndoAsync(moved.Id, default)).Value)).Failures.ShouldBe([new(one, "甲", "undo.changed")]);
        (await FinishAsync((await bulk.UndoAsync(done.Id, default)).Value)).Failed.ShouldBe(0);
    }

    [Fact]
    public async Task Query_WithExceptions_SelectsWhatTheListShows()
    {
        var all = new List<Guid>();
        for (var i = 0; i < 6; i++) all.Add(await AddAsync(my, i % 2 == 0 ? $"张{i}" : $"李{i}"));
        await AddAsync(db.As(await db.AddUserAsync(Role.SalesRep, team)), "张三");
        var done = await RunAsync(new(BulkAction.SetPriority, Value: "High", All: new(Search: "张"), Except: [all[2]]));
        (done.Total, done.Failed).ShouldBe((2, 0));
        (await PrioritiesAsync(all)).ShouldBe([Priority.High, Priority.Medium, Priority.Medium, Priority.Medium, Priority.High, Priority.Medium]);
        Code(await bulk.StartAsync(new(BulkAction.Archive, All: new(Search: "无此人")), default)).ShouldBe("bulk.empty");
    }

    [Fact]
    public async Task BulkEdit_OfBadInput_IsRefused()
    {
        var one = await AddAsync(my, "甲");
        var theirs = (await db.As(await db.AddUserAsync(Role.SalesRep, team)).Folders.AddAsync("夹", null, default)).Value.Id;
        var stranger = await db.AddUserAsync(Role.SalesRep);
        var reader = await db.AddUserAsync(Role.Viewer, team);
        foreach (var (request, code) in ((BulkRequest, string)[])[(new(BulkAction.Archive), "bulk.empty"), (new(BulkAction.AddTag, Guid.NewGuid(), Ids: [one]), "tag.unknown"), (new(BulkAction.AddTag, Ids: [one]), "tag.unknown"),
            (new(BulkAction.File, theirs, Ids: [one]), "folder.unknown"), (new(BulkAction.Assign, stranger.Id, Ids: [one]), "user.unknown"), (new(BulkAction.Assign, reader.Id, Ids: [one]), "user.unknown"),
            (new(BulkAction.SetPriority, Value: "1", Ids: [one]), "bulk.value"), (new(BulkAction.SetStage, Ids: [one]), "bulk.value"), (new((BulkAction)77, Ids: [one]), "bulk.value"),
            (new(BulkAction.Archive, Ids: [.. Enumerable.Range(0, BulkEdit.MaxContacts + 1).Select(_ => Guid.NewGuid())]), "bulk.limit")])
            Code(await bulk.StartAsync(request, default)).ShouldBe(code);
        Code(await db.As(reader).Get<IBulkEdits>().StartAsync(new(BulkAction.Archive, Ids: [one]), default)).ShouldBe("forbidden");
        (await db.JobsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task SameBulkEdit_Twice_ChangesNothingTheSecondTime()
    {
        var one = await AddAsync(my, "甲");
        await RunAsync(new(BulkAction.SetPriority, Value: "High", Ids: [one]));
        var second = await RunAsync(new(BulkAction.SetPriority, Value: "High", Ids: [one]));
        (second.Done, second.Failed).ShouldBe((1, 0));
        (await my.Contacts.GetAsync(one, default))!.Version.ShouldBe(2);
    }

    private static async Task<Guid> AddAsync(Acting who, string name) => (await who.Contacts.AddAsync(new() { Name = name }, default)).Value.Id;

    private async Task<BulkProgress> RunAsync(BulkRequest request)
    {
        var started = await bulk.StartAsync(request, default);
        started.Errors.ShouldBeEmpty();
        return await FinishAsync(started.Value);
    }

    private async Task<BulkProgress> FinishAsync(Guid id)
    {
        await db.DrainAsync();
        return (await bulk.ProgressAsync(id, default))!;
    }

    private async Task<IEnumerable<Priority>> PrioritiesAsync(List<Guid>? ids = null) => await db.ReadAsync(d => d.Contacts.Where(c => ids == null || ids.Contains(c.Id)).OrderBy(c => c.Id).Select(c => c.Priority).ToListAsync());

    private async Task<string> SnapshotAsync() => string.Join('\n', (await db.ReadAsync(d => d.Contacts.Include(c => c.Tags).OrderBy(c => c.Id).AsNoTracking().ToListAsync()))
        .Select(c => $"{c.Name} {c.OwnerId} {c.TeamId} {c.FolderId} {c.Position} {c.Priority} {c.Stage} {c.IsArchived} {c.DeletedAt} {c.Tags.Count} {c.Index.Tags}"));

    private static string Code(Result<Guid> refused) => refused.Errors.Single().Code;
}
