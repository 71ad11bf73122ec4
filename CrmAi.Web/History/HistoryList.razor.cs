using System.Globalization;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.History;

/// <summary>Who changed what and when, by day, with the ways back: of a change, of one field, of the whole record.</summary>
public sealed partial class HistoryList : LiveComponent
{
    private const int PageSize = 50, MostAtOnce = 200;

    private readonly Dictionary<string, string?> fields = [];
    private List<HistoryEntry>? entries;
    private IReadOnlyList<HistoryPerson> people = [];
    private HistoryWords words = null!;
    private string? named, person, next;
    private Guid? busy;
    private bool reading;
    private RestorePoint? opened;
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

    private IEnumerable<HistoryEntry> Shown => Told.Where(e => named is null || words.Lines(e).Any(l => l.Name == named));

    private IReadOnlyList<Choice<string>> Fields => [.. fields.Keys.Select(n => new Choice<string>(n, n))];

    private IReadOnlyList<Choice<string>> People => [.. people.Select(p => new Choice<string>(p.Id.ToString(), p.Name))];

    // By a part of an object the whole is asked for; the part is looked for here.
    private HistoryFilter Filter => new(named is null ? null : fields.GetValueOrDefault(named)?.Split('/')[0], Guid.TryParse(person, out var id) ? id : null);

    protected override async Task OnInitializedAsync()
    {
        words = new(L, Clock, RecordType);
        if (Topic is { } topic) Watch(topic);
        await ReadAsync(Gone);
    }

    /// <summary>Reads again what is shown, so that the place one reads at stays.</summary>
    protected override async Task ReadAsync(CancellationToken ct)
    {
        var wanted = Filter;
        var page = await PageAsync(null, Math.Clamp(entries?.Count ?? 0, PageSize, MostAtOnce), ct);
        if (page is null || wanted != Filter) return;
        people = page.People;
        var fresh = page.Items.Select(e => e.ChangeSetId).ToHashSet();
        if (entries is null || entries.Count <= page.Items.Count || page.Next is null) (entries, next) = ([.. page.Items], page.Next);
        else entries = [.. page.Items, .. entries.Skip(page.Items.Count).Where(e => !fresh.Contains(e.ChangeSetId))];
        Learn();
    }

    private async Task MoreAsync()
    {
        if (reading || next is null || entries is null) return;
        reading = true;
        var (wanted, list) = (Filter, entries);
        if (await PageAsync(next, PageSize, Gone) is { } page && wanted == Filter && list == entries)
        {
            var known = entries.Select(e => e.ChangeSetId).ToHashSet();
            entries.AddRange(page.Items.Where(e => !known.Contains(e.ChangeSetId)));
            next = page.Next;
            Learn();
        }
        reading = false;
    }

    private async Task NarrowAsync(string? field, string? who)
    {
        (named, person, entries, next, opened) = (field, who, null, null, null);
        await ReadAsync(Gone);
    }

    private async Task<HistoryPage?> PageAsync(string? after, int take, CancellationToken ct)
    {
        var result = await History.PageAsync(RecordType, RecordId, Filter, after, take, ct);
        if (result.Succeeded && result.Value is { } page) return page;
        entries ??= [];
        if (!result.Succeeded) Toasts.Problem(L.Of(result.Errors));
        return null;
    }

    // A filter by what was seen once stays to choose from.
    private void Learn()
    {
        foreach (var line in Told.SelectMany(words.Lines)) fields[line.Name] = line.Key ?? fields.GetValueOrDefault(line.Name);
    }

    private string DayName(DateOnly day) => day == Clock.Today ? L["today"] : day == Clock.Today.AddDays(-1) ? L["yesterday"] : day.ToString("D", CultureInfo.CurrentCulture);

    private void Open(HistoryEntry entry, string? field) => opened = new(RecordType, RecordId, entry.ChangeSetId, field);

    private async Task PutBackAsync(Saved saved)
    {
        opened = null;
        Toasts.Show(L["history.restored"], L["undo"], () => TakeBackAsync(saved.ChangeSetId));
        await ReadAsync(Gone);
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
