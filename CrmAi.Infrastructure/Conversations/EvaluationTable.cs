using System.Globalization;

namespace CrmAi.Infrastructure.Conversations;

/// <summary>One analyst's measures, in the order of the table.</summary>
internal sealed record EvaluationColumn(string Analyst, string Version, IReadOnlyList<(string Name, double? Value)> Rows, int Cases, int Bad, TimeSpan Spent, EvaluationMeter Meter);

/// <summary>Analysts side by side over the same cases; each beside the first shows how far it is from the one before.</summary>
internal static class EvaluationTable
{
    private const int Wide = 24;

    /// <returns>0 when every line was read, 1 when some were not, 2 when no case was found.</returns>
    public static async Task<int> WriteAsync(IReadOnlyList<EvaluationColumn> columns, TextWriter output)
    {
        foreach (var (column, place) in columns.Select((c, i) => (c, i + 1))) await output.WriteLineAsync(Invariant($"{place}  {column.Analyst} {column.Version}"));
        await output.WriteLineAsync();
        await Line("", c => Invariant($"({columns.ToList().IndexOf(c) + 1})"));
        await Line("cases", c => Invariant($"{c.Cases}"));
        await Line("cases per second", c => Invariant($"{c.Cases / Math.Max(0.001, c.Spent.TotalSeconds):F1}"));
        await Line("no answer", c => c.Meter.Unanswered.Count == 0 ? "0" : string.Join(' ', c.Meter.Unanswered.OrderBy(u => u.Key, StringComparer.Ordinal).Select(u => $"{u.Key}:{u.Value}")));
        await Line("claims dropped", c => Invariant($"{c.Meter.Dropped} of {c.Meter.Claims}"));
        await Line("tokens", c => Invariant($"{c.Meter.Tokens}"));
        await Line("yuan", c => Invariant($"{c.Meter.CostMicros / 1e6:F4}"));
        await output.WriteLineAsync();
        for (var row = 0; row < columns[0].Rows.Count; row++)
        {
            await output.WriteAsync(Invariant($"{columns[0].Rows[row].Name,-Wide}"));
            for (var place = 0; place < columns.Count; place++)
            {
                var (value, before) = (columns[place].Rows[row].Value, place == 0 ? null : columns[place - 1].Rows[row].Value);
                var shown = value?.ToString("F4", CultureInfo.InvariantCulture) ?? "-";
                await output.WriteAsync(Invariant($"{(value - before is { } difference ? Invariant($"{shown} ({difference:+0.0000;-0.0000;0.0000})") : shown),-Wide}"));
            }
            await output.WriteLineAsync();
        }
        return columns[0].Cases == 0 ? 2 : columns[0].Bad > 0 ? 1 : 0;

        async Task Line(string name, Func<EvaluationColumn, string> cell) => await output.WriteLineAsync(Invariant($"{name,-Wide}") + string.Concat(columns.Select(c => Invariant($"{cell(c),-Wide}"))));
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
