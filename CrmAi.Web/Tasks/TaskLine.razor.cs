using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Web.History;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.Tasks;

/// <summary>Shows what was clicked at once, and takes it back with the reason where it was refused.</summary>
public sealed partial class TaskLine : ComponentBase
{
    private PlanItem? given;
    private bool closed, editing, busy;
    private string title = "";

    [Inject] private TaskCommands Commands { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;

    [Parameter, EditorRequired] public PlanItem Item { get; set; } = null!;
    [Parameter] public EventCallback<TaskRow> OnEdit { get; set; }
    [Parameter] public bool Draggable { get; set; }

    /// <summary>Stands under its day already.</summary>
    [Parameter] public bool Compact { get; set; }
    [Parameter] public bool ShowsContact { get; set; } = true;

    private TaskRow? Task => Item.Task;

    private DateOnly? Day => Item.At is { } at ? DateOnly.FromDateTime(Clock.Local(at)) : null;

    private bool IsLate => !closed && (Day < Clock.Today || (Item.HasTime && Item.At < Clock.UtcNow));

    private string Tone => closed ? "quiet" : IsLate ? "bad" : Day == Clock.Today ? "warn" : "quiet";

    private string Label => string.Join(", ", new[] { Item.Title, Task?.Contact, Item.About, When }.Where(t => !string.IsNullOrEmpty(t)));

    private List<object> Details =>
    [
        .. Task is { Fields.Priority: Domain.Contacts.Priority.High } && !closed ? (object[])[true] : [],
        .. Task?.Contact is not null && ShowsContact ? (object[])[true] : [],
        .. new[] { Task is { Hidden: true } ? L["task.hidden"].Value : null, Task?.Account, Item.About, Origin }.OfType<string>(),
    ];

    private string? Origin => Task is { Origin: not TaskOrigin.Person } ? L.Of(Task.Origin) : null;

    private string? When
    {
        get
        {
            if (Item.At is not { } at || Day is not { } day) return null;
            if (Compact) return Item.HasTime ? Clock.Hour(at) : null;
            var days = day.DayNumber - Clock.Today.DayNumber;
            var name = days switch { 0 => L["plan.today"].Value, 1 => L["upcoming.tomorrow"].Value, < 0 when !closed => L["upcoming.late", -days].Value, _ => $"{Clock.Day(day)} {day.ToString("ddd", System.Globalization.CultureInfo.CurrentCulture)}" };
            return Item.HasTime && days >= 0 ? $"{name} {Clock.Hour(at)}" : name;
        }
    }

    private (string Text, DateOnly? Day)[] Days =>
    [
        (L["task.to.today"], Clock.Today),
        (L["task.to.tomorrow"], Clock.Today.AddDays(1)),
        (L["task.to.week"], Plan.Monday(Clock.Today).AddDays(7)),
        (L["task.to.someday"], null),
    ];

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(given, Item)) return;
        given = Item;
        if (!busy) closed = Item.IsClosed;
    }

    private async Task ToggleAsync()
    {
        if (busy || Task is not { } task) return;
        (busy, closed) = (true, !closed);
        var done = closed ? await Commands.CompleteAsync(task, CancellationToken.None) : await Commands.ReopenAsync(task, CancellationToken.None);
        busy = false;
        if (!done) closed = Item.IsClosed;
    }

    private void Rename()
    {
        if (closed) return;
        (editing, title) = (true, Item.Title);
    }

    private async Task RenameAsync()
    {
        if (!editing || Task is not { } task) return;
        editing = false;
        var wanted = title.Trim();
        if (wanted.Length > 0 && wanted != Item.Title) await Commands.RenameAsync(task, wanted, CancellationToken.None);
    }

    private Task HistoryAsync() => HistoryDialog.OpenAsync(Dialogs, L["history.title"], nameof(TaskItem), Task!.Id, LiveTopic.TasksOf(Task.Fields.OwnerId ?? Guid.Empty));
}
