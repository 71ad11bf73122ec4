using CrmAi.Domain.Conversations;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>A hint at the DISC type of the person we talk to; none where the words do not carry it.</summary>
static class DiscHints
{
    const double Enough = 2;
    const double Lead = 1;

    public static (DiscType? Type, double Confidence, IReadOnlyList<Finding> Findings) Of(Conversation conversation, LexiconFiles lexicons)
    {
        var hits = conversation.Theirs.SelectMany(c => lexicons.Disc.In(c)).Where(h => !Negation.Denies(h, lexicons)).ToList();
        var ranked = hits.GroupBy(h => h.Section).Select(g => (Type: g.Key, Sum: g.Sum(h => h.Weight))).OrderByDescending(g => g.Sum).ToList();
        if (ranked.Count == 0 || ranked[0].Sum < Enough || (ranked.Count > 1 && ranked[0].Sum - ranked[1].Sum < Lead) || !Enum.TryParse<DiscType>(ranked[0].Type, out var type)) return (null, 0, []);
        var confidence = Math.Min(0.85, 0.35 + (0.1 * ranked[0].Sum));
        var findings = hits.Where(h => h.Section == ranked[0].Type).DistinctBy(h => h.Clause).Select(h => new Finding(FindingKind.Disc, conversation.Evidence(h.Clause), confidence) { Value = type.ToString() }).ToList();
        return (type, confidence, findings);
    }
}
