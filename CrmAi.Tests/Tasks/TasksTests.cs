using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Notifications;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Tasks;

public sealed class TasksTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private User rep = null!, mate = null!, manager = null!, stranger = null!;

    private ITasks Mine => db.As(rep).Get<ITasks>();

    private ITasks Managers => db.As(manager).Get<ITasks>();

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        var (east, south) = (await db.AddTeamAsync("华东"), await db.AddTeamAsync("华南"));
        rep = await db.AddUserAsync(Role.SalesRep, east);
        mate = await db.AddUserAsync(Role.SalesRep, east);
        manager = await db.AddUserAsync(Role.Manager, east);
        stranger = await db.AddUserAsync(Role.Manager, south);
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Task_OfOneself_IsSeenByTheManagerAndNobodyElse()
    {
        var id = (await Mine.AddAsync(New("回电"), default)).Value;
        (await Managers.GetAsync(id, default))!.Fields.Title.ShouldBe("回电");
        (await db.As(mate).Get<ITasks>().GetAsync(id, default)).ShouldBeNull();
        foreach (var (person, seen) in ((User, string)[])[(rep, "回电"), (manager, "回电"), (mate, ""), (stranger, "")])
            (await TitlesAsync(person, new(Everybody: true))).ShouldBe(seen);
        (await db.As(mate).Get<ITasks>().CompleteAsync(id, 1, default)).Errors.Single().Code.ShouldBe("not_found");
        (await db.As(stranger).Get<ITasks>().DeleteAsync(id, default)).Errors.Single().Code.ShouldBe("not_found");
        (await TitlesAsync(manager, new())).ShouldBe("", "a manager's own list holds their own");
        (await TitlesAsync(manager, new(rep.Id))).ShouldBe("回电");
    }

    [Theory]
    [InlineData(Role.SupportAgent, true)]
    [InlineData(Role.Trainer, true)]
    [InlineData(Role.Analyst, false)]
    [InlineData(Role.Viewer, false)]
    public async Task Tasks_ByRole_AreThereOrNot(Role role, bool has)
    {
        var person = db.As(await db.AddUserAsync(role)).Get<ITasks>();
        (await person.AddAsync(New("自己的"), default)).Succeeded.ShouldBe(has);
        (await person.ListAsync(new(), null, 10, default)).Value.Items.Count.ShouldBe(has ? 1 : 0);
    }

    [Fact]
    public async Task Giving_ToATeamMember_TellsThemOnce_AndToOthersIsRefused()
    {
        var id = (await Managers.AddAsync(New("去一趟") with { OwnerId = rep.Id }, default)).Value;
        (await Mine.GetAsync(id, default))!.CreatedBy.ShouldBe(manager.Name);
        var told = (await db.As(rep).Get<INotifications>().ListAsync(false, null, 10, default)).Value.Items.Single();
        (told.Kind, told.Subject, told.SubjectId).ShouldBe((NotificationKind.TaskAssigned, "去一趟", id));
        (await db.As(manager).Get<INotifications>().UnreadAsync(default)).ShouldBe(0);
        // one's own hand tells nobody, nor does an edit that leaves it where it is
        var row = (await Managers.GetAsync(id, default))!;
        (await Managers.UpdateAsync(id, row.Version, row.Fields with { Note = "带样机" }, default)).Succeeded.ShouldBeTrue();
        (await db.As(rep).Get<INotifications>().UnreadAsync(default)).ShouldBe(1);

        (await Mine.AddAsync(New("你去") with { OwnerId = mate.Id }, default)).Errors.Single().Code.ShouldBe("user.unknown");
        (await Managers.AddAsync(New("你去") with { OwnerId = stranger.Id }, default)).Errors.Single().Code.ShouldBe("user.unknown");
        (await Mine.PeopleAsync(default)).Select(p => p.Id).ShouldBe([rep.Id]);
        (await Managers.PeopleAsync(default)).Select(p => p.Id).ShouldBe([manager.Id, rep.Id, mate.Id], ignoreOrder: true);
    }

    [Fact]
    public async Task Origin_AcceptedTwice_MakesOneTask()
    {
        var asked = New("送方案") with { Origin = TaskOrigin.NextAction, OriginId = Ids.Next() };
        var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => (await db.As(rep).Get<ITasks>().AddAsync(asked, default)).Value)));
        ids.Distinct().ShouldHaveSingleItem();
        (await Mine.AddAsync(asked, default)).Value.ShouldBe(ids[0]);
        (await TitlesAsync(rep, new())).ShouldBe("送方案");
    }

    [Fact]
    public async Task Changes_AtTheSameTime_AreNotOverwritten()
    {
        var id = (await Mine.AddAsync(New("回电"), default)).Value;
        var row = (await Mine.GetAsync(id, default))!;
        (await Managers.UpdateAsync(id, row.Version, row.Fields with { Title = "先回邮件" }, default)).Succeeded.ShouldBeTrue();
        (await Mine.UpdateAsync(id, row.Version, row.Fields with { Title = "写信" }, default)).Errors.Single().Code.ShouldBe("conflict");
        (await Mine.CompleteAsync(id, row.Version, default)).Errors.Single().Code.ShouldBe("conflict");
        (await Mine.GetAsync(id, default))!.Fields.Title.ShouldBe("先回邮件");
    }

    [Fact]
    public async Task State_GoesThereAndBack_AndEachStepIsUndoneAndOnRecord()
    {
        var id = (await Mine.AddAsync(New("回电"), default)).Value;
        var done = (await Mine.CompleteAsync(id, 1, default)).Value;
        (await Mine.GetAsync(id, default))!.ShouldSatisfyAllConditions(t => t.State.ShouldBe(TaskState.Done), t => t.ClosedBy.ShouldBe(rep.Name), t => t.ClosedAt.ShouldNotBeNull());
        (await Mine.CompleteAsync(id, done.Version, default)).Errors.Single().Code.ShouldBe("task.closed");
        (await db.As(rep).History.UndoAsync(done.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        var open = (await Mine.GetAsync(id, default))!;
        (open.State, open.ClosedAt).ShouldBe((TaskState.Open, null));
        (await Mine.ReopenAsync(id, open.Version, default)).Errors.Single().Code.ShouldBe("task.open");
        var cancelled = (await Mine.CancelAsync(id, open.Version, default)).Value;
        (await Mine.ReopenAsync(id, cancelled.Version, default)).Succeeded.ShouldBeTrue();

        var gone = (await Mine.DeleteAsync(id, default)).Value;
        (await Mine.GetAsync(id, default)).ShouldBeNull();
        (await db.As(mate).History.UndoAsync(gone.ChangeSetId, default)).Errors.Single().Code.ShouldBe("not_found");
        (await db.As(manager).History.UndoAsync(gone.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await Mine.GetAsync(id, default))!.State.ShouldBe(TaskState.Open);
        (await db.As(rep).History.OfAsync(nameof(TaskItem), id, default)).Select(h => h.Command).ShouldBe(["undo", "task.delete", "task.reopen", "task.cancel", "undo", "task.complete", "task.add"]);
        (await db.As(mate).History.OfAsync(nameof(TaskItem), id, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Contact_NotSeenByTheOwner_IsNotNamed_AndStaysThroughTheirEdits()
    {
        var contact = (await db.As(mate).Contacts.AddAsync(Samples.Contact("秘密客户", Visibility.Private), default)).Value.Id;
        var id = (await db.As(mate).Get<ITasks>().AddAsync(New("问一问") with { ContactId = contact }, default)).Value;
        var given = (await Managers.GetAsync(id, default))!;
        (given.Contact, given.Hidden, given.Fields.ContactId).ShouldBe((null, true, null));
        (await Managers.UpdateAsync(id, given.Version, given.Fields with { Note = "急" }, default)).Succeeded.ShouldBeTrue();
        (await db.As(mate).Get<ITasks>().GetAsync(id, default))!.Contact.ShouldBe("秘密客户");
        (await TitlesAsync(manager, new(Everybody: true) { ContactId = contact })).ShouldBe("", "a filter confirms nothing");
        (await Mine.AddAsync(New("问") with { ContactId = contact }, default)).Errors.Single().Code.ShouldBe("task.contact.unknown");
        string.Concat((await db.As(manager).History.OfAsync(nameof(TaskItem), id, default)).SelectMany(h => h.Fields).Select(f => f.After)).ShouldNotContain("秘密客户");
    }

    [Fact]
    public async Task Contact_Deleted_TakesItsTasksAlong_AndBringsThemBack()
    {
        var contact = (await db.As(rep).Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
        var id = (await Mine.AddAsync(New("给张三回电") with { ContactId = contact }, default)).Value;
        var gone = (await db.As(rep).Contacts.DeleteAsync(contact, default)).Value;
        (await TitlesAsync(rep, new())).ShouldBe("");
        (await Mine.GetAsync(id, default)).ShouldBeNull();
        (await db.As(rep).History.UndoAsync(gone.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await TitlesAsync(rep, new() { ContactId = contact })).ShouldBe("给张三回电");
    }

    [Fact]
    public async Task Owner_WhoLeft_KeepsTasksThatTheManagerGivesOn()
    {
        var id = (await Mine.AddAsync(New("没做完"), default)).Value;
        await db.WriteAsync(c => { c.Attach(rep); rep.IsActive = false; });
        var row = (await Managers.GetAsync(id, default))!;
        (await Managers.UpdateAsync(id, row.Version, row.Fields with { Note = "交接" }, default)).Succeeded.ShouldBeTrue("theirs until somebody takes it over");
        (await Managers.UpdateAsync(id, row.Version + 1, row.Fields with { OwnerId = mate.Id }, default)).Succeeded.ShouldBeTrue();
        (await TitlesAsync(mate, new())).ShouldBe("没做完");
        (await Managers.AddAsync(New("新的") with { OwnerId = rep.Id }, default)).Errors.Single().Code.ShouldBe("user.unknown");
    }

    [Fact]
    public async Task List_OfManyPages_HoldsEachTaskOnceInOrder()
    {
        var now = db.Clock.Now;
        foreach (var day in (int?[])[3, null, 1, 2, null, 1]) await Mine.AddAsync(New($"{day}") with { DueAt = day is { } d ? now.AddDays(d) : null }, default);
        var seen = new List<TaskRow>();
        string? after = null;
        do
        {
            var page = (await Mine.ListAsync(new(), after, 2, default)).Value;
            seen.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        string.Join(",", seen.Select(t => t.Fields.Title)).ShouldBe("1,1,2,3,-,-");
        seen.Select(t => t.Id).Distinct().Count().ShouldBe(6);
        (await Mine.ListAsync(new(), "x", 2, default)).Errors.Single().Code.ShouldBe("cursor.unknown");
        (await Mine.DueAsync(now.AddDays(3), default)).ShouldBe(3);
    }

    [Theory]
    [InlineData("明天下午3点 给张三回电", "给张三回电", 1, "15:00")]
    [InlineData("给张三寄样品", "给张三寄样品", null, null)]
    [InlineData("call 张三 tomorrow at 10am", "call 张三", 1, "10:00")]
    public async Task Line_OfText_ReadsAsATask(string text, string title, int? days, string? hour)
    {
        var contact = (await db.As(rep).Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
        var read = await Mine.ReadAsync(text, default);
        (read.Title, read.ContactId, read.HasTime).ShouldBe((title, contact, hour is not null));
        DateTime? local = read.DueAt is { } due ? TimeZoneInfo.ConvertTimeFromUtc(due, TimeZoneInfo.FindSystemTimeZoneById(rep.TimeZone)) : null;
        local?.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(hour);
        if (days is { } ahead) DateOnly.FromDateTime(local!.Value).ShouldBe(TaskTimes.DayOf(db.Clock.Now, rep.TimeZone).AddDays(ahead));
        // two of one name: nobody is guessed
        await db.As(rep).Contacts.AddAsync(Samples.Contact(), default);
        (await Mine.ReadAsync(text, default)).ContactId.ShouldBeNull();
    }

    private static NewTask New(string title) => new(title.Length == 0 ? "-" : title, null, null, false, null, null, null, TaskOrigin.Person, null);

    private async Task<string> TitlesAsync(User person, TaskQuery query) => string.Join(",", (await db.As(person).Get<ITasks>().ListAsync(query, null, 50, default)).Value.Items.Select(t => t.Fields.Title));
}
