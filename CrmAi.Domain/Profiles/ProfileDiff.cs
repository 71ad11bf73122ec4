namespace CrmAi.Domain.Profiles;

public enum ClaimChange { Added, Removed, Changed }

/// <param name="Before">Null where added.</param>
/// <param name="After">Null where removed.</param>
public sealed record ProfileChange(ClaimChange Change, ProfileClaim? Before, ProfileClaim? After)
{
    public ProfileClaim Claim => After ?? Before!;

    /// <summary>The places that the newer version rests on and the older did not: what changed it.</summary>
    public IReadOnlyList<Shared.Evidence> Because => After is null ? [] : [.. After.Evidence.Except(Before?.Evidence ?? [])];
}

/// <summary>What one version of a profile says that the version before did not.</summary>
public static class ProfileDiff
{
    /// <summary>Levels that move by less say the same.</summary>
    public const int Notable = 5;

    public static IReadOnlyList<ProfileChange> Between(IReadOnlyList<ProfileClaim> before, IReadOnlyList<ProfileClaim> after)
    {
        var old = before.ToDictionary(c => c.Identity);
        var now = after.ToDictionary(c => c.Identity);
        return [.. after.Where(c => !old.ContainsKey(c.Identity)).Select(c => new ProfileChange(ClaimChange.Added, null, c)),
            .. after.Where(c => old.TryGetValue(c.Identity, out var was) && Differs(was, c)).Select(c => new ProfileChange(ClaimChange.Changed, old[c.Identity], c)),
            .. before.Where(c => !now.ContainsKey(c.Identity)).Select(c => new ProfileChange(ClaimChange.Removed, c, null))];
    }

    private static bool Differs(ProfileClaim a, ProfileClaim b) =>
        a.Value != b.Value || a.Date != b.Date || a.AmountMinor != b.AmountMinor || a.Currency != b.Currency || Math.Abs((a.Level ?? 0) - (b.Level ?? 0)) >= Notable;
}
