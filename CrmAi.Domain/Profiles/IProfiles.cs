using CrmAi.Domain.Conversations;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Profiles;

/// <summary>What is known of a person, and how it became known.</summary>
public interface IProfiles
{
    /// <summary>The newest version. Null where the contact may not be seen.</summary>
    Task<ProfileView?> GetAsync(Guid contactId, CancellationToken ct);

    /// <summary>Versions, newest first, each with what it changed. Null where the contact may not be seen.</summary>
    Task<IReadOnlyList<ProfileVersion>?> HistoryAsync(Guid contactId, CancellationToken ct);

    /// <summary>Makes it anew. Errors: not_found, forbidden, analysis.running.</summary>
    Task<Result> AnalyseAsync(Guid contactId, CancellationToken ct);

    /// <summary>Says what is right, or with neither value nor level that the statement is wrong. Errors: not_found, forbidden, profile.value, profile.level, profile.note.long (500).</summary>
    Task<Result> CorrectAsync(Guid contactId, Correction correction, CancellationToken ct);

    /// <summary>Lets the analyst's statement hold again. Errors: not_found, forbidden.</summary>
    Task<Result> WithdrawAsync(Guid correctionId, CancellationToken ct);
}

/// <param name="Claim">Identity of the statement.</param>
public sealed record Correction(string Claim, string? Value, int? Level, string? Note);

/// <param name="MayCorrect">Whether the reader may correct and have it made anew.</param>
/// <param name="Note">Why the rules stood in for the model; null where nobody stood in.</param>
public sealed record ProfileView(AnalysisState State, string? ErrorCode, Guid? AiRunId, string? Analyst, string? AnalystVersion, DateTime? At, int Conversations, DataQuality Quality, bool MayCorrect, IReadOnlyList<ShownClaim> Claims, bool? RatedUseful = null, string? Note = null)
{
    public IEnumerable<ShownClaim> Of(string key) => Claims.Where(c => c.Claim.Key == key);

    public ShownClaim? One(string key) => Of(key).FirstOrDefault();
}

/// <param name="Claim">As it holds: with a correction, what the person said.</param>
/// <param name="Contradicted">Later conversations say otherwise: <paramref name="Analysed"/>.</param>
/// <param name="Analysed">What the analyst says where that is something else.</param>
/// <param name="Follows">What a person said of another statement, from which this one follows.</param>
public sealed record ShownClaim(ProfileClaim Claim, IReadOnlyList<ClaimQuote> Quotes, CorrectionView? Correction = null, bool Contradicted = false, ProfileClaim? Analysed = null, CorrectionView? Follows = null);

public sealed record ClaimQuote(Evidence Evidence, string Quote, DateTime At);

/// <param name="By">The person's name.</param>
public sealed record CorrectionView(Guid Id, string By, DateTime At, string? Note, bool IsRejection);

/// <param name="Changes">Against the version before; the first version adds everything.</param>
public sealed record ProfileVersion(Guid Id, DateTime At, string Analyst, string AnalystVersion, int Conversations, IReadOnlyList<ShownChange> Changes);

/// <param name="Because">The sentences that changed it.</param>
public sealed record ShownChange(ProfileChange Change, IReadOnlyList<ClaimQuote> Because);
