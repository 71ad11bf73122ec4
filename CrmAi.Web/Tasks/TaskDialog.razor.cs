using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.Tasks;

/// <summary>All of a task. What is entered stays, whatever the outcome.</summary>
public sealed partial class TaskDialog : ComponentBase
{
    private TaskEdit edit = new(), before = new();
    private IReadOnlyList<Error> errors = [];
    private IReadOnlyList<TaskPerson> people = [];
    private DateOnly? day;
    private TimeOnly? hour;
    private string? record, contact;
    private bool saving, focused;

    [Inject] private ITasks Tasks { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;
    [Inject] private Drafts Drafts { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private PageScripts Scripts { get; set; } = null!;
    [Inject] private Undo Undo { get; set; } = null!;

    /// <summary>Null for a new one.</summary>
    [Parameter] public TaskRow? Task { get; set; }
    [Parameter] public Guid? ContactId { get; set; }
    [Parameter] public string? ContactName { get; set; }
    [Parameter] public Guid? OwnerId { get; set; }

    private bool Hidden => Task is { Hidden: true } && edit.ContactId is null;

    private (string Text, DateOnly? Day)[] Days =>
        [(L["plan.today"], Clock.Today), (L["upcoming.tomorrow"], Clock.Today.AddDays(1)), (L["task.to.week"], Plan.Monday(Clock.Today).AddDays(7)), (L["task.to.someday"], null)];

    private IEnumerable<EditField<TaskEdit>> Fields =>
    [
        new(L["field.task.Title"], e => e.Title, (to, from) => to with { Title = from.Title }),
        new(L["field.Note"], e => e.Note, (to, from) => to with { Note = from.Note }),
        new(L["field.DueAt"], e => e.DueAt is { } at ? e.HasTime ? Clock.Full(at) : Clock.Day(at) : null, (to, from) => to with { DueAt = from.DueAt, HasTime = from.HasTime }),
        new(L["field.Priority"], e => L.Of(e.Priority), (to, from) => to with { Priority = from.Priority }),
        new(L["field.task.Owner"], e => people.FirstOrDefault(p => p.Id == e.OwnerId)?.Name ?? e.OwnerId?.ToString(), (to, from) => to with { OwnerId = from.OwnerId }),
        new(L["field.ContactId"], e => e.ContactId?.ToString(), (to, from) => to with { ContactId = from.ContactId }),
    ];

    public static Task OpenAsync(DialogService dialogs, string title, TaskRow? task, Guid? contactId = null, string? contactName = null, Guid? ownerId = null) =>
        dialogs.OpenAsync<TaskDialog>(title, new() { [nameof(Task)] = task!, [nameof(ContactId)] = contactId!, [nameof(ContactName)] = contactName!, [nameof(OwnerId)] = ownerId! },
            new DialogOptions { Width = "min(520px, calc(100vw - 16px))", CloseDialogOnOverlayClick = false });

    protected override async Task OnInitializedAsync()
    {
        var me = (await CurrentUser.GetAsync(CancellationToken.None)).Id;
        people = await Tasks.PeopleAsync(CancellationToken.None);
        Show(Task?.Fields ?? new() { OwnerId = OwnerId ?? me, ContactId = ContactId });
        contact = Task is null ? ContactName : Task.Contact;
        record = Drafts.Record(me, "task", Task?.Id);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (focused || record is null) return;
        focused = true;
        await Scripts.FocusAsync("#t-title", CancellationToken.None);
    }

    private void Show(TaskEdit fields)
    {
        edit = before = fields;
        DateTime? local = fields.DueAt is { } due ? Clock.Local(due) : null;
        (day, hour) = (local is { } at ? DateOnly.FromDateTime(at) : null, local is { } time && fields.HasTime ? TimeOnly.FromDateTime(time) : null);
    }

    private string? About(string field) => L.About(errors, field);

    private void DayChanged(ChangeEventArgs change)
    {
        day = DateOnly.TryParse(change.Value as string, CultureInfo.InvariantCulture, out var on) ? on : null;
        if (day is null) hour = null;
    }

    private void HourChanged(ChangeEventArgs change)
    {
        hour = TimeOnly.TryParse(change.Value as string, CultureInfo.InvariantCulture, out var at) ? at : null;
        if (hour is not null) day ??= Clock.Today;
    }

    private void OwnerChanged(ChangeEventArgs change) => edit = edit with { OwnerId = Guid.TryParse(change.Value as string, out var id) ? id : edit.OwnerId };

    private void Choose(ContactRow? chosen) => (edit, contact) = (edit with { ContactId = chosen?.Id }, chosen?.Name);

    // A day that nobody touched is passed on as it was read.
    private TaskEdit Written()
    {
        var was = before.DueAt is { } due ? DateOnly.FromDateTime(Clock.Local(due)) : (DateOnly?)null;
        var wasHour = before is { HasTime: true, DueAt: { } at } ? TimeOnly.FromDateTime(Clock.Local(at)) : (TimeOnly?)null;
        if (was == day && wasHour == hour) return edit with { DueAt = before.DueAt, HasTime = before.HasTime };
        return edit with { DueAt = day is { } on ? Clock.Utc(on.ToDateTime(hour ?? new(12, 0))) : null, HasTime = day is not null && hour is not null };
    }

    private async Task SaveAsync()
    {
        if (saving) return;
        saving = true;
        try
        {
            var written = Written();
            var (refused, saved) = Task is { } known ? await ChangeAsync(known, written) : await AddAsync(written);
            errors = refused;
            if (!saved) return;
            await Drafts.ClearAsync(record!, CancellationToken.None);
            Dialogs.Close();
        }
        finally
        {
            saving = false;
        }
    }

    private async Task<(IReadOnlyList<Error> Errors, bool Saved)> AddAsync(TaskEdit written)
    {
        var result = await Tasks.AddAsync(new(written.Title, written.Note, written.DueAt, written.HasTime, written.OwnerId, written.ContactId, written.AccountId, TaskOrigin.Person, null) { Priority = written.Priority }, CancellationToken.None);
        return (result.Errors, result.Succeeded);
    }

    // Where somebody saved in between, only what both changed is asked about.
    private async Task<(IReadOnlyList<Error> Errors, bool Saved)> ChangeAsync(TaskRow known, TaskEdit written)
    {
        var result = await Tasks.UpdateAsync(known.Id, known.Version, written, CancellationToken.None);
        while (result.Errors is [{ Code: "conflict" }])
        {
            if (await Tasks.GetAsync(known.Id, CancellationToken.None) is not { } now) return ([Error.NotFound], false);
            if (await ConflictDialog.SettleAsync(Dialogs, L, Fields, before, written, now.Fields) is not { } settled) return ([], false);
            result = await Tasks.UpdateAsync(known.Id, now.Version, settled, CancellationToken.None);
        }
        if (result.Succeeded) Undo.Offer(L["task.saved"], result.Value, slot: "task");
        return (result.Errors, result.Succeeded);
    }
}
