using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Scoring;

public enum ScoreKind { Intent, Engagement, Relationship, LifetimeValue }

/// <summary>One reason for a score.</summary>
/// <param name="Code">What it is, put into words by pages under "score.factor.CODE".</param>
/// <param name="Points">What it adds or takes away; all factors of a score add up to its value exactly. Of a lifetime value, minor units.</param>
/// <param name="Count">How many things it sums up; days with "recency", months with "steady".</param>
/// <param name="Value">A code of the field it rests on, as the stage; null where sentences say it.</param>
/// <param name="Evidence">The weightiest sentences it rests on; none for what a field says.</param>
public sealed record ScoreFactor(string Code, long Points, int Count, string? Value, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>What the points were made of at that moment: the sum of weights, of "recency" the days. With it a score is told for a later moment. Null for what a field says, which does not fade.</summary>
    public double? Weight { get; init; }
}

/// <param name="Value">0 to 100, of a lifetime value minor units; null: not enough to go by.</param>
/// <param name="Factors">The weightiest first. One that has faded to nothing stays, so that a low score too says why.</param>
public sealed record Score(long? Value, IReadOnlyList<ScoreFactor> Factors)
{
    public static readonly Score Unknown = new(null, []);

    /// <summary>How a relationship of 0 to 100 is shown: 1 to 10.</summary>
    public static int Tenths(long strength) => (int)Math.Clamp((strength + 9) / 10, 1, 10);
}

/// <summary>All scores of a contact at one moment.</summary>
/// <param name="Currency">ISO 4217, of the lifetime value.</param>
public sealed record ScoreSheet(Score Intent, Score Engagement, Score Relationship, Score LifetimeValue, string Currency)
{
    public Score this[ScoreKind kind] => kind switch
    {
        ScoreKind.Intent => Intent,
        ScoreKind.Engagement => Engagement,
        ScoreKind.Relationship => Relationship,
        _ => LifetimeValue,
    };
}

/// <summary>What one reason moved between two days.</summary>
public sealed record ScoreMove(string Code, long Points);

/// <summary>Why a score moved.</summary>
public static class ScoreMoves
{
    /// <summary>Differences factor by factor, the greatest first; together they are the difference of the two scores. Empty where either is unknown.</summary>
    public static IReadOnlyList<ScoreMove> Between(Score before, Score after)
    {
        if (before.Value is null || after.Value is null) return [];
        var codes = before.Factors.Concat(after.Factors).Select(f => f.Code).Distinct();
        return [.. codes.Select(code => new ScoreMove(code, Points(after, code) - Points(before, code))).Where(m => m.Points != 0).OrderByDescending(m => Math.Abs(m.Points)).ThenBy(m => m.Code, StringComparer.Ordinal)];
    }

    private static long Points(Score score, string code) => score.Factors.Where(f => f.Code == code).Sum(f => f.Points);
}
