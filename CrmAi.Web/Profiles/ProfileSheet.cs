using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;

namespace CrmAi.Web.Profiles;

/// <summary>What each card needs: the profile, where sentences are shown, and how a person says otherwise.</summary>
/// <param name="Drafts">Under which record notes are kept while they are written.</param>
/// <param name="CorrectAsync">Answers why it was refused; nothing where it was saved.</param>
public sealed record ProfileSheet(ProfileView View, Func<Evidence, string> Link, string? Drafts,
    Func<ShownClaim, Correction, Task<IReadOnlyList<Error>>> CorrectAsync, Func<ShownClaim, Task> KeepAsync, Func<ShownClaim, Task> WithdrawAsync)
{
    /// <summary>What a person said of it, to be said again.</summary>
    public static Correction Again(ShownClaim shown) => shown.Correction is { IsRejection: true } rejection
        ? new(shown.Claim.Identity, null, null, rejection.Note)
        : new(shown.Claim.Identity, ProfileKeys.Choices(shown.Claim.Key).Count > 0 ? shown.Claim.Value : null, ProfileKeys.HasLevel(shown.Claim.Key) ? shown.Claim.Level : null, shown.Correction?.Note);
}
