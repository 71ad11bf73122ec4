using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Interactions;

public sealed class AppointmentsTests : IAsyncLifetime
{
    private TestDatabase db = null!;
    private Acting my = null!;
    private Guid contact;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync();
        my = db.As(await db.AddUserAsync(Role.SalesRep));
        contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    private InteractionEdit Agreed(int hours, string subject = "现场会") => new() { Type = InteractionType.Meeting, Subject = subject, At = db.Clock.Now.AddHours(hours), IsScheduled = true, DurationSeconds = 3600, Location = "二车间" };

    [Fact]
    public async Task Appointments_StandApart_TheEarliestFirst()
    {
        var late = await AddAsync(Agreed(48));
        var soon = await AddAsync(Agreed(2));
        var talk = await AddAsync(Samples.Interaction());
        (await my.Interactions.AppointmentsAsync(contact, default)).Select(i => i.Id).ShouldBe([soon.Id, late.Id]);
        (await IdsAsync(new() { Scheduled = false })).ShouldBe([talk.Id]);
        (await IdsAsync(new() { Scheduled = true })).ShouldBe([late.Id, soon.Id]);
        (await IdsAsync(new())).Count().ShouldBe(3);
    }

    [Fact]
    public async Task Appointment_Cancelled_LeavesThoseAheadAndCountsAsNoTalk()
    {
        var made = await AddAsync(Agreed(2));
        var item = (await my.Interactions.GetAsync(made.Id, default))!;
        var cancelled = (await my.Interactions.UpdateAsync(made.Id, 1, item.Fields with { Outcome = InteractionOutcome.Cancelled }, default)).Value;
        (await my.Interactions.AppointmentsAsync(contact, default)).ShouldBeEmpty();
        (await IdsAsync(new() { Scheduled = false })).ShouldBe([made.Id]);
        (await my.Contacts.GetAsync(contact, default))!.InteractionCount.ShouldBe(0);
        (await my.History.UndoAsync(cancelled.ChangeSetId, default)).Succeeded.ShouldBeTrue();
        (await my.Interactions.AppointmentsAsync(contact, default)).ShouldHaveSingleItem().Id.ShouldBe(made.Id);
    }

    [Fact]
    public async Task Appointment_ThatTookPlace_IsARecordAndIsAnalysed()
    {
        var made = await AddAsync(Agreed(2));
        (await db.JobsAsync()).ShouldBeEmpty();
        db.Clock.Advance(TimeSpan.FromHours(3));
        var item = (await my.Interactions.GetAsync(made.Id, default))!;
        (await my.Interactions.UpdateAsync(made.Id, 1, item.Fields with { IsScheduled = false, Outcome = InteractionOutcome.Successful, Content = Samples.Talk }, default)).Succeeded.ShouldBeTrue();
        await db.DrainAsync();
        (await my.Interactions.GetAsync(made.Id, default))!.Analysis.Findings.ShouldNotBeEmpty();
        (await my.Contacts.GetAsync(contact, default))!.InteractionCount.ShouldBe(1);
    }

    [Fact]
    public async Task Appointment_LongOverdue_CanStillBeChangedAndCancelled()
    {
        var made = await AddAsync(Agreed(2));
        db.Clock.Advance(TimeSpan.FromDays(9));
        var fields = (await my.Interactions.GetAsync(made.Id, default))!.Fields;
        (await my.Interactions.UpdateAsync(made.Id, 1, fields with { IsImportant = true }, default)).Succeeded.ShouldBeTrue();
        (await my.Interactions.UpdateAsync(made.Id, 2, fields with { At = fields.At.AddDays(1) }, default)).Errors.Single().Code.ShouldBe("interaction.scheduled.past");
        (await my.Interactions.UpdateAsync(made.Id, 2, fields with { At = db.Clock.Now.AddDays(1) }, default)).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task MyAppointments_AreMineAcrossContacts_OverdueOnesFirst()
    {
        var overdue = await AddAsync(Agreed(1));
        db.Clock.Advance(TimeSpan.FromHours(5));
        var soon = await AddAsync(Agreed(20));
        await AddAsync(Agreed(24 * 30));
        var other = db.As(await db.AddUserAsync(Role.SalesRep));
        (await other.Interactions.MyAppointmentsAsync(db.Clock.Now.AddDays(60), 10, default)).ShouldBeEmpty();
        var mine = await my.Interactions.MyAppointmentsAsync(db.Clock.Now.AddDays(14), 10, default);
        mine.Select(a => a.Id).ShouldBe([overdue.Id, soon.Id]);
        mine[0].ShouldSatisfyAllConditions(a => a.ContactName.ShouldBe("张三"), a => a.Location.ShouldBe("二车间"), a => a.DurationSeconds.ShouldBe(3600));
    }

    [Fact]
    public async Task MyAppointments_AreFoundByTheirOwnIndex()
    {
        var plan = await db.SqlAsync("EXPLAIN QUERY PLAN SELECT * FROM Interactions i WHERE i.IsScheduled AND i.AuthorId = x'00' AND i.At < '2030' ORDER BY i.At");
        plan.ShouldNotBeNull();
        (await db.SqlAsync("SELECT sql FROM sqlite_master WHERE name = 'IX_Interactions_Appointments'"))!.ToString()!.ShouldContain("WHERE \"IsScheduled\"");
    }

    [Fact]
    public void Calendar_OfAnAppointment_IsFoldedAndEscaped()
    {
        var item = Pages.Item("带合同，盖章；\n" + new string('长', 60), CrmAi.Domain.Conversations.AnalysisView.Nothing) is var made
            ? made with { Fields = made.Fields with { At = new(2026, 12, 1, 2, 0, 0, DateTimeKind.Utc), IsScheduled = true, DurationSeconds = 5400, Location = "A, B; C" } } : null!;
        var file = CrmAi.Web.Interactions.CalendarFile.Of(item, "张三 · 会议", "https://crm.example/x", new(2026, 11, 20, 0, 0, 0, DateTimeKind.Utc));
        var lines = file.Split("\r\n");
        lines.ShouldContain("DTSTART:20261201T020000Z");
        lines.ShouldContain("DTEND:20261201T033000Z");
        lines.ShouldContain("LOCATION:A\\, B\\; C");
        lines.ShouldAllBe(l => System.Text.Encoding.UTF8.GetByteCount(l) <= 75);
        file.Replace("\r\n ", "", StringComparison.Ordinal).ShouldContain("DESCRIPTION:带合同，盖章；\\n" + new string('长', 60) + "\r\n");
    }

    private async Task<Saved> AddAsync(InteractionEdit edit) => (await my.Interactions.AddAsync(contact, edit, default)).Value;

    private async Task<IEnumerable<Guid>> IdsAsync(TimelineFilter filter) => (await my.Interactions.TimelineAsync(contact, filter, null, 50, default)).Value.Items.Select(i => i.Id);
}
