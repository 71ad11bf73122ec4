using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Enrichment;

public enum LookUpKind { Company, Person }

/// <summary>What is looked for.</summary>
/// <param name="Name">The company's, or the person's.</param>
/// <param name="Company">Where the person works; null for a company.</param>
/// <param name="Person">Who works at the company; null for a person.</param>
/// <param name="Job">The person's title.</param>
public sealed record LookUpAsk(LookUpKind Kind, string Name, string? Company = null, string? Person = null, string? Job = null, string? City = null)
{
    public const int MaxName = 100;
}

/// <summary>One search on somebody's behalf, and what it found. Nobody else sees it; it is kept for <see cref="KeptDays"/> days.</summary>
public sealed class LookUp
{
    public const int KeptDays = 30;

    public Guid Id { get; init; } = Ids.Next();
    public Guid UserId { get; init; }
    public LookUpKind Kind { get; init; }

    /// <summary>The company it is for; null where it is not one of ours yet.</summary>
    public Guid? AccountId { get; init; }
    public Guid? ContactId { get; init; }
    public DateTime CreatedAt { get; init; }

    /// <summary>Encrypted at rest, with what was found.</summary>
    public required LookUpAsk Ask { get; init; }
    public LookUpFindings? Found { get; set; }
}

/// <summary>What a source answered.</summary>
public sealed record LookUpFindings(string Source, DateTime At, IReadOnlyList<CompanyCandidate> Companies, IReadOnlyList<PersonCandidate> People);
