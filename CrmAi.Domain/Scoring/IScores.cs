using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Scoring;

/// <summary>Scores of contacts, with the reasons for them.</summary>
public interface IScores
{
    /// <summary>The newest scores and their history. Null where the contact may not be seen.</summary>
    Task<ScoresView?> GetAsync(Guid contactId, CancellationToken ct);
}

/// <param name="At">When they were made; null where none were yet.</param>
/// <param name="IsPending">New ones are being made.</param>
public sealed record ScoresView(DateTime? At, int Conversations, string Currency, bool IsPending, IReadOnlyList<ScoreView> Scores)
{
    public ScoreView? Of(ScoreKind kind) => Scores.FirstOrDefault(s => s.Kind == kind);
}

/// <param name="Value">0 to 100, of a lifetime value minor units; null: not enough to go by.</param>
/// <param name="Change">Against <paramref name="Since"/>, the nearest earlier day about a week back; null where there is none.</param>
/// <param name="Moves">Why, factor by factor; they add up to <paramref name="Change"/>.</param>
/// <param name="Trend">Oldest first, the newest last, at most 60 days.</param>
public sealed record ScoreView(ScoreKind Kind, long? Value, IReadOnlyList<FactorView> Factors, long? Change, DateOnly? Since, IReadOnlyList<ScoreMove> Moves, IReadOnlyList<ScorePoint> Trend);

/// <param name="Quotes">Only such as the reader may see, cut from the text as it stands.</param>
public sealed record FactorView(string Code, long Points, int Count, string? Value, IReadOnlyList<CitedQuote> Quotes);

public sealed record ScorePoint(DateOnly Day, long Value);

/// <summary>A sentence with its place and time, ready to be shown and followed.</summary>
public sealed record CitedQuote(Evidence Evidence, string Quote, DateTime At);
