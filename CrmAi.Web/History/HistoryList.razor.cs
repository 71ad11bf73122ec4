using System.Globalization;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.History;

/// <summary>Who changed what and when, by day, with the way back.</summary>
public sealed partial class HistoryList : LiveComponent
{
    private IReadOnlyList<HistoryEntry>? entries;
    private HistoryWords words = null!;
    private string? named, person;
    private Guid? busy;
    private (Guid Id, string Why)? refused;

    [Inject] private IHistory History { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;

    [Parameter, EditorRequired] public string RecordType { get; set; } = "";
    [Parameter, EditorRequired] public Guid RecordId { get; set; }

    /// <summary>What tells of changes to it; null where nothing does.</summary>
    [Parameter] public LiveTopic? Topic { get; set; }

    // What was created tells itself; a change of which nothing can be told is noise.
    private IEnumerable<HistoryEntry> Told => entries!.Where(e => e.Kind != ChangeKind.Updated || words.Lines(e).Any());

    private IEnumerable<HistoryEntry> Shown => Told.Where(e => (person is null || e.Who == person) && (named is null || words.Lines(e).Any(l => l.Name == named)));

    private IReadOnlyList<Choice<string>> Fields => [.. Told.SelectMany(words.Lines).Select(l => l.Name).Distinct().Select(n => new Choice<string>(n, n))];

    private IReadOnlyList<Choice<string>> People => [.. entries!.Select(e => e.Who).Distinct().Select(n => new Choice<string>(n, n))];

    protected override async Task OnInitializedAsync()
    {
        words = new(L, Clock, RecordType);
        if (Topic is { } topic) Watch(topic);
        await ReadAsync(Gone);
    }

    protected override async Task ReadAsync(CancellationToken ct) => entries = await History.OfAsync(RecordType, RecordId, ct);

    private string DayName(DateOnly day) => day == Clock.Today ? L["today"] : day == Clock.Today.AddDays(-1) ? L["yesterday"] : day.ToString("D", CultureInfo.CurrentCulture);

    private string Done(HistoryEntry entry)
    {
        var known = L["command." + entry.Command];
        return known.ResourceNotFound ? L.Of(entry.Kind) : known;
    }

    private async Task RestoreAsync(HistoryEntry entry)
    {
        (busy, refused) = (entry.ChangeSetId, null);
        var result = await History.UndoAsync(entry.ChangeSetId, CancellationToken.None);
        busy = null;
        if (!result.Succeeded) refused = (entry.ChangeSetId, L.Of(result.Errors));
        // Taking back is a change like any other, and is taken back in the same way.
        else Toasts.Show(L["history.restored"], L["undo"], () => TakeBackAsync(result.Value));
        await ReadAsync(Gone);
    }

    private async Task TakeBackAsync(Guid changeSetId)
    {
        var result = await History.UndoAsync(changeSetId, CancellationToken.None);
        if (!result.Succeeded) Toasts.Problem(L.Of(result.Errors));
        if (!Gone.IsCancellationRequested) await ReadAsync(Gone);
        StateHasChanged();
    }
}
