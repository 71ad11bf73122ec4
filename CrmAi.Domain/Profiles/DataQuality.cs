namespace CrmAi.Domain.Profiles;

/// <summary>How far a profile can be relied on, each 0 to 1.</summary>
/// <param name="Completeness">Share of the profile's questions that are answered.</param>
/// <param name="Accuracy">Share of its statements that no person has corrected.</param>
/// <param name="Freshness">1 on the day of the last conversation, half of it after each <see cref="HalfLifeDays"/> days.</param>
public sealed record DataQuality(double Completeness, double Accuracy, double Freshness)
{
    public const double HalfLifeDays = 90;

    private static readonly IReadOnlyList<string> Questions =
        [ProfileKeys.Disc, ProfileKeys.Style, ProfileKeys.DecisionStyle, ProfileKeys.Stakeholder, ProfileKeys.Need, ProfileKeys.Pain, .. ProfileKeys.Bant, ProfileKeys.Rapport, ProfileKeys.Trust];

    public static DataQuality Of(IReadOnlyList<ProfileClaim> claims, int corrected, TimeSpan? sinceLast)
    {
        var answered = claims.Select(c => c.Key).ToHashSet();
        return new(
            Questions.Count(answered.Contains) / (double)Questions.Count,
            claims.Count == 0 ? 0 : Math.Max(0, 1 - (corrected / (double)claims.Count)),
            sinceLast is { } since ? Math.Pow(0.5, Math.Max(0, since.TotalDays) / HalfLifeDays) : 0);
    }
}
