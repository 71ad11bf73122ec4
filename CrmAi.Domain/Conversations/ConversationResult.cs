using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Conversations;

/// <remarks>A cue is a hint at how somebody thinks, speaks and decides: it is shown in the profile that is made of many, not at its conversation.</remarks>
public enum FindingKind
{
    Sentiment, Pain, Need, Objection, BuyingSignal, Competitor, Budget, DecisionMaker, FollowUp, Topic, Disc, Stage, Risk, Opportunity, Insight, Injection, Cue,
}

public enum ObjectionKind { Price, Timing, Authority, Need, Trust, Competitor, Risk }

/// <summary>DISC is the primary personality model: Dominance, Influence, Steadiness, Conscientiousness.</summary>
public enum DiscType { D, I, S, C }

/// <summary>Where a conversation suggests that the deal stands.</summary>
public enum StageHint { Prospecting, Qualification, Proposal, Negotiation, ClosedWon, ClosedLost }

/// <summary>One thing read out of a conversation, with the characters it rests on.</summary>
/// <param name="Evidence">Where it stands in the interaction's text.</param>
/// <param name="Confidence">0 to 1.</param>
public sealed record Finding(FindingKind Kind, Evidence Evidence, double Confidence)
{
    /// <summary>Only with <see cref="FindingKind.Objection"/>.</summary>
    public ObjectionKind? Objection { get; init; }

    /// <summary>The thing named: a competitor, a decision maker, a topic; "complaint" with a pain that is about us. Null where the quote says it all.</summary>
    public string? Value { get; init; }

    /// <summary>Only with <see cref="FindingKind.Budget"/>: in minor units of <see cref="Currency"/>.</summary>
    public long? AmountMinor { get; init; }

    /// <summary>ISO 4217 code, with <see cref="AmountMinor"/>.</summary>
    public string? Currency { get; init; }

    /// <summary>Only with <see cref="FindingKind.FollowUp"/>: null where it is left open.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Local time of day, with <see cref="Date"/>; null where none is said.</summary>
    public TimeOnly? Time { get; init; }
}

/// <summary>What an analyst reads: facts only, text from outside is data.</summary>
/// <param name="At">When it took place, with the zone's offset: relative dates are resolved against it.</param>
/// <param name="Text">As stored; spans count its UTF-16 code units.</param>
public sealed record ConversationInput(Guid InteractionId, InteractionType Type, InteractionDirection Direction, DateTimeOffset At, string Text, ChatContext Chat)
{
    /// <summary>Whose conversation it is, for the books; no part of what is read.</summary>
    public Guid? ContactId { get; init; }

    /// <summary>Names to take out of the text before it leaves, beside those of <see cref="Chat"/>; no part of what is read.</summary>
    public IReadOnlyList<KnownName> Names { get; init; } = [];
}

/// <summary>What an analyst says. Every finding's evidence lies inside the text.</summary>
/// <param name="Sentiment">The customer's, towards us, at the end.</param>
/// <param name="Disc">Null: not enough evidence.</param>
/// <param name="Stage">Null: the conversation says nothing of it.</param>
/// <param name="SuspectedInjection">The text tries to instruct an AI; that part was read as data and had no effect.</param>
/// <param name="Summary">Sentences taken from the text itself, in its own language.</param>
/// <param name="NextAction">What to do next, as a code that pages put into words, with the finding it rests on; null where nothing suggests one.</param>
public sealed record ConversationResult(
    Sentiment Sentiment,
    double SentimentConfidence,
    DiscType? Disc,
    double DiscConfidence,
    StageHint? Stage,
    double StageConfidence,
    bool SuspectedInjection,
    IReadOnlyList<Evidence> Summary,
    NextAction? NextAction,
    IReadOnlyList<Finding> Findings);

public enum NextActionKind { SendQuote, SendMaterials, ArrangeMeeting, CallBack, AnswerObjection, MeetDecisionMaker, FixProblem, PrepareContract, Deliver, Nurture, StopContact, PrepareMeeting }

/// <summary>A suggested step. <paramref name="Evidence"/> is the sentence that suggests it.</summary>
/// <param name="DueOn">Local date by when, null where the text gives none.</param>
public sealed record NextAction(NextActionKind Kind, Evidence Evidence, DateOnly? DueOn);

/// <summary>Reads one conversation: same input and same mark, same result. Safe for many threads.</summary>
public interface IConversationAnalyst
{
    /// <summary>Who would be asked at present, short and stable, shown as a chip: "rules", or a model's name.</summary>
    string Name { get; }

    /// <summary>Changes whenever the same input may give another result.</summary>
    string Version { get; }

    /// <summary>The same for a contact, as things stand: the company's own prompts and the owner's addition count.</summary>
    Task<string> VersionAsync(Guid userId, Guid? contactId, CancellationToken ct) => Task.FromResult(Version);

    /// <param name="userId">On whose behalf: a model's answer is in their budget, its instructions in their language.</param>
    Task<Analysed<ConversationResult>> AnalyseAsync(ConversationInput input, Guid userId, CancellationToken ct);
}
