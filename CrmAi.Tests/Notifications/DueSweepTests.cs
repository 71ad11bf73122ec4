using CrmAi.Domain.Contacts;
using CrmAi.Domain.Notifications;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Notifications;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Notifications;

/// <summary>Told once, and never forgotten.</summary>
public sealed class DueSweepTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private User rep = null!;

    private DueSweep Sweep => db.Get<DueSweep>();

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        rep = await db.AddUserAsync(Role.SalesRep, await db.AddTeamAsync("华东"));
        await Sweep.RunAsync(default); // from here on it counts
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Task_Due_IsToldOnce_HoweverOftenItIsSwept()
    {
        var task = await AddAsync(TimeSpan.FromHours(1));
        await Sweep.RunAsync(default);
        (await ToldAsync()).ShouldBeEmpty("it is not due yet");
        db.Clock.Advance(TimeSpan.FromMinutes(61));
        for (var i = 0; i < 3; i++) await Sweep.RunAsync(default);
        var told = (await ToldAsync()).ShouldHaveSingleItem();
        (told.Kind, told.SubjectId, told.UserId).ShouldBe((NotificationKind.TaskDue, task, rep.Id));

        // moved to another time it falls due again
        var row = (await db.As(rep).Get<ITasks>().GetAsync(task, default))!;
        await db.As(rep).Get<ITasks>().UpdateAsync(task, row.Version, row.Fields with { DueAt = db.Clock.Now.AddHours(2) }, default);
        db.Clock.Advance(TimeSpan.FromHours(3));
        await Sweep.RunAsync(default);
        (await ToldAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Sweeps_AtTheSameTime_TellOnceTogether()
    {
        for (var i = 0; i < 120; i++) await AddAsync(TimeSpan.FromMinutes(1 + i));
        db.Clock.Advance(TimeSpan.FromHours(4));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Sweep.RunAsync(default))));
        await Sweep.RunAsync(default);
        (await ToldAsync()).Count.ShouldBe(120);
    }

    [Fact]
    public async Task Sweep_ThatDiedBeforeItsCommit_IsMadeUpFor()
    {
        await AddAsync(TimeSpan.FromMinutes(5));
        db.Clock.Advance(TimeSpan.FromMinutes(6));
        await using (var dying = db.Open())
        {
            // All that a sweep writes, and then the process is gone.
            await using var transaction = await dying.Database.BeginTransactionAsync();
            var now = db.Clock.Now;
            await dying.SweepMarks.ExecuteUpdateAsync(set => set.SetProperty(m => m.Until, now));
            NotificationRows.Add(dying, rep.Id, NotificationKind.TaskDue, "half", null, null, now);
            await dying.SaveChangesAsync();
        }
        (await ToldAsync()).ShouldBeEmpty();
        await Sweep.RunAsync(default);
        (await ToldAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Sweep_AfterDaysAway_TellsWhatFellDueMeanwhile()
    {
        await AddAsync(TimeSpan.FromHours(2));
        await AddAsync(TimeSpan.FromDays(2));
        db.Clock.Advance(TimeSpan.FromDays(3));
        await Sweep.RunAsync(default);
        (await ToldAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Task_DoneDeletedOrOfADeletedContact_IsNotTold()
    {
        var mine = db.As(rep).Get<ITasks>();
        await mine.CompleteAsync(await AddAsync(TimeSpan.FromHours(1)), 1, default);
        await mine.DeleteAsync(await AddAsync(TimeSpan.FromHours(1)), default);
        var contact = (await db.As(rep).Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
        await AddAsync(TimeSpan.FromHours(1), contact);
        await db.As(rep).Contacts.DeleteAsync(contact, default);
        db.Clock.Advance(TimeSpan.FromHours(2));
        await Sweep.RunAsync(default);
        (await ToldAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Task_OfADay_IsToldWhenWorkBegins_AlsoAfterTheHoursChanged()
    {
        var day = TaskTimes.DayOf(db.Clock.Now, rep.TimeZone).AddDays(2);
        var id = (await db.As(rep).Get<ITasks>().AddAsync(new("整理名片", null, TaskTimes.EndOfDay(day, rep.TimeZone), false, null, null, null, TaskOrigin.Person, null), default)).Value;
        Task<DateTime?> RemindAsync() => db.ReadAsync(c => c.Tasks.Where(t => t.Id == id).Select(t => t.RemindAt).SingleAsync());
        (await RemindAsync()).ShouldBe(TaskTimes.At(day, new(9, 0), rep.TimeZone));
        var settings = await db.As(rep).Users.MeAsync(default);
        (await db.As(rep).Users.SaveAsync(settings with { WorkStart = new(7, 30) }, default)).Succeeded.ShouldBeTrue();
        (await RemindAsync()).ShouldBe(TaskTimes.At(day, new(7, 30), rep.TimeZone));
        db.Clock.Advance(TaskTimes.At(day, new(7, 31), rep.TimeZone) - db.Clock.Now);
        await Sweep.RunAsync(default);
        (await ToldAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task FollowUp_Reached_IsToldToTheOwnerOnce()
    {
        var contact = (await db.As(rep).Contacts.AddAsync(Samples.Contact() with { NextFollowUpAt = db.Clock.Now.AddHours(1) }, default)).Value.Id;
        db.Clock.Advance(TimeSpan.FromHours(2));
        await Sweep.RunAsync(default);
        await Sweep.RunAsync(default);
        var row = (await db.As(rep).Get<INotifications>().ListAsync(false, null, 10, default)).Value.Items.ShouldHaveSingleItem();
        (row.Kind, row.Contact, row.ContactId).ShouldBe((NotificationKind.FollowUpDue, "张三", contact));
    }

    [Fact]
    public async Task Kind_SwitchedOff_IsNotMade()
    {
        var settings = await db.As(rep).Users.MeAsync(default);
        (await db.As(rep).Users.SaveAsync(settings with { Muted = [NotificationKind.TaskDue] }, default)).Succeeded.ShouldBeTrue();
        await AddAsync(TimeSpan.FromHours(1));
        await db.As(rep).Contacts.AddAsync(Samples.Contact() with { NextFollowUpAt = db.Clock.Now.AddHours(1) }, default);
        db.Clock.Advance(TimeSpan.FromHours(2));
        await Sweep.RunAsync(default);
        (await ToldAsync()).Select(n => n.Kind).ShouldBe([NotificationKind.FollowUpDue]);
        (await db.As(rep).Users.MeAsync(default)).Muted.ShouldBe([NotificationKind.TaskDue]);
    }

    private async Task<Guid> AddAsync(TimeSpan ahead, Guid? contact = null) =>
        (await db.As(rep).Get<ITasks>().AddAsync(new("回电", null, db.Clock.Now + ahead, true, null, contact, null, TaskOrigin.Person, null), default)).Value;

    private Task<List<Notification>> ToldAsync() => db.ReadAsync(c => c.Notifications.AsNoTracking().OrderBy(n => n.Id).ToListAsync());
}
