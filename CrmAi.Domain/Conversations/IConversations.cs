using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Conversations;

/// <summary>What analysis says of conversations and contacts.</summary>
public interface IConversations
{
    /// <summary>Analyses again, or for the first time where it is switched off. Errors: not_found, forbidden, analysis.running.</summary>
    Task<Result> AnalyseAsync(Guid interactionId, CancellationToken ct);

    /// <summary>Whether a result, of a conversation, a profile or one's own words for a step, was useful, to learn from. Errors: not_found, feedback.comment.long (1,000).</summary>
    /// <param name="comment">Null keeps what was said along with the same opinion; blank takes it away.</param>
    Task<Result> RateAsync(Guid aiRunId, bool useful, string? comment, CancellationToken ct);

    /// <summary>All that conversations with this contact support, newest first. Null where the contact may not be seen.</summary>
    Task<ContactInsight?> InsightAsync(Guid contactId, CancellationToken ct);
}

/// <summary>A claim with the words it rests on, ready to be shown and followed.</summary>
public sealed record QuotedFinding(Guid Id, FindingKind Kind, ObjectionKind? Objection, string? Value, long? AmountMinor, string? Currency,
    DateOnly? Date, TimeOnly? Time, double Confidence, Evidence Evidence, string Quote, DateTime At);

/// <summary>How far an analysis has come.</summary>
public enum AnalysisState { None, Waiting, Running, Done, Failed }

/// <param name="ErrorCode">Why it failed, in words of the resources; only when failed.</param>
/// <param name="Note">Why the rules stood in for the model; null where nobody stood in.</param>
public sealed record AnalysisView(AnalysisState State, string? ErrorCode, Guid? AiRunId, Interactions.Sentiment? Sentiment, double SentimentConfidence,
    DiscType? Disc, double DiscConfidence, StageHint? Stage, bool SuspectedInjection, IReadOnlyList<string> Summary,
    NextActionView? NextAction, string? Analyst, string? AnalystVersion, int Milliseconds, bool? RatedUseful, IReadOnlyList<QuotedFinding> Findings, string? Note = null)
{
    public static readonly AnalysisView Nothing = new(AnalysisState.None, null, null, null, 0, null, 0, null, false, [], null, null, null, 0, null, []);
}

public sealed record NextActionView(NextActionKind Kind, string Quote, Evidence Evidence, DateOnly? DueOn);

/// <summary>The insight column of a contact.</summary>
/// <param name="Analysed">How many of the contact's conversations have a result; under three, personality is not judged.</param>
/// <param name="Disc">Null: not enough evidence.</param>
/// <param name="Moods">Sentiment by conversation, oldest first, at most 24.</param>
public sealed record ContactInsight(int Analysed, int Waiting, DiscType? Disc, double DiscConfidence, IReadOnlyList<MoodPoint> Moods, NextActionView? NextAction, IReadOnlyList<QuotedFinding> Findings)
{
    /// <summary>Fewer conversations than this say nothing about a person.</summary>
    public const int EnoughConversations = 3;

    /// <summary>Confidence under this is shown as "not enough evidence".</summary>
    public const double EnoughConfidence = 0.5;

    public IEnumerable<QuotedFinding> Of(FindingKind kind) => Findings.Where(f => f.Kind == kind);
}

public sealed record MoodPoint(Guid InteractionId, DateTime At, Interactions.Sentiment Sentiment);
