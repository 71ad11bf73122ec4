using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Profiles;
using CrmAi.Infrastructure.Conversations;

namespace CrmAi.Infrastructure.Profiles;

/// <summary>
/// How predictions compare with labels. DISC, style and decision count as classes over the full cases; on thin ones any of them is wrong.
/// The four of BANT count as classes over all cases. A need or objection counts when it overlaps a labelled quote of the same conversation by half of the shorter, an objection also by kind.
/// </summary>
public sealed class ProfileMeasures
{
    public static readonly IReadOnlyList<string> Classes = ["disc", "style", "decision", "budget", "authority", "need", "timeline"];

    private readonly Dictionary<string, List<(string Truth, string Said)>> classes = Classes.ToDictionary(c => c, _ => new List<(string, string)>());
    private int thinSilent, quotes, exact;

    public int Cases { get; private set; }

    public int Thin { get; private set; }

    public LabelCount Needs { get; private set; } = new(0, 0, 0);

    public LabelCount Objections { get; private set; } = new(0, 0, 0);

    /// <summary>Share of thin cases of which nothing was said that only a full one carries; null without thin cases.</summary>
    public double? ThinSilence => Thin == 0 ? null : (double)thinSilent / Thin;

    /// <summary>Share of evidence that stands in its conversation as it is.</summary>
    public double? QuotesExact => quotes == 0 ? null : (double)exact / quotes;

    public double Accuracy(string name) => classes[name].Count == 0 ? 0 : classes[name].Count(p => p.Truth == p.Said) / (double)classes[name].Count;

    public double MacroF1(string name) => Matching.MacroF1(classes[name]);

    public void Add(ProfileCase truth, ProfileCaseLabels said, IReadOnlyList<ProfileClaim> claims, ProfileInput input)
    {
        Cases++;
        var labels = truth.Labels;
        if (truth.Thin)
        {
            Thin++;
            if ((said.Disc, said.Style, said.Decision) is ("none", "none", "none")) thinSilent++;
        }
        else
        {
            classes["disc"].Add((labels.Disc, said.Disc));
            classes["style"].Add((labels.Style, said.Style));
            classes["decision"].Add((labels.Decision, said.Decision));
        }
        classes["budget"].Add((labels.Bant.Budget, said.Bant.Budget));
        classes["authority"].Add((labels.Bant.Authority, said.Bant.Authority));
        classes["need"].Add((labels.Bant.Need, said.Bant.Need));
        classes["timeline"].Add((labels.Bant.Timeline, said.Bant.Timeline));
        bool Same(ProfileCaseQuote a, ProfileCaseQuote b) => a.Interaction == b.Interaction && a.Kind == b.Kind && Matching.Overlap(truth.Interactions[a.Interaction].Text, a.Quote, b.Quote);
        Needs += Matching.Count(labels.Needs, said.Needs, Same);
        Objections += Matching.Count(labels.Objections, said.Objections, Same);
        var texts = input.Conversations.ToDictionary(c => c.InteractionId, c => c.Text);
        quotes += claims.Sum(c => c.Evidence.Count);
        exact += claims.Sum(c => c.Evidence.Count(e => texts.TryGetValue(e.InteractionId, out var text) && e.QuoteIn(text) is not null));
    }
}

/// <summary>Measures a profile's analyst against labelled customers. Needs no database.</summary>
public static class ProfileEvaluation
{
    /// <param name="predictionsFile">Where to write what the analyst said, a line a case in the cases' own form; null for nowhere.</param>
    /// <returns>0 when every line was read, 1 when some were not, 2 when no case was found.</returns>
    public static async Task<int> RunAsync(string file, string? predictionsFile, IConversationAnalyst reader, IProfileAnalyst analyst, TextWriter output, CancellationToken ct)
    {
        if (!File.Exists(file))
        {
            await output.WriteLineAsync($"{file}: no such file");
            return 2;
        }
        var (m, bad, spent) = await MeasureAsync(file, predictionsFile, reader, analyst, output, ct);
        await output.WriteLineAsync($"analyst {analyst.Name} {analyst.Version}, conversations read by {reader.Name} {reader.Version}");
        await output.WriteLineAsync(Invariant($"cases                {m.Cases}, of which {m.Thin} are thin"));
        await output.WriteLineAsync(Invariant($"cases per second     {m.Cases / Math.Max(0.001, spent.TotalSeconds):F0}"));
        await output.WriteLineAsync($"quotes exact         {Share(m.QuotesExact)}");
        await output.WriteLineAsync($"silent where thin    {Share(m.ThinSilence)}");
        await output.WriteLineAsync();
        await output.WriteLineAsync("class                accuracy   macro-F1");
        foreach (var name in ProfileMeasures.Classes) await output.WriteLineAsync(Invariant($"{name,-20} {Share(m.Accuracy(name)),-10} {Share(m.MacroF1(name))}"));
        await output.WriteLineAsync();
        await output.WriteLineAsync("label                precision  recall     F1         found  wrong  missed");
        foreach (var (label, c) in new[] { ("needs", m.Needs), ("objections", m.Objections) })
            await output.WriteLineAsync(Invariant($"{label,-20} {Share(c.Precision),-10} {Share(c.Recall),-10} {Share(c.F1),-10} {c.Hits,5} {c.Wrong,6} {c.Missed,7}"));
        return m.Cases == 0 ? 2 : bad > 0 ? 1 : 0;
    }

    /// <summary>The measures alone, for a caller that sets its own bounds.</summary>
    public static async Task<(ProfileMeasures Measures, int BadLines, TimeSpan Spent)> MeasureAsync(string file, string? predictionsFile, IConversationAnalyst reader, IProfileAnalyst analyst, TextWriter output, CancellationToken ct)
    {
        var (measures, bad, spent) = (new ProfileMeasures(), 0, TimeSpan.Zero);
        await using var predictions = predictionsFile is null ? null : new StreamWriter(predictionsFile);
        await foreach (var (line, read, fault) in ProfileCaseLabels.ReadAsync(file, ct))
        {
            if (read is null)
            {
                bad++;
                await output.WriteLineAsync(Invariant($"{file}({line}): not a case: {fault}"));
                continue;
            }
            var started = Stopwatch.GetTimestamp();
            var input = await read.InputAsync(reader, ct);
            var claims = ProfileCheck.Apply(input, (await analyst.AnalyseAsync(input, Guid.Empty, ct)).Result)?.Claims ?? [];
            spent += Stopwatch.GetElapsedTime(started);
            var said = ProfileCaseLabels.Of(claims, input);
            measures.Add(read, said, claims, input);
            if (predictions is not null) await predictions.WriteLineAsync(JsonSerializer.Serialize(new { read.Id, Labels = said }, LabelledCases.Json));
        }
        return (measures, bad, spent);
    }

    private static string Share(double? value) => value is { } v ? v.ToString("F4", CultureInfo.InvariantCulture) : "-";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
