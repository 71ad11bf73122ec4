namespace CrmAi.Domain.Profiles;

/// <summary>Lets through only what the conversations support. Applies to every analyst alike.</summary>
public static class ProfileCheck
{
    /// <summary>Fewer conversations than this say nothing about a person.</summary>
    public const int EnoughConversations = 3;

    /// <summary>A judgement or conclusion under this is "not enough evidence".</summary>
    public const double EnoughConfidence = 0.5;

    /// <summary>Evidence shown with one claim.</summary>
    public const int MaxEvidence = 6;

    private const int MaxClaims = 120, MaxValue = 80;

    /// <summary>
    /// Drops evidence that is no place in a conversation of the input, claims left without any, judgements that too little supports,
    /// and all but the first of claims that may stand only once. Refused (null) where there were claims and none had a place to show.
    /// </summary>
    public static CheckedProfile? Apply(ProfileInput input, IReadOnlyList<ProfileClaim> claims)
    {
        var texts = input.Conversations.ToDictionary(c => c.InteractionId, c => c.Text);
        bool Stands(Shared.Evidence e) => texts.TryGetValue(e.InteractionId, out var text) && !string.IsNullOrWhiteSpace(e.QuoteIn(text));

        var cited = claims.Select(c => c with { Evidence = [.. c.Evidence.Where(Stands).Distinct().Take(MaxEvidence)] }).Where(c => c.Evidence.Count > 0 && IsSound(c)).ToList();
        if (claims.Count > 0 && cited.Count == 0) return null;
        var supported = cited.Where(c => IsSure(c) && (!ProfileKeys.IsJudgement(c.Key) || input.Conversations.Count >= EnoughConversations));
        return new([.. supported.DistinctBy(c => c.Identity).Take(MaxClaims)], claims.Count - cited.Count);
    }

    /// <summary>Sure enough to be shown.</summary>
    public static bool IsSure(ProfileClaim claim) => !ProfileKeys.IsConclusion(claim.Key) || claim.Confidence >= EnoughConfidence;

    private static bool IsSound(ProfileClaim c) =>
        c.Confidence is >= 0 and <= 1 && c.Level is null or (>= 0 and <= 100) && c.Value is null or { Length: <= MaxValue } && (c.AmountMinor is null) == (c.Currency is null);
}

/// <param name="Dropped">Claims without a place in the conversations, or out of range.</param>
public sealed record CheckedProfile(IReadOnlyList<ProfileClaim> Claims, int Dropped);
