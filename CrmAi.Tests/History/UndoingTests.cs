using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.History;

public sealed class UndoingTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private User rep = null!;
    private User manager = null!;
    private User admin = null!;
    private Acting my = null!;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        var team = await db.AddTeamAsync("华东");
        (rep, manager, admin) = (await db.AddUserAsync(Role.SalesRep, team), await db.AddUserAsync(Role.Manager, team), await db.AddUserAsync(Role.Admin));
        my = db.As(rep);
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Command_UndoneAndDoneAgain_GoesFromListToList()
    {
        var added = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value;
        var edit = (await my.Contacts.UpdateAsync(added.Id, 1, Samples.Contact() with { Title = "顾问" }, default)).Value;
        var rows = await ListAsync(my);
        rows.Select(r => r.Command).ShouldBe(["contact.edit", "contact.add"]);
        rows[0].ShouldSatisfyAllConditions(r => r.Subjects.ShouldHaveSingleItem().Name.ShouldBe("张三"), r => r.Refusal.ShouldBeNull(), r => r.Fields.ShouldContain(f => f.Field == "Title" && f.After == "顾问"));
        // what was edited since cannot go
        rows[1].Refusal!.Code.ShouldBe("undo.changed");

        var undone = (await my.Get<IUndoing>().UndoAsync(edit.ChangeSetId, default)).Value.Id;
        (await ListAsync(my)).Select(r => r.Command).ShouldBe(["contact.add"]);
        var gone = (await ListAsync(my, UndoList.Undone)).ShouldHaveSingleItem();
        (gone.Id, gone.Command, gone.Who, gone.Undone!.Who).ShouldBe((undone, "contact.edit", rep.Name, rep.Name));
        (await my.Get<IUndoing>().UndoAsync(undone, default)).Errors.ShouldBeEmpty();
        (await my.Contacts.GetAsync(added.Id, default))!.Fields.Title.ShouldBe("顾问");
        (await ListAsync(my, UndoList.Undone)).ShouldBeEmpty();
        (await ListAsync(my)).Select(r => r.Command).ShouldBe(["redo", "contact.add"]);
    }

    [Fact]
    public async Task Scopes_FollowTheRole_AndHiddenRecordsAreNotToldOf()
    {
        await my.Contacts.AddAsync(Samples.Contact("公开的"), default);
        var secret = (await my.Contacts.AddAsync(Samples.Contact("私密的", Visibility.Private), default)).Value;
        await my.Interactions.AddAsync(secret.Id, Samples.Interaction(), default);
        var shown = (await my.Contacts.AddAsync(Samples.Contact("另一位"), default)).Value;
        await my.Interactions.AddAsync(shown.Id, Samples.Interaction("不给别人看", isPrivate: true), default);
        (await ListAsync(my)).Count.ShouldBe(5);
        Names(await ListAsync(db.As(manager), scope: UndoScope.Team)).ShouldBe(["另一位", "公开的"]);
        (await ListAsync(db.As(manager))).ShouldBeEmpty();
        (await ListAsync(db.As(admin), scope: UndoScope.All)).Count.ShouldBeGreaterThanOrEqualTo(5);
        (await db.As(manager).Get<IUndoing>().ListAsync(UndoList.Undoable, UndoScope.All, null, 10, default)).Errors.Single().Code.ShouldBe("forbidden");
        (await my.Get<IUndoing>().ListAsync(UndoList.Undoable, UndoScope.Team, null, 10, default)).Errors.Single().Code.ShouldBe("forbidden");
        (await db.As(await db.AddUserAsync(Role.Viewer)).Get<IUndoing>().ScopesAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task BulkEdit_IsOneRow_TakenBackAsAJobAndDoneAgain()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 12; i++) ids.Add((await my.Contacts.AddAsync(Samples.Contact($"客户{i}"), default)).Value.Id);
        var bulk = (await my.Get<IBulkEdits>().StartAsync(new(BulkAction.SetPriority, Value: "High", Ids: ids), default)).Value;
        await db.DrainAsync();
        var row = (await ListAsync(my))[0];
        (row.Id, row.IsGroup, row.Command, row.Rows, row.Refusal).ShouldBe((bulk, true, "bulk.setpriority", 12, null));
        // A manager takes back what their team did; a colleague cannot.
        (await db.As(await db.AddUserAsync(Role.SalesRep)).Get<IUndoing>().UndoAsync(bulk, default)).Errors.Single().Code.ShouldBe("not_found");
        var undo = (await db.As(manager).Get<IUndoing>().UndoAsync(bulk, default)).Value.Id;
        (await ListAsync(my))[0].ShouldSatisfyAllConditions(r => r.Id.ShouldBe(bulk), r => r.Progress.ShouldNotBeNull().Total.ShouldBe(12), r => r.Refusal!.Code.ShouldBe("bulk.running"));
        await db.DrainAsync();
        (await ListAsync(my)).ShouldNotContain(r => r.IsGroup);
        var gone = (await ListAsync(db.As(manager), UndoList.Undone)).ShouldHaveSingleItem();
        (gone.Id, gone.Command, gone.Who, gone.Undone!.Who, gone.Rows).ShouldBe((undo, "bulk.setpriority", rep.Name, manager.Name, 12));
        (await db.As(manager).Get<IUndoing>().UndoAsync(undo, default)).Errors.ShouldBeEmpty();
        await db.DrainAsync();
        (await my.Contacts.GetAsync(ids[0], default))!.Fields.Priority.ShouldBe(Priority.High);
    }

    [Fact]
    public async Task Rows_ArePagedWithoutGapOrDouble_AndEndAfterThirtyDays()
    {
        for (var i = 0; i < 23; i++) await my.Contacts.AddAsync(Samples.Contact($"客户{i}"), default);
        var all = new List<UndoRow>();
        for (string? after = null; ;)
        {
            var page = (await my.Get<IUndoing>().ListAsync(UndoList.Undoable, UndoScope.Mine, after, 5, default)).Value;
            all.AddRange(page.Items);
            if ((after = page.Next) is null) break;
        }
        all.Select(r => r.Subjects[0].Name).ShouldBe(Enumerable.Range(0, 23).Reverse().Select(i => $"客户{i}"));
        (await my.Get<IUndoing>().ListAsync(UndoList.Undoable, UndoScope.Mine, "x", 5, default)).Errors.Single().Code.ShouldBe("cursor.unknown");
        db.Clock.Advance(TimeSpan.FromDays(IHistory.UndoDays) + TimeSpan.FromMinutes(1));
        (await ListAsync(my)).ShouldBeEmpty();
    }

    [Fact]
    public async Task GivenAway_IsToldOfForAnHour_WithoutTheName()
    {
        var contact = (await my.Contacts.AddAsync(Samples.Contact(visibility: Visibility.Private), default)).Value;
        var given = (await my.Contacts.AssignAsync(contact.Id, manager.Id, default)).Value;
        var row = (await ListAsync(my)).ShouldHaveSingleItem();
        (row.Id, row.Subjects.Count, row.Fields.Count, row.Refusal).ShouldBe((given.ChangeSetId, 0, 0, null));
        (await my.Get<IUndoing>().UndoAsync(row.Id, default)).Errors.ShouldBeEmpty();
        (await my.Contacts.GetAsync(contact.Id, default)).ShouldNotBeNull();
    }

    private static async Task<IReadOnlyList<UndoRow>> ListAsync(Acting who, UndoList list = UndoList.Undoable, UndoScope scope = UndoScope.Mine) => (await who.Get<IUndoing>().ListAsync(list, scope, null, 100, default)).Value.Items;

    private static IEnumerable<string> Names(IEnumerable<UndoRow> rows) => rows.SelectMany(r => r.Subjects).Where(s => s.RecordType == "Contact").Select(s => s.Name);
}
