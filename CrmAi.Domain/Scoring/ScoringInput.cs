using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Scoring;

/// <summary>What scores are made of. The order of talks and of their findings does not matter.</summary>
/// <param name="AsOf">UTC. Talks later than this are not counted.</param>
/// <param name="Talks">Only such as everybody who sees the contact may see.</param>
public sealed record ScoringInput(DateTime AsOf, ScoringFacts Facts, IReadOnlyList<ScoredTalk> Talks);

/// <summary>What the contact's own record says. Amounts in minor units of <paramref name="Currency"/>.</summary>
public sealed record ScoringFacts(DealStage Stage, Lifecycle Lifecycle, bool? DecisionMaker, BudgetAuthority? BudgetAuthority, long? BudgetMinor, long? DealValueMinor, string Currency);

/// <summary>A conversation with what was read out of it.</summary>
/// <param name="At">UTC.</param>
/// <param name="Sentiment">The customer's; null where it was not analysed.</param>
/// <param name="Opening">The place that stands for the conversation as such.</param>
public sealed record ScoredTalk(Guid InteractionId, InteractionType Type, InteractionDirection Direction, DateTime At, InteractionOutcome? Outcome,
    Sentiment? Sentiment, double SentimentConfidence, Evidence Opening, IReadOnlyList<Finding> Findings)
{
    /// <summary>The customer began it.</summary>
    public bool IsInbound => Direction == InteractionDirection.Inbound;

    /// <summary>Somebody was reached: an attempt that nobody answered is no conversation.</summary>
    public bool WasHeld => Outcome is not (InteractionOutcome.NoAnswer or InteractionOutcome.Cancelled or InteractionOutcome.Rescheduled or InteractionOutcome.Failed);
}
