using CrmAi.Domain.Conversations;

namespace CrmAi.Infrastructure.Conversations;

/// <summary>Hits, false hits and misses of one label.</summary>
public sealed record LabelCount(int Hits, int Wrong, int Missed)
{
    public double? Precision => Hits + Wrong == 0 ? null : (double)Hits / (Hits + Wrong);

    public double? Recall => Hits + Missed == 0 ? null : (double)Hits / (Hits + Missed);

    /// <summary>2·tp / (2·tp + fp + fn); null where there was nothing to find and nothing found.</summary>
    public double? F1 => Hits + Wrong + Missed == 0 ? null : 2d * Hits / ((2 * Hits) + Wrong + Missed);

    public static LabelCount operator +(LabelCount a, LabelCount b) => new(a.Hits + b.Hits, a.Wrong + b.Wrong, a.Missed + b.Missed);
}

/// <summary>
/// How predictions compare with labels. A quote counts when it overlaps a labelled one by at least half of the shorter; an objection
/// also needs its kind, a follow-up its date, a budget 1 %, a competitor the name. Sentiment, DISC and stage count as classes.
/// </summary>
public sealed class EvaluationMeasures
{
    public static readonly IReadOnlyList<string> Labels = ["buying_signals", "pain_points", "decision_makers", "objections", "competitors", "follow_up", "budget", "injection"];
    public static readonly IReadOnlyList<string> Classes = ["sentiment", "disc", "stage_hint"];

    readonly Dictionary<string, LabelCount> counts = Labels.ToDictionary(l => l, _ => new LabelCount(0, 0, 0));
    readonly Dictionary<string, List<(string Truth, string Said)>> classes = Classes.ToDictionary(c => c, _ => new List<(string, string)>());
    int quotes;
    int exact;

    public int Cases { get; private set; }

    public LabelCount this[string label] => counts[label];

    /// <summary>Share of the quotes that stand in the text as they are; null where there are none.</summary>
    public double? QuotesExact => quotes == 0 ? null : (double)exact / quotes;

    public void Add(string text, CaseLabels truth, CaseLabels said, ConversationResult result)
    {
        Cases++;
        bool Same(string a, string b) => Matching.Overlap(text, a, b);
        Count("buying_signals", truth.BuyingSignals, said.BuyingSignals, Same);
        Count("pain_points", truth.PainPoints, said.PainPoints, Same);
        Count("decision_makers", truth.DecisionMakers, said.DecisionMakers, Same);
        Count("objections", truth.Objections, said.Objections, (a, b) => a.Kind == b.Kind && Same(a.Quote, b.Quote));
        Count("competitors", truth.Competitors, said.Competitors, (a, b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase));
        Count("follow_up", One(truth.FollowUp), One(said.FollowUp), (a, b) => a.Date == b.Date);
        Count("budget", One(truth.Budget), One(said.Budget), (a, b) => Math.Abs(a.AmountCny - b.AmountCny) <= 0.01m * a.AmountCny);
        Count("injection", truth.Injection ? [1] : Array.Empty<int>(), said.Injection ? [1] : [], (_, _) => true);
        classes["sentiment"].Add((truth.Sentiment, said.Sentiment));
        classes["disc"].Add((truth.Disc, said.Disc));
        classes["stage_hint"].Add((truth.StageHint, said.StageHint));
        quotes += result.Findings.Count;
        exact += result.Findings.Count(f => f.Evidence.QuoteIn(text) is not null);
    }

    /// <summary>Mean F1 over the classes that occur in the labels.</summary>
    public double MacroF1(string label) => Matching.MacroF1(classes[label]);

    static T[] One<T>(T? value)
        where T : class => value is null ? [] : [value];

    void Count<T>(string label, IReadOnlyList<T> truth, IReadOnlyList<T> said, Func<T, T, bool> same) => counts[label] += Matching.Count(truth, said, same);
}

/// <summary>How single answers are compared, for every kind of evaluation alike.</summary>
static class Matching
{
    /// <summary>Each said thing takes one true thing that is the same.</summary>
    public static LabelCount Count<T>(IReadOnlyList<T> truth, IReadOnlyList<T> said, Func<T, T, bool> same)
    {
        var left = truth.ToList();
        var hits = 0;
        foreach (var s in said)
        {
            var i = left.FindIndex(t => same(t, s));
            if (i < 0) continue;
            left.RemoveAt(i);
            hits++;
        }

        return new(hits, said.Count - hits, left.Count);
    }

    /// <summary>Whether two quotes share at least half of the shorter.</summary>
    public static bool Overlap(string text, string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return false;
        var (x, y) = (text.IndexOf(a, StringComparison.Ordinal), text.IndexOf(b, StringComparison.Ordinal));
        return x >= 0 && y >= 0 && Math.Min(x + a.Length, y + b.Length) - Math.Max(x, y) >= 0.5 * Math.Min(a.Length, b.Length);
    }

    /// <summary>Mean F1 over the classes that occur in the labels.</summary>
    public static double MacroF1(IReadOnlyList<(string Truth, string Said)> pairs)
    {
        var truths = pairs.Select(p => p.Truth).Distinct().ToList();
        return truths.Count == 0 ? 0 : truths.Average(c => new LabelCount(
            pairs.Count(p => p.Truth == c && p.Said == c), pairs.Count(p => p.Truth != c && p.Said == c), pairs.Count(p => p.Truth == c && p.Said != c)).F1 ?? 0);
    }
}
