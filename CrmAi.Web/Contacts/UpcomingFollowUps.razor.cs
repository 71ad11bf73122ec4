using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Web.Interactions;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Contacts;

/// <summary>Whom one owes a call, and whom one has an appointment with: overdue first, then the coming two weeks.</summary>
public sealed partial class UpcomingFollowUps : LiveComponent
{
    private const int Days = 14, Shown = 30;

    private ContactSlice? rows;
    private IReadOnlyList<AppointmentRow> appointments = [];
    private IReadOnlyList<TaskRow> tasks = [];
    private IReadOnlyList<Due>? dues;

    [Inject] private IContacts Contacts { get; set; } = null!;
    [Inject] private IInteractions Interactions { get; set; } = null!;
    [Inject] private ITasks Tasks { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;

    [Parameter, EditorRequired] public ContactFilter Filter { get; set; } = new();
    [Parameter] public Guid? Selected { get; set; }

    private int Total => Math.Max(dues?.Count ?? 0, rows?.Total ?? 0);

    protected override async Task OnInitializedAsync()
    {
        var me = (await CurrentUser.GetAsync(Gone)).Id;
        Watch(LiveTopic.ContactsOf(me), LiveTopic.TasksOf(me));
        await ReadAsync(Gone);
    }

    protected override void OnParametersSet() => Arrange();

    protected override async Task ReadAsync(CancellationToken ct)
    {
        var before = Clock.UtcNow.AddDays(Days);
        appointments = await Interactions.MyAppointmentsAsync(before, Shown, ct);
        var due = await Tasks.ListAsync(new TaskQuery { State = TaskState.Open, DueBefore = before }, null, Shown, ct);
        tasks = due.Succeeded ? due.Value.Items : [];
        rows = await Contacts.ListAsync(new ContactQuery(FollowUpBefore: before, Order: ContactOrder.FollowUp), 0, Shown, ct);
        Arrange();
    }

    // A follow-up on the day of an appointment is that appointment; tasks of the contact that is shown stand above.
    private void Arrange()
    {
        if (rows is null) return;
        var agreed = appointments.Select(a => (a.ContactId, Day(a.At))).ToHashSet();
        dues =
        [
            .. appointments.Select(a => new Due($"a{a.Id}", a.ContactId, a.ContactName, a.Subject ?? L.Of(a.Type), Icons.Of(a.Type), a.At, true, $"{Filter.Address(a.ContactId)}&interaction={a.Id}"))
                .Concat(rows.Items.Select(r => (Row: r, At: r.NextFollowUpAt ?? Clock.UtcNow)).Where(r => !agreed.Contains((r.Row.Id, Day(r.At))))
                    .Select(r => new Due($"c{r.Row.Id}", r.Row.Id, r.Row.Name, r.Row.Company, null, r.At, false, Filter.Address(r.Row.Id))))
                .Concat(tasks.Where(t => t.Fields.ContactId is null || t.Fields.ContactId != Selected)
                    .Select(t => new Due($"t{t.Id}", t.Fields.ContactId ?? Guid.Empty, t.Fields.Title, t.Contact, "task_alt", t.Fields.DueAt!.Value, t.Fields.HasTime, $"/tasks?task={t.Id}")))
                .OrderBy(d => d.At).Take(Shown),
        ];
    }

    private DateOnly Day(DateTime at) => DateOnly.FromDateTime(Clock.Local(at));

    private string When(Due due)
    {
        var days = Day(due.At).DayNumber - Clock.Today.DayNumber;
        return days switch
        {
            < 0 => L["upcoming.late", -days],
            0 when due.Icon is "task_alt" && !due.IsAppointment => L["plan.today"],
            0 => L["upcoming.today", Clock.Hour(due.At)],
            1 when due.IsAppointment => L["upcoming.tomorrow"] + " " + Clock.Hour(due.At),
            1 => L["upcoming.tomorrow"],
            _ when due.IsAppointment => Clock.Day(due.At) + " " + Clock.Hour(due.At),
            _ => Clock.Day(due.At),
        };
    }

    private sealed record Due(string Key, Guid ContactId, string Name, string? About, string? Icon, DateTime At, bool IsAppointment, string Address);
}
