using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>Where the deal seems to stand: the strongest section of stages.txt, helped by what was found; the later stage wins a draw.</summary>
static class Stages
{
    const double Enough = 1;
    static readonly (StageHint Stage, double Bar)[] Bars = [(StageHint.ClosedLost, 2.6), (StageHint.ClosedWon, 2.4), (StageHint.ClosedLost, 2), (StageHint.Negotiation, 2), (StageHint.Proposal, 1.6)];

    /// <summary>Confidence of a stage that no word names.</summary>
    public const double Assumed = 0.4;

    /// <summary>Somebody who tells of pains, needs, money or interest without complaining about us is past a first contact.</summary>
    public static bool IsQualified(IReadOnlyList<Finding> findings, Sentiment sentiment) =>
        findings.Any(f => f.Kind is FindingKind.BuyingSignal or FindingKind.Need or FindingKind.Budget or FindingKind.Disc)
        || (sentiment != Sentiment.Negative && findings.Any(f => f.Kind == FindingKind.Pain && f.Value is null));

    public static (StageHint? Stage, double Confidence, Finding? Finding) Of(Conversation conversation, IReadOnlyList<Finding> findings, LexiconFiles lexicons)
    {
        var sums = new Dictionary<StageHint, double>();
        var strongest = new Dictionary<StageHint, Hit>();
        void Add(StageHint stage, double weight) => sums[stage] = sums.GetValueOrDefault(stage) + weight;

        foreach (var hit in conversation.Clauses.SelectMany(c => lexicons.Stages.In(c)))
        {
            if (!Enum.TryParse<StageHint>(hit.Section, ignoreCase: true, out var stage)) continue;
            // Of our own words only what we did counts, not what we say about ourselves.
            if (hit.Clause.Voice == Voice.Us && stage is not (StageHint.Proposal or StageHint.Prospecting)) continue;
            if (Negation.Denies(hit, lexicons)) continue;
            Add(stage, hit.Clause.Voice == Voice.Us ? 0.5 * hit.Weight : hit.Weight);
            if (!strongest.TryGetValue(stage, out var other) || other.Weight < hit.Weight) strongest[stage] = hit;
        }

        var kinds = findings.Select(f => f.Kind).ToHashSet();
        if (kinds.Contains(FindingKind.Budget)) Add(StageHint.Qualification, 1);
        if (kinds.Contains(FindingKind.Need)) Add(StageHint.Qualification, 0.4);
        if (kinds.Contains(FindingKind.DecisionMaker)) Add(StageHint.Qualification, 0.3);
        if (findings.Any(f => f.Objection == ObjectionKind.Price)) Add(StageHint.Negotiation, 0.7);
        if (sums.Count == 0) return (null, 0, null);
        // Money and needs are talked of all along: a clear word of a later stage outweighs many of an earlier one.
        var best = Bars.Where(b => sums.GetValueOrDefault(b.Stage) >= b.Bar).Select(b => new KeyValuePair<StageHint, double>(b.Stage, sums[b.Stage]))
            .Concat(sums.OrderByDescending(s => s.Value).ThenByDescending(s => s.Key)).First();
        if (best.Value < Enough) return (null, 0, null);
        var confidence = Math.Min(0.9, 0.35 + (0.12 * best.Value));
        var finding = strongest.TryGetValue(best.Key, out var hitOf) ? new Finding(FindingKind.Stage, conversation.Evidence(hitOf.Clause), confidence) { Value = best.Key.ToString() } : null;
        return (best.Key, confidence, finding);
    }
}
