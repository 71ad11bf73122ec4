using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Conversations;

/// <summary>What was last read out of one interaction. Replaced as a whole when the text changes.</summary>
public sealed class ConversationAnalysis
{
    public Guid InteractionId { get; init; }
    public Guid ContactId { get; init; }
    public Guid AiRunId { get; init; }
    public Interactions.Sentiment Sentiment { get; init; }
    public double SentimentConfidence { get; init; }
    public DiscType? Disc { get; init; }
    public double DiscConfidence { get; init; }
    public StageHint? Stage { get; init; }
    public double StageConfidence { get; init; }
    public bool SuspectedInjection { get; init; }
    public List<TextSpan> Summary { get; init; } = [];
    public NextActionKind? NextAction { get; init; }
    public TextSpan? NextActionSpan { get; init; }
    public DateOnly? NextActionDue { get; init; }
    public required string Analyst { get; init; }
    public required string AnalystVersion { get; init; }

    /// <summary>SHA-256 of the text and what was known of it: says whether this still fits.</summary>
    public required byte[] InputDigest { get; init; }
    public DateTime AnalysedAt { get; init; }
}

/// <summary>Characters of the interaction's text.</summary>
public sealed record TextSpan(int Start, int Length);

/// <summary>One stored finding.</summary>
public sealed class ConversationFinding
{
    public Guid Id { get; init; } = Ids.Next();
    public Guid InteractionId { get; init; }
    public Guid ContactId { get; init; }
    public FindingKind Kind { get; init; }
    public ObjectionKind? Objection { get; init; }
    public string? Value { get; init; }
    public long? AmountMinor { get; init; }
    public string? Currency { get; init; }
    public DateOnly? Date { get; init; }
    public TimeOnly? Time { get; init; }
    public double Confidence { get; init; }
    public int Start { get; init; }
    public int Length { get; init; }

    public Evidence Evidence => new(InteractionId, Start, Length);
}
