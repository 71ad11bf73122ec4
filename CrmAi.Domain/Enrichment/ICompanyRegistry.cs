using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Enrichment;

/// <summary>On whose account an outside service is asked.</summary>
/// <param name="IsWaiting">A person waits for the answer; otherwise a part of the day's quota is kept back for people.</param>
/// <param name="ContactId">Whom it is about; null for a company.</param>
/// <param name="Since">UTC: an answer kept from before is asked for anew. Null takes any that has not expired.</param>
public sealed record Asker(Guid UserId, bool IsWaiting, Guid? ContactId = null, DateTime? Since = null);

/// <summary>
/// The register of companies. Every method may be refused: enrichment.unset (no key is set), enrichment.off (administrators stopped all calls), enrichment.quota (the day's is spent),
/// enrichment.busy (asked too often), enrichment.refused (key or rights), enrichment.fault, enrichment.timeout, enrichment.breaker (left alone after several faults),
/// enrichment.blocked (the address leads where none of ours may), enrichment.garbage (the answer is not what is documented), enrichment.none (nothing of that kind).
/// </summary>
public interface ICompanyRegistry
{
    /// <summary>"tianyancha".</summary>
    string Source { get; }

    bool IsConfigured { get; }

    /// <summary>At most 20, as the source orders them.</summary>
    Task<Result<Retrieved<IReadOnlyList<CompanyCandidate>>>> SearchAsync(string name, Asker asker, CancellationToken ct);

    Task<Result<Retrieved<CompanyFacts>>> FactsAsync(string sourceId, Asker asker, CancellationToken ct);

    Task<Result<Retrieved<CompanyRisk>>> RiskAsync(string sourceId, Asker asker, CancellationToken ct);

    /// <summary>At most 20.</summary>
    Task<Result<Retrieved<IReadOnlyList<CompanyOfficer>>>> OfficersAsync(string sourceId, Asker asker, CancellationToken ct);

    /// <summary>Whether name, credit code and representative belong to one registration.</summary>
    Task<Result<Retrieved<bool>>> VerifyAsync(string name, string creditCode, string legalRepresentative, Asker asker, CancellationToken ct);

    /// <summary>The source's page of a company, for people.</summary>
    string? PageOf(string sourceId);
}

/// <summary>Public pages that speak of somebody. Refused as <see cref="ICompanyRegistry"/>.</summary>
public interface IPeopleSearch
{
    string Source { get; }

    bool IsConfigured { get; }

    /// <summary>At most 10.</summary>
    /// <param name="company">Narrows the search; null for none.</param>
    Task<Result<Retrieved<IReadOnlyList<PersonCandidate>>>> SearchAsync(string person, string? company, Asker asker, CancellationToken ct);
}
