namespace CrmAi.Domain.Enrichment;

/// <summary>A company's standing. The register's own word stays beside it.</summary>
public enum CompanyStatus { Unknown, Active, Closing, Moved, Cancelled, Revoked }

public enum RiskLevel { Low, Medium, High }

/// <summary>The company's own, that of companies and people around it, what is over, and changes that are only worth knowing.</summary>
public enum RiskScope { Own, Around, Past, Notice }

/// <summary>How heavily the source takes it.</summary>
public enum RiskWeight { Info, Warning, High }

/// <summary>What was asked for, where it comes from, and when (UTC) it was got there.</summary>
/// <param name="Source">The source's stable name, "tianyancha".</param>
public sealed record Retrieved<T>(T Value, string Source, DateTime At);

/// <summary>One company that a search found. Texts are as the register has them.</summary>
/// <param name="SourceId">The source's own id, by which it is asked for the rest.</param>
/// <param name="Link">The source's page for people; null where it has none.</param>
/// <param name="StatusText">"存续", "吊销，未注销".</param>
/// <param name="Capital">With its unit, "1200万人民币".</param>
/// <param name="CreditCode">The unified social credit code, 18 characters.</param>
/// <param name="Region">Province or city.</param>
public sealed record CompanyCandidate(string SourceId, string Name, CompanyStatus Status, string? StatusText, string? LegalRepresentative, string? Capital, DateOnly? Founded, string? CreditCode, string? Region, string? Link);

/// <summary>A company as it is registered.</summary>
public sealed record CompanyFacts
{
    public required string Name { get; init; }
    public string? EnglishName { get; init; }
    public IReadOnlyList<string> FormerNames { get; init; } = [];

    /// <summary>The unified social credit code.</summary>
    public string? CreditCode { get; init; }
    public string? RegistrationNumber { get; init; }

    /// <summary>"有限责任公司(自然人投资或控股)".</summary>
    public string? Form { get; init; }
    public CompanyStatus Status { get; init; }
    public string? StatusText { get; init; }
    public string? LegalRepresentative { get; init; }

    /// <summary>With its unit.</summary>
    public string? Capital { get; init; }
    public DateOnly? Founded { get; init; }

    /// <summary>Of the national classification, from the widest to the narrowest.</summary>
    public IReadOnlyList<string> Industry { get; init; } = [];

    /// <summary>What it may do business in, part by part.</summary>
    public IReadOnlyList<string> Scope { get; init; } = [];
    public string? Address { get; init; }
    public string? City { get; init; }

    /// <summary>A range as the source words it, "100-499人".</summary>
    public string? Staff { get; init; }

    /// <summary>People it pays social insurance for.</summary>
    public int? Insured { get; init; }

    /// <summary>Who registers it.</summary>
    public string? Authority { get; init; }
}

/// <summary>What speaks against a company, summed up.</summary>
/// <param name="Level">As <see cref="RiskRules"/> has it.</param>
public sealed record CompanyRisk(RiskLevel Level, IReadOnlyList<RiskEvent> Events)
{
    public int Count(RiskScope scope) => Events.Where(e => e.Scope == scope).Sum(e => e.Count);
}

/// <param name="Title">The kind of event as the source names it, "开庭公告".</param>
public sealed record RiskEvent(RiskScope Scope, string Title, int Count, RiskWeight Weight);

/// <summary>Somebody who is registered as directing the company.</summary>
/// <param name="Posts">"董事长", "总经理".</param>
public sealed record CompanyOfficer(string Name, IReadOnlyList<string> Posts);

/// <summary>A page that speaks of somebody of that name.</summary>
/// <param name="SourceId">Stable for one page.</param>
/// <param name="Excerpt">What the page says, at most <see cref="MaxExcerpt"/> characters.</param>
/// <param name="Site">Who publishes it.</param>
/// <param name="Published">As the source tells.</param>
public sealed record PersonCandidate(string SourceId, string Title, string Excerpt, string Link, string? Site, DateOnly? Published)
{
    public const int MaxExcerpt = 600;
}
