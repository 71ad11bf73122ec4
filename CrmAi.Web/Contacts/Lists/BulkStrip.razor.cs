using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.Contacts.Lists;

/// <summary>How far changes to many have come; at their end what became of them, and the way back.</summary>
public sealed partial class BulkStrip : LiveComponent
{
    private IReadOnlyList<BulkProgress> shown = [];

    [Inject] private IBulkEdits Edits { get; set; } = null!;
    [Inject] private BulkRuns Runs { get; set; } = null!;
    [Inject] private BulkStarts Starts { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;

    [Parameter, EditorRequired] public Viewer Me { get; set; } = null!;

    /// <summary>One has ended: colleagues' contacts have changed, of which nobody is told but they.</summary>
    [Parameter] public EventCallback OnEnded { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Watch(LiveTopic.User(Me.Id));
        Runs.Changed += Refresh;
        await ReadAsync(Gone);
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        List<BulkProgress> running = [];
        var followed = Runs.Running.Count;
        foreach (var id in Runs.Running.ToList())
        {
            var progress = await Edits.ProgressAsync(id, ct);
            if (progress is { State: JobState.Waiting or JobState.Running }) running.Add(progress);
            else End(id, progress);
        }
        var ended = Runs.Running.Count < followed;
        shown = running;
        if (ended) await OnEnded.InvokeAsync();
    }

    private void End(Guid id, BulkProgress? progress)
    {
        if (!Runs.Running.Contains(id)) return;
        Runs.Remove(id);
        if (progress is null) return;
        var done = L[progress.IsUndo ? "bulk.undone" : "bulk.done", L.Of(progress.Action), progress.Done - progress.Failed];
        if (progress.Done > progress.Failed || progress.Failed == 0) Toasts.Show(done, progress.MayUndo ? L["undo"].Value : null, progress.MayUndo ? () => Starts.UndoAsync(id) : null);
        if (progress.Failed > 0) Toasts.Problem(L["bulk.failed", progress.Failed], L["bulk.failed.show"], () => BulkFailuresDialog.OpenAsync(Dialogs, L["bulk.failed", progress.Failed], progress.Failures));
    }

    private async Task CancelAsync(Guid id)
    {
        var result = await Edits.CancelAsync(id, Gone);
        if (!result.Succeeded) Toasts.Problem(L.Of(result.Errors));
        await ReadAsync(Gone);
    }

    private void Refresh() => _ = InvokeAsync(async () =>
    {
        try
        {
            await ReadAsync(Gone);
            StateHasChanged();
        }
        catch (OperationCanceledException) { }
        catch (Exception fault) { await DispatchExceptionAsync(fault); }
    });

    public override ValueTask DisposeAsync()
    {
        Runs.Changed -= Refresh;
        return base.DisposeAsync();
    }
}
