using CrmAi.Domain.Conversations;

namespace CrmAi.Domain.Profiles;

/// <summary>How corrections and an analyst's claims go together.</summary>
public static class Corrections
{
    /// <summary>So many conversations after a correction must say otherwise before it is asked about.</summary>
    public const int AgainstIt = 2;

    /// <summary>Levels further apart than this contradict each other.</summary>
    public const int Apart = 20;

    /// <summary>How to go about it with somebody of this type.</summary>
    public static Approach ApproachTo(DiscType type) => type switch { DiscType.D => Approach.Results, DiscType.I => Approach.Enthusiasm, DiscType.S => Approach.Reassurance, _ => Approach.Proof };

    /// <summary>Whether conversations held since the correction speak against it.</summary>
    /// <param name="claim">The analyst's, of the same identity.</param>
    /// <param name="heldAt">When a cited conversation took place.</param>
    public static bool Contradicts(ProfileClaim claim, ProfileCorrection correction, Func<Guid, DateTime> heldAt)
    {
        var differs = correction is { Value: null, Level: null } || claim.Value != correction.Value || (correction.Level is { } level && Math.Abs((claim.Level ?? 0) - level) > Apart);
        return differs && claim.Evidence.Where(e => heldAt(e.InteractionId) > correction.At).Select(e => e.InteractionId).Distinct().Count() >= AgainstIt;
    }
}
