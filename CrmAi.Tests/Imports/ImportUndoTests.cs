using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Domain.Views;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Imports;

/// <summary>The whole goes; what somebody did since stays.</summary>
public sealed class ImportUndoTests : IAsyncLifetime
{
    private ImportStage stage = null!;

    public async Task InitializeAsync() => stage = await ImportStage.CreateAsync();

    public Task DisposeAsync() => stage.DisposeAsync().AsTask();

    [Fact]
    public async Task Everything_GoesWithItsCompanies_AndIsFoundNoMore()
    {
        var done = await stage.ImportedAsync(ImportStage.People(400));
        var undone = await stage.UndoneAsync(done.Summary.Id);
        undone.Summary.ShouldSatisfyAllConditions(s => s.State.ShouldBe(ImportState.Undone), s => s.Undo.ShouldBe(new(450, 450, 0, 50)), s => s.MayUndo.ShouldBeFalse());
        (await stage.Db.ReadAsync(db => db.Contacts.CountAsync(c => c.DeletedAt == null))).ShouldBe(0);
        (await stage.Db.ReadAsync(db => db.Accounts.CountAsync(a => a.DeletedAt == null))).ShouldBe(0);
        (await stage.Db.ReadAsync(db => db.ContactTerms.CountAsync())).ShouldBe(0);
        (await stage.Db.ReadAsync(db => db.AccountTerms.CountAsync())).ShouldBe(0);
        (await stage.Imports.UndoAsync(done.Summary.Id, default)).Errors.Single().Code.ShouldBe("undo.done");
        // each can come back by itself, as after any deletion
        var one = await stage.Db.ReadAsync(db => db.Contacts.OrderBy(c => c.Id).Select(c => c.Id).FirstAsync());
        (await stage.Db.As(stage.Rep).Contacts.RestoreAsync(one, default)).Errors.ShouldBeEmpty();
        (await stage.Db.As(stage.Rep).Contacts.ListAsync(new(ContactScope.Mine, "zhou"), 0, 10, default)).Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task WhatSomebodyDidSince_Stays_AndIsNamedWithTheReason()
    {
        var done = await stage.ImportedAsync(ImportStage.People(60));
        var my = stage.Db.As(stage.Rep);
        var ids = await stage.Db.ReadAsync(db => db.Contacts.OrderBy(c => c.Id).Select(c => c.Id).ToListAsync());
        var edited = (await my.Contacts.GetAsync(ids[0], default))!;
        (await my.Contacts.UpdateAsync(ids[0], edited.Version, edited.Fields with { Title = "总经理" }, default)).Succeeded.ShouldBeTrue();
        (await my.Interactions.AddAsync(ids[9], Samples.Interaction(), default)).Succeeded.ShouldBeTrue();
        var slip = (await my.Contacts.ArchiveAsync(ids[20], true, default)).Value;
        (await my.History.UndoAsync(slip.ChangeSetId, default)).Succeeded.ShouldBeTrue();

        var undone = await stage.UndoneAsync(done.Summary.Id);
        undone.Summary.Undo!.Kept.ShouldBe(4);
        var kept = await stage.RowsAsync(done.Summary.Id, ImportPhase.Undo);
        kept.Where(r => r.Number > 0).Select(r => (r.Number, r.RecordId, r.Problems.Single().Code)).ShouldBe([(2, ids[0], "undo.changed"), (11, ids[9], "undo.used")]);
        kept.Where(r => r.Number < 0).ShouldAllBe(r => r.Problems.Single().Code == "undo.used", "their companies stay with them");
        (await my.Contacts.GetAsync(ids[0], default))!.Fields.Title.ShouldBe("总经理");
        (await stage.Db.ReadAsync(db => db.Contacts.CountAsync(c => c.DeletedAt == null))).ShouldBe(2);
        (await stage.Db.ReadAsync(db => db.Accounts.CountAsync(a => a.DeletedAt == null))).ShouldBe(2);
    }

    [Fact]
    public async Task UpdatedContacts_GetTheirFormerValuesAndRelationsBack()
    {
        var my = stage.Db.As(stage.Rep);
        var id = (await my.Contacts.AddAsync(new() { Name = "王五", Mobile = "13800003333", Title = "采购", Company = "旧公司" }, default)).Value.Id;
        var done = await stage.ImportedAsync("姓名,手机,职位,公司,标签\n王小五,13800003333,总监,新公司,展会\n王大五,13800003333,董事,新公司,\n", DuplicatePolicy.Overwrite);
        var changed = (await my.Contacts.GetAsync(id, default))!;
        changed.ShouldSatisfyAllConditions(c => c.Fields.Name.ShouldBe("王大五"), c => c.Company.ShouldBe("新公司"), c => c.Tags.Count.ShouldBe(1));
        var undone = await stage.UndoneAsync(done.Summary.Id);
        undone.Summary.Undo!.Kept.ShouldBe(0);
        (await my.Contacts.GetAsync(id, default))!.ShouldSatisfyAllConditions(c => c.Fields.Name.ShouldBe("王五"), c => c.Fields.Title.ShouldBe("采购"), c => c.Company.ShouldBe("旧公司"), c => c.Tags.ShouldBeEmpty());
        (await my.Contacts.ListAsync(new(ContactScope.Mine, "总监"), 0, 10, default)).Items.ShouldBeEmpty();
        (await stage.Db.ReadAsync(db => db.Accounts.CountAsync(a => a.DeletedAt == null))).ShouldBe(1);
    }

    [Fact]
    public async Task LabelsOfTheImportAlone_GoWithIt_AndThoseSomebodyUsesStay()
    {
        var my = stage.Db.As(stage.Rep);
        (await my.Get<ITags>().AddAsync(new() { Name = "老友" }, default)).Succeeded.ShouldBeTrue();
        var done = await stage.ImportedAsync("姓名,手机,标签\n甲,13700000001,展会、老友\n乙,13700000002,展会、名录、榜单\n");
        var tags = (await my.Get<ITags>().ListAsync(default)).ToDictionary(t => t.Name, t => t.Id);
        tags.Keys.ShouldBe(["老友", "展会", "名录", "榜单"], ignoreOrder: true);
        (await my.Contacts.AddAsync(new() { Name = "丙", TagIds = [tags["名录"]] }, default)).Succeeded.ShouldBeTrue();
        (await my.Get<IViews>().AddAsync(new() { Name = "榜", Filter = $"tag={tags["榜单"]}" }, default)).Errors.ShouldBeEmpty();

        var undone = await stage.UndoneAsync(done.Summary.Id);
        undone.Summary.Undo.ShouldBe(new(2, 2, 0, 0, 1));
        (await my.Get<ITags>().ListAsync(default)).Select(t => t.Name).ShouldBe(["老友", "名录", "榜单"], ignoreOrder: true);
        // One of them comes back without the label that is gone.
        var back = await stage.Db.ReadAsync(db => db.Contacts.Where(c => c.Name == "甲").Select(c => c.Id).SingleAsync());
        (await my.Contacts.RestoreAsync(back, default)).Errors.ShouldBeEmpty();
        (await my.Contacts.GetAsync(back, default))!.Tags.Select(t => t.Name).ShouldBe(["老友"]);
    }

    [Fact]
    public async Task SomebodyElses_TakenBackByAnAdministrator_NamesWhoDidIt()
    {
        var admin = await stage.Db.AddUserAsync(Role.Admin);
        var done = await stage.ImportedAsync(ImportStage.People(10));
        (await stage.Db.As(admin).Get<IImports>().UndoAsync(done.Summary.Id, default)).Errors.ShouldBeEmpty();
        await stage.Db.DrainAsync();
        (await stage.Imports.GetAsync(done.Summary.Id, default))!.Summary.ShouldSatisfyAllConditions(s => s.State.ShouldBe(ImportState.Undone), s => s.Owner.ShouldBe(stage.Rep.Name), s => s.UndoneBy.ShouldBe(admin.Name));
        var row = (await ListAsync(admin, UndoList.Undone)).ShouldHaveSingleItem();
        (row.Who, row.Undone!.Who).ShouldBe((stage.Rep.Name, admin.Name));
        (await stage.Db.ReadAsync(db => db.Notifications.Where(n => n.Key.StartsWith("import.undo:")).Select(n => n.UserId).ToListAsync())).ShouldBe([stage.Rep.Id, admin.Id], ignoreOrder: true);
    }

    [Fact]
    public async Task Undo_StoppedInTheMiddle_IsFinishedByTheNext()
    {
        var done = await stage.ImportedAsync(ImportStage.People(1_000));
        await stage.Imports.UndoAsync(done.Summary.Id, default);
        using var stop = new CancellationTokenSource();
        using (stage.Db.Get<ILiveUpdates>().Watch(LiveTopic.JobOn(done.Summary.Id), async () =>
        {
            if (await stage.Db.ReadAsync(db => db.Imports.Select(i => i.UndoDone).SingleAsync()) is > 0 and < 1_000) await stop.CancelAsync();
        })) await stage.Db.Workers.DrainAsync(Domain.Jobs.JobLane.Bulk, stop.Token);
        (await stage.Db.ReadAsync(db => db.Contacts.CountAsync(c => c.DeletedAt == null))).ShouldBeInRange(1, 999);
        await stage.Db.DrainAsync();
        var undone = (await stage.Imports.GetAsync(done.Summary.Id, default))!;
        undone.Summary.Undo.ShouldBe(new(1_125, 1_125, 0, 125));
        (await stage.Db.ReadAsync(db => db.ChangeEntries.CountAsync(e => e.RecordType == nameof(Contact) && e.Kind == Domain.History.ChangeKind.Deleted))).ShouldBe(1_000);
    }

    [Fact]
    public async Task Import_IsOneRowAmongWhatCanBeUndone_AndTakenBackFromThere()
    {
        var manager = await stage.Db.AddUserAsync(Role.Manager, stage.Team);
        var done = await stage.ImportedAsync(ImportStage.People(1_000));
        var (id, my) = (done.Summary.Id, stage.Db.As(stage.Rep).Get<IUndoing>());
        var row = (await ListAsync(stage.Rep, UndoList.Undoable)).ShouldHaveSingleItem();
        (row.Id, row.IsGroup, row.Command, row.Rows, row.Refusal, row.Progress).ShouldBe((id, true, "import.contacts", 1_000, null, null));
        row.Subjects.ShouldHaveSingleItem().ShouldBe(new(nameof(Import), id, "people.csv"));
        // The file is whoever imported it's own: a manager is told that something came, and who takes it back.
        (await ListAsync(manager, UndoList.Undoable, UndoScope.Team)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Subjects.ShouldBeEmpty(), r => r.Refusal!.Code.ShouldBe("import.others"));
        (await stage.Db.As(manager).Get<IUndoing>().UndoAsync(id, default)).Errors.Single().Code.ShouldBe("not_found");

        (await my.UndoAsync(id, default)).Errors.ShouldBeEmpty();
        (await ListAsync(stage.Rep, UndoList.Undoable)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Progress.ShouldBe(new(0, 1_125)), r => r.Refusal!.Code.ShouldBe("import.busy"));
        (await my.UndoAsync(id, default)).Errors.Single().Code.ShouldBe("import.state");
        await stage.Db.DrainAsync();
        (await ListAsync(stage.Rep, UndoList.Undoable)).ShouldBeEmpty();
        var gone = (await ListAsync(stage.Rep, UndoList.Undone)).ShouldHaveSingleItem();
        (gone.IsGroup, gone.Command, gone.Rows, gone.Who, gone.Undone!.Who, gone.Refusal!.Code).ShouldBe((true, "import.contacts", 1_125, stage.Rep.Name, stage.Rep.Name, "import.again"));
        (await my.UndoAsync(gone.Id, default)).Errors.Single().Code.ShouldBe("import.again");
    }

    [Fact]
    public async Task Import_ThatIsPaused_SaysWhatToDoFirst_AndAfterThirtyDaysThereIsNone()
    {
        var done = await stage.ImportedAsync(ImportStage.People(10));
        await stage.Db.WriteAsync(db => db.Imports.Single().State = ImportState.Paused);
        (await ListAsync(stage.Rep, UndoList.Undoable)).ShouldHaveSingleItem().Refusal!.Code.ShouldBe("import.paused");
        (await stage.Imports.CancelAsync(done.Summary.Id, default)).Errors.ShouldBeEmpty();
        (await ListAsync(stage.Rep, UndoList.Undoable)).ShouldHaveSingleItem().Refusal.ShouldBeNull();
        stage.Db.Clock.Advance(TimeSpan.FromDays(IHistory.UndoDays) + TimeSpan.FromMinutes(1));
        (await ListAsync(stage.Rep, UndoList.Undoable)).ShouldBeEmpty();
        (await stage.Db.As(stage.Rep).Get<IUndoing>().UndoAsync(done.Summary.Id, default)).Errors.Single().Code.ShouldBe("undo.late");
    }

    private async Task<IReadOnlyList<UndoRow>> ListAsync(User who, UndoList list, UndoScope scope = UndoScope.Mine) => (await stage.Db.As(who).Get<IUndoing>().ListAsync(list, scope, null, 100, default)).Value.Items;
}
