using CrmAi.Domain.Enrichment;

namespace CrmAi.Web.Enrichment;

/// <summary>What a person chose of a search.</summary>
public sealed record PickedCompany(Guid LookUpId, CompanyCandidate Candidate);

/// <inheritdoc cref="PickedCompany"/>
public sealed record PickedPerson(Guid LookUpId, PersonCandidate Candidate);
