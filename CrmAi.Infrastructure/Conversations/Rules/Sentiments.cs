using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>How the customer feels about us at the end: words of feeling, denied, turned by a "but" or meant ironically, with what was found beside.</summary>
static class Sentiments
{
    const double Threshold = 0.6;

    /// <summary>What a bad word counts that is about the customer's own troubles.</summary>
    const double Elsewhere = 0.25;

    /// <summary>Confidence of a buying signal that is more than a guess.</summary>
    const double Firm = 0.6;

    public static (Sentiment Sentiment, double Confidence, Finding? Finding) Of(Conversation conversation, IReadOnlyList<Finding> findings, StageHint? stage, LexiconFiles lexicons)
    {
        var sum = 0d;
        Hit? strongest = null;
        var strength = 0d;
        var last = conversation.Clauses.Count > 0 ? conversation.Clauses[^1].Sentence : 0;
        // What goes wrong in their own house is no anger at us.
        var troubles = findings.Where(f => f.Kind == FindingKind.Pain && f.Value is null).ToList();
        foreach (var sentence in conversation.Theirs.GroupBy(c => c.Sentence))
        {
            var hits = sentence.SelectMany(c => lexicons.Sentiments.In(c)).ToList();
            var turned = hits.Any(h => h.Clause.AfterContrast && h.Section is "positive" or "negative");
            var ironic = hits.Any(h => h.Section == "irony");
            foreach (var hit in hits)
            {
                var value = Value(hit, ironic, lexicons);
                if (value < 0 && hit.Section == "negative" && Inside(hit, troubles)) value *= Elsewhere;
                if (turned && !hit.Clause.AfterContrast) value *= 0.5;
                value *= 0.7 + (0.3 * (last == 0 ? 1 : (double)sentence.Key / last));
                sum += value;
                if (Math.Abs(value) > strength) (strongest, strength) = (hit, Math.Abs(value));
            }
        }

        sum += findings.Sum(f => Bearing(f)) + Progress(findings) + (stage switch { StageHint.ClosedWon => 1.2, StageHint.ClosedLost => -1.6, _ => 0 });
        var sentiment = sum >= Threshold ? Sentiment.Positive : sum <= -Threshold ? Sentiment.Negative : Sentiment.Neutral;
        var confidence = sentiment == Sentiment.Neutral ? 0.75 - (0.3 * Math.Abs(sum)) : Math.Min(0.95, 0.5 + (0.12 * Math.Abs(sum)));
        var finding = sentiment == Sentiment.Neutral || strongest is null || strongest.Weight == 0 ? null : new Finding(FindingKind.Sentiment, conversation.Evidence(strongest.Clause), confidence) { Value = sentiment.ToString() };
        return (sentiment, confidence, finding);
    }

    static double Value(Hit hit, bool ironic, LexiconFiles lexicons)
    {
        var denied = Negation.Denies(hit, lexicons);
        return hit.Section switch
        {
            "positive" => ironic ? -hit.Weight : denied ? -0.8 * hit.Weight : hit.Weight,
            "negative" => denied ? 0.5 * hit.Weight : -hit.Weight,
            "irony" => -hit.Weight,
            _ => 0,
        };
    }

    static bool Inside(Hit hit, List<Finding> troubles) => troubles.Any(t => hit.Clause.Start < t.Evidence.Start + t.Evidence.Length && t.Evidence.Start < hit.Clause.End);

    // A step forward that nothing is said against is good news in itself.
    static double Progress(IReadOnlyList<Finding> findings) =>
        findings.Any(f => f.Kind == FindingKind.BuyingSignal && f.Confidence >= Firm) && !findings.Any(f => f.Kind == FindingKind.Objection) ? 0.35 : 0;

    static double Bearing(Finding finding) => finding.Kind switch
    {
        FindingKind.BuyingSignal => 0.45,
        FindingKind.Pain when finding.Value == ClauseFindings.Complaint => -0.5,
        FindingKind.Objection => finding.Objection switch
        {
            ObjectionKind.Price => -0.4,
            ObjectionKind.Trust => -0.5,
            ObjectionKind.Risk => -0.4,
            ObjectionKind.Need => -0.55,
            ObjectionKind.Competitor => -0.4,
            ObjectionKind.Timing => -0.15,
            _ => 0,
        },
        _ => 0,
    };
}
