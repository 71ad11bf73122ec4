using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.AiRuns;

/// <summary>What the chosen runs cost by day and model, how many they were by task, and how many of them were of use.</summary>
public sealed partial class AiCharts : LiveComponent
{
    private const int MostDays = 92, DaysOfWeek = 7;

    private IReadOnlyList<AiRunCell>? cells;
    private IReadOnlyList<DateOnly> starts = [];
    private IReadOnlyList<string> spans = [];
    private AiFilter? shown;
    private int length = 1;

    [Inject] private IAiRuns Runs { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;

    [Parameter, EditorRequired] public AiFilter Filter { get; set; } = null!;
    [Parameter, EditorRequired] public IReadOnlyList<LiveTopic> Topics { get; set; } = [];

    private string Unit => L[length == 1 ? "ai.chart.byday" : "ai.chart.byweek"];

    private IReadOnlyList<ChartSeries> Cost => Series(cells!.Where(c => c.CostMicros > 0), c => c.Analyst, a => L.Analyst(a), null, c => c.CostMicros);

    private IReadOnlyList<ChartSeries> Counts => Series(cells!, c => c.Type, t => L.Of(t), Shade, c => c.Runs);

    /// <summary>Each kind of task has one colour, whoever looks and whatever else was run.</summary>
    public static int Shade(AiRunType type) => (int)type;

    private IReadOnlyList<(string Name, double Share)> Accepted =>
        [.. cells!.GroupBy(c => (c.Type, c.Analyst)).Select(g => (g.Key, Rated: g.Sum(c => c.Rated), Useful: g.Sum(c => c.Useful))).Where(g => g.Rated > 0).OrderBy(g => g.Key.Type).ThenBy(g => g.Key.Analyst, StringComparer.Ordinal)
            .Select(g => ($"{L.Of(g.Key.Type)} · {L.Analyst(g.Key.Analyst)} ({AiWords.Count(g.Useful)}/{AiWords.Count(g.Rated)})", (double)g.Useful / g.Rated))];

    protected override async Task OnParametersSetAsync()
    {
        if (shown == Filter.Chosen) return;
        Watch(Topics);
        (shown, cells) = (Filter.Chosen, null);
        await ReadAsync(Gone);
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        var wanted = Filter.Chosen;
        var found = await Runs.TrendsAsync(wanted.Runs(Clock), ct);
        if (wanted != Filter.Chosen) return;
        if (!found.Succeeded) Toasts.Problem(L.Of(found.Errors));
        cells = found.Succeeded ? found.Value.Cells : [];
        if (cells.Count == 0) return;
        // Days without a run are days as well; of many, each week is one column.
        var first = wanted.Days is { } days && days <= MostDays ? Clock.Today.AddDays(1 - days) : cells[0].Day;
        length = Clock.Today.DayNumber - first.DayNumber < MostDays ? 1 : DaysOfWeek;
        if (length == DaysOfWeek) first = first.AddDays(-(((int)first.DayOfWeek + 6) % DaysOfWeek));
        var last = cells[^1].Day > Clock.Today ? cells[^1].Day : Clock.Today;
        starts = [.. Enumerable.Range(0, ((last.DayNumber - first.DayNumber) / length) + 1).Select(i => first.AddDays(i * length))];
        spans = [.. starts.Select(Clock.Day)];
    }

    private IReadOnlyList<ChartSeries> Series<TKey>(IEnumerable<AiRunCell> from, Func<AiRunCell, TKey> by, Func<TKey, string> name, Func<TKey, int>? shade, Func<AiRunCell, long> value) where TKey : notnull =>
        [.. from.GroupBy(by).OrderByDescending(g => g.Sum(value)).Select(g =>
        {
            var values = new double[starts.Count];
            foreach (var cell in g) values[(cell.Day.DayNumber - starts[0].DayNumber) / length] += value(cell);
            return new ChartSeries(name(g.Key), values, shade?.Invoke(g.Key));
        })];
}
