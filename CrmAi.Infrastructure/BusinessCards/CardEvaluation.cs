using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CrmAi.Domain.BusinessCards;
using CrmAi.Infrastructure.Platform.Ocr;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>Measures a reader against labelled cards, one after the other. Needs no database.</summary>
public static class CardEvaluation
{
    private static readonly JsonSerializerOptions Plain = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="folder">Pictures beside a truth.json.</param>
    /// <param name="predictionsFile">Where to write what was read, a JSON list of {"file", fields}; null for nowhere.</param>
    /// <returns>0 when every card was read, 1 when some were refused, 2 when there were none or nothing can read them.</returns>
    public static async Task<int> RunAsync(string folder, string? predictionsFile, ICardReader reader, TextWriter output, CancellationToken ct)
    {
        if (!File.Exists(Path.Combine(folder, CardCases.TruthFile)))
        {
            await output.WriteLineAsync($"{folder}: no {CardCases.TruthFile} in it");
            return 2;
        }
        if (await reader.CheckAsync(ct) is { Succeeded: false } missing)
        {
            await output.WriteLineAsync($"Cards cannot be read: {string.Join("; ", missing.Errors.Select(e => $"{e.Code} {string.Join(' ', e.Args)}".TrimEnd()))}");
            return 2;
        }
        IReadOnlyList<CardCase> cases;
        try
        {
            cases = await CardCases.ReadAsync(folder, ct);
        }
        catch (JsonException fault)
        {
            await output.WriteLineAsync($"{folder}: {CardCases.TruthFile} cannot be read: {fault.Message}");
            return 2;
        }
        var (measures, times, refused, version) = await MeasureAsync(folder, cases, predictionsFile, reader, output, ct);
        await WriteAsync(measures, times, reader.Name, version, output);
        return measures.Cards == 0 ? 2 : refused > 0 ? 1 : 0;
    }

    /// <summary>The measures alone, for a caller that sets its own bounds.</summary>
    public static async Task<(CardMeasures Measures, IReadOnlyList<TimeSpan> Times, int Refused, string Version)> MeasureAsync(
        string folder, IReadOnlyList<CardCase> cases, string? predictionsFile, ICardReader reader, TextWriter output, CancellationToken ct)
    {
        var (measures, times, refused, version) = (new CardMeasures(), new List<TimeSpan>(), 0, "");
        var predictions = new List<Dictionary<string, string>>();
        foreach (var card in cases)
        {
            var picture = await File.ReadAllBytesAsync(Path.Combine(folder, card.File), ct);
            var started = Stopwatch.GetTimestamp();
            var read = await reader.ReadAsync(picture, ct);
            times.Add(Stopwatch.GetElapsedTime(started));
            IReadOnlyDictionary<string, string> said = new Dictionary<string, string>();
            IReadOnlySet<string> doubtful = new HashSet<string>();
            if (read.Succeeded)
            {
                (said, version) = (CardCases.Said(read.Value), read.Value.Version);
                doubtful = CardCases.Fields.Where(f => read.Value[f.Kind] is { IsDoubtful: true }).Select(f => f.Name).ToHashSet();
            }
            else
            {
                refused++;
                await output.WriteLineAsync($"{card.File}: {string.Join(", ", read.Errors.Select(e => e.Code))}");
            }
            measures.Add(card, said, doubtful);
            predictions.Add(new(said) { ["file"] = card.File });
        }
        if (predictionsFile is not null) await File.WriteAllTextAsync(predictionsFile, JsonSerializer.Serialize(predictions, Plain), ct);
        return (measures, times, refused, version);
    }

    private static async Task WriteAsync(CardMeasures measures, IReadOnlyList<TimeSpan> times, string name, string version, TextWriter output)
    {
        var captures = measures.Captures.ToList();
        var sorted = times.Order().ToList();
        await output.WriteLineAsync($"reader {name} {version}");
        await output.WriteLineAsync(Invariant($"cards                {measures.Cards}"));
        await output.WriteLineAsync(Invariant($"median ms            {At(sorted, 0.5):F0}"));
        await output.WriteLineAsync(Invariant($"p95 ms               {At(sorted, 0.95):F0}"));
        if (ProcessUsage.Read() is { } used)
        {
            await output.WriteLineAsync(Invariant($"processor ms a card  {(used.Own + used.Children).TotalMilliseconds / Math.Max(1, measures.Cards):F0}"));
            await output.WriteLineAsync(Invariant($"peak memory MB       {used.OwnPeak / 1048576d:F0} itself, {used.ChildPeak / 1048576d:F0} the largest program it ran"));
        }
        var (doubtfulRight, doubtfulWrong, sureRight, sureWrong) = measures.Marks;
        await output.WriteLineAsync(Invariant($"invented             {measures.InventedShare:F4}"));
        await output.WriteLineAsync(Invariant($"marked doubtful      {doubtfulRight + doubtfulWrong} of {measures.Said}, of the wrong ones {doubtfulWrong} of {doubtfulWrong + sureWrong}, of the right ones {doubtfulRight} of {doubtfulRight + sureRight}"));
        await output.WriteLineAsync();
        await output.WriteLineAsync($"{"field",-20} {"F1",-10} {string.Join(' ', captures.Select(c => $"{c,-10}"))} found  wrong  missed");
        foreach (var (_, field) in CardCases.Fields)
        {
            var all = measures[field, null];
            await output.WriteLineAsync(Invariant($"{field,-20} {Share(all.F1),-10} {string.Join(' ', captures.Select(c => $"{Share(measures[field, c].F1),-10}"))} {all.Hits,5} {all.Wrong,6} {all.Missed,7}"));
        }
        await output.WriteLineAsync($"{"macro-F1",-20} {Share(measures.MacroF1()),-10} {string.Join(' ', captures.Select(c => $"{Share(measures.MacroF1(c)),-10}"))}");
    }

    private static double At(List<TimeSpan> sorted, double share) => sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))].TotalMilliseconds;

    private static string Share(double? value) => value is { } v ? v.ToString("F4", CultureInfo.InvariantCulture) : "-";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
