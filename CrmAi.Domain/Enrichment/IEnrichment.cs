using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Enrichment;

/// <summary>Searches outside on a person's behalf. Each runs as a job; who watches <see cref="LiveTopic.JobOn"/> of its id is told when it is done.</summary>
public interface ILookUps
{
    /// <summary>Which services are set up, and what of today's quotas is left.</summary>
    Task<EnrichmentStatus> StatusAsync(CancellationToken ct);

    /// <summary>
    /// Begins one. For nobody's record yet, or for a company or contact that one may change. Answers its id.
    /// Errors: enrichment.name (empty, or longer than <see cref="LookUpAsk.MaxName"/>), forbidden, not_found, enrichment.unset.
    /// </summary>
    Task<Result<Guid>> BeginAsync(LookUpAsk ask, Guid? recordId, CancellationToken ct);

    /// <summary>Null where it is not one's own.</summary>
    Task<LookUpView?> GetAsync(Guid id, CancellationToken ct);
}

/// <param name="Setting">What to set where it is not.</param>
/// <param name="Left">Calls that people have left today.</param>
public sealed record ServiceStatus(string Source, bool IsConfigured, string Setting, int Quota, int Left);

public sealed record EnrichmentStatus(ServiceStatus Registry, ServiceStatus People);

public enum LookUpState { Waiting, Done, Failed }

/// <param name="ErrorCode">Why it failed, only then.</param>
/// <param name="Source">Null until it is done; so <paramref name="At"/>, when the source was asked.</param>
/// <param name="Companies">The likeliest first.</param>
/// <param name="People">The likeliest first; pages without the name are left out.</param>
public sealed record LookUpView(Guid Id, LookUpAsk Ask, LookUpState State, string? ErrorCode, string? Source, DateTime? At, IReadOnlyList<MatchedCompany> Companies, IReadOnlyList<MatchedPerson> People);

public sealed record MatchedCompany(CompanyCandidate Candidate, CandidateMatch Match);

public sealed record MatchedPerson(PersonCandidate Candidate, CandidateMatch Match);

/// <summary>What a person chose of their own search.</summary>
public sealed record CandidateChoice(Guid LookUpId, string SourceId);

/// <summary>What the register says of our companies.</summary>
public interface IRegistryEntries
{
    /// <summary>Null where the company may not be seen.</summary>
    Task<RegistryView?> GetAsync(Guid accountId, CancellationToken ct);

    /// <summary>
    /// Takes a candidate of one's own search for this company: what is known of it stands at once, the rest follows by a job. Taken in place of another one.
    /// Errors: not_found, forbidden, enrichment.candidate (the search has none such, or is not done).
    /// </summary>
    Task<Result<Saved>> PickAsync(Guid accountId, Guid lookUpId, string sourceId, CancellationToken ct);

    /// <summary>Asks the source again, by a job. Errors: not_found (also without an entry), forbidden, enrichment.running, enrichment.unset.</summary>
    Task<Result> RefreshAsync(Guid accountId, CancellationToken ct);

    /// <summary>
    /// Has the source told, by a job, whether the company's name as we keep it belongs to the registration's credit code and representative.
    /// Errors: not_found (also without an entry), forbidden, enrichment.running, enrichment.unset, enrichment.facts (the registration tells no code or no representative).
    /// </summary>
    Task<Result> VerifyAsync(Guid accountId, CancellationToken ct);

    /// <summary>Errors: not_found, forbidden, conflict (it has another version than <paramref name="version"/>).</summary>
    Task<Result<Saved>> RemoveAsync(Guid accountId, CancellationToken ct, int? version = null);
}

/// <param name="Entry">Null where nothing was chosen.</param>
/// <param name="ErrorCode">Why the source was last asked in vain; null where it was not.</param>
/// <param name="MayRefresh">One may change the company, and its source is set up.</param>
public sealed record RegistryView(RegistryFields? Entry, bool IsRunning, string? ErrorCode, bool MayChange, bool MayRefresh, IReadOnlyList<RegistryDifference> Differences)
{
    /// <summary>There is what the source needs for it.</summary>
    public bool MayVerify { get; init; }
    public bool IsVerifying { get; init; }
}

/// <param name="PickedBy">Who chose it, by name.</param>
public sealed record RegistryFields(string Source, string SourceId, string? Link, string PickedBy, DateTime PickedAt, DateTime CheckedAt, bool IsStale, CompanyFacts Facts, CompanyRisk? Risk, IReadOnlyList<CompanyOfficer> Officers, int Version)
{
    public CompanyVerification? Verification { get; init; }
}

/// <summary>Public pages by which contacts' names were confirmed.</summary>
public interface INameConfirmations
{
    /// <summary>Null where there is none, or the contact may not be seen. Without the page for those who may not read personal details.</summary>
    Task<NameConfirmationView?> GetAsync(Guid contactId, CancellationToken ct);

    /// <summary>Errors: not_found, forbidden, enrichment.candidate.</summary>
    Task<Result<Saved>> PickAsync(Guid contactId, Guid lookUpId, string sourceId, CancellationToken ct);

    /// <summary>Errors: not_found, forbidden, conflict (it has another version than <paramref name="version"/>).</summary>
    Task<Result<Saved>> RemoveAsync(Guid contactId, CancellationToken ct, int? version = null);
}

public sealed record NameConfirmationView(string Source, PersonCandidate? Page, DateTime RetrievedAt, string PickedBy, DateTime PickedAt, bool MayChange, int Version);
