using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CrmAi.Domain.Conversations;

namespace CrmAi.Infrastructure.Conversations;

/// <summary>Measures an analyst against labelled conversations. Needs no database.</summary>
public static class ConversationEvaluation
{
    /// <param name="file">Labelled cases, one JSON object a line; a line that cannot be read is reported with its number and left out.</param>
    /// <param name="predictionsFile">Where to write what the analyst said, a line a case in the cases' own form; null for nowhere.</param>
    /// <returns>0 when every line was read, 1 when some were not, 2 when no case was found.</returns>
    public static async Task<int> RunAsync(string file, string? predictionsFile, IConversationAnalyst analyst, TextWriter output, CancellationToken ct)
    {
        if (!File.Exists(file))
        {
            await output.WriteLineAsync($"{file}: no such file");
            return 2;
        }

        var (measures, bad, spent) = await MeasureAsync(file, predictionsFile, analyst, output, ct);
        await output.WriteLineAsync($"analyst {analyst.Name} {analyst.Version}");
        await output.WriteLineAsync(Invariant($"cases                {measures.Cases}"));
        await output.WriteLineAsync(Invariant($"cases per second     {measures.Cases / Math.Max(0.001, spent.TotalSeconds):F0}"));
        await output.WriteLineAsync($"quotes exact         {Share(measures.QuotesExact)}");
        await output.WriteLineAsync();
        await output.WriteLineAsync("label                precision  recall     F1         found  wrong  missed");
        foreach (var label in EvaluationMeasures.Labels)
        {
            var c = measures[label];
            await output.WriteLineAsync(Invariant($"{label,-20} {Share(c.Precision),-10} {Share(c.Recall),-10} {Share(c.F1),-10} {c.Hits,5} {c.Wrong,6} {c.Missed,7}"));
        }

        await output.WriteLineAsync();
        foreach (var name in EvaluationMeasures.Classes) await output.WriteLineAsync($"{name,-20} macro-F1 {Share(measures.MacroF1(name))}");
        return measures.Cases == 0 ? 2 : bad > 0 ? 1 : 0;
    }

    /// <summary>The measures alone, for a caller that sets its own bounds.</summary>
    public static async Task<(EvaluationMeasures Measures, int BadLines, TimeSpan Spent)> MeasureAsync(
        string file, string? predictionsFile, IConversationAnalyst analyst, TextWriter output, CancellationToken ct)
    {
        var measures = new EvaluationMeasures();
        var bad = 0;
        var spent = TimeSpan.Zero;
        await using var predictions = predictionsFile is null ? null : new StreamWriter(predictionsFile);
        await foreach (var (line, read, fault) in LabelledCases.ReadAsync(file, ct))
        {
            if (read is null)
            {
                bad++;
                await output.WriteLineAsync(Invariant($"{file}({line}): not a case: {fault}"));
                continue;
            }

            var started = Stopwatch.GetTimestamp();
            var (result, _) = await analyst.AnalyseAsync(read.Input, Guid.Empty, ct);
            spent += Stopwatch.GetElapsedTime(started);
            var said = CaseLabels.Of(result, read.Text);
            measures.Add(read.Text, read.Labels, said, result);
            if (predictions is not null) await predictions.WriteLineAsync(JsonSerializer.Serialize(new { read.Id, Labels = said }, LabelledCases.Json));
        }

        return (measures, bad, spent);
    }

    static string Share(double? value) => value is { } v ? v.ToString("F4", CultureInfo.InvariantCulture) : "-";

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
