namespace CrmAi.Domain.Conversations;

/// <summary>What several conversations together say of a person's DISC type.</summary>
public static class DiscOpinion
{
    /// <summary>
    /// The type with the greatest weight of confidence, and its share of all weight scaled by how much there is:
    /// share × (1 − 0.5^hints). Null under three conversations or 0.5: not enough evidence.
    /// </summary>
    public static (DiscType? Type, double Confidence) Of(IReadOnlyList<ConversationAnalysis> analyses)
    {
        var hints = analyses.Where(a => a.Disc is not null).ToList();
        if (analyses.Count < ContactInsight.EnoughConversations || hints.Count == 0) return (null, 0);
        var weights = hints.GroupBy(a => a.Disc!.Value).ToDictionary(g => g.Key, g => g.Sum(a => a.DiscConfidence));
        var best = weights.MaxBy(w => w.Value);
        var confidence = best.Value / weights.Values.Sum() * (1 - Math.Pow(0.5, hints.Count));
        return confidence < ContactInsight.EnoughConfidence ? (null, confidence) : (best.Key, confidence);
    }
}
