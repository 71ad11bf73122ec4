using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Web.History;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Radzen;

namespace CrmAi.Web.Interactions;

/// <summary>Something agreed for a time to come: it takes place, moves, or is cancelled.</summary>
public sealed partial class AppointmentCard : ComponentBase, IDisposable
{
    private static readonly InteractionOutcome[] Outcomes = [InteractionOutcome.Successful, InteractionOutcome.Pending, InteractionOutcome.Objection, InteractionOutcome.NoAnswer, InteractionOutcome.Failed];

    private readonly CancellationTokenSource gone = new();
    private TimelineItem item = null!;
    private TimelineItem? given;
    private TextEntry? entry;
    private Step step;
    private InteractionOutcome? outcome;
    private DateTime? moment;
    private string note = "";
    private string? record;
    private bool saving, missing, focus;

    [Inject] private IInteractions Interactions { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private Drafts Drafts { get; set; } = null!;
    [Inject] private Undo Undo { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;

    [Parameter, EditorRequired] public TimelineItem Item { get; set; } = null!;
    [Parameter] public bool IsTarget { get; set; }
    [Parameter] public string? Find { get; set; }

    /// <summary>It changed, went, or came back.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    private enum Step { None, Done, Moving }

    private DateTime End => item.Fields.At.AddSeconds(item.Fields.DurationSeconds ?? 0);

    private bool IsOverdue => End < Clock.UtcNow;

    private DateOnly Day => DateOnly.FromDateTime(Clock.Local(item.Fields.At));

    private string Span => item.Fields.DurationSeconds is > 0 ? $"{Clock.Hour(item.Fields.At)}–{Clock.Hour(End)}" : Clock.Hour(item.Fields.At);

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(given, Item)) given = item = Item;
    }

    private async Task AskAsync()
    {
        record = Drafts.Record((await CurrentUser.GetAsync(gone.Token)).Id, "done", item.Id);
        (step, outcome, missing, focus) = (Step.Done, null, false, true);
    }

    private void Close() => step = Step.None;

    private void Keys(KeyboardEventArgs key)
    {
        if (key.Key == "Escape") Close();
    }

    private async Task FinishAsync()
    {
        missing = outcome is null;
        if (outcome is not { } how) return;
        var now = Clock.UtcNow;
        var said = note.ReplaceLineEndings("\n").Trim();
        if (await SaveAsync(f => (f.IsScheduled, f.Content), f => f with
        {
            IsScheduled = false,
            Outcome = how,
            At = f.At > now ? now : f.At,
            Content = string.Join("\n\n", new[] { f.Content, said }.Where(t => t.Length > 0)),
        }, L["ahead.done"])) await Drafts.ClearAsync(record!, gone.Token);
    }

    private async Task MoveAsync()
    {
        if (moment is { } at) await SaveAsync(f => f.At, f => f with { At = at }, L["ahead.moved", Clock.Full(at)]);
    }

    private Task<bool> CancelAsync() => SaveAsync(f => f.Outcome, f => f with { Outcome = InteractionOutcome.Cancelled }, L["ahead.cancelled"]);

    // Shown at once, and taken back with the reason where it is refused.
    private async Task<bool> SaveAsync(Func<InteractionEdit, object?> field, Func<InteractionEdit, InteractionEdit> change, string done)
    {
        if (saving) return false;
        var before = item;
        (saving, item) = (true, item with { Fields = change(item.Fields) with { IsScheduled = true } });
        StateHasChanged();
        var result = await Interactions.ApplyAsync(before, field, change, gone.Token);
        saving = false;
        if (!result.Succeeded)
        {
            item = before;
            Toasts.Problem(L.Of(result.Errors));
            return false;
        }
        (step, item) = (Step.None, item with { Version = result.Value.Version });
        Undo.Offer(done, result.Value, () => OnChanged.InvokeAsync());
        await OnChanged.InvokeAsync();
        return true;
    }

    private async Task EditAsync()
    {
        if (await InteractionDialog.OpenAsync(Dialogs, L["ahead.edit"], item) is not { } saved) return;
        Undo.Offer(L["card.saved"], saved, () => OnChanged.InvokeAsync());
        await OnChanged.InvokeAsync();
    }

    private async Task DeleteAsync()
    {
        var result = await Interactions.DeleteAsync(item.Id, gone.Token);
        if (!result.Succeeded)
        {
            Toasts.Problem(L.Of(result.Errors));
            return;
        }
        Undo.Offer(L["card.deleted"], result.Value, () => OnChanged.InvokeAsync());
        await OnChanged.InvokeAsync();
    }

    private Task HistoryAsync() => HistoryDialog.OpenAsync(Dialogs, L["history.title"], "Interaction", item.Id);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!focus || entry is null) return;
        focus = false;
        await entry.FocusAsync();
    }

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }
}
