using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Duplicates;

/// <summary>Who may be one person, and which companies one company. Each answer holds only records that the viewer sees, compared by what they may read of them.</summary>
public interface IDuplicates
{
    const int MaxTake = 200, MaxPairs = 300;

    /// <summary>What is watched for a scan's progress.</summary>
    static readonly Guid ScanSubject = new("0193d0c0-0000-7000-8000-6475706c6963");

    /// <summary>Whom one has already, at most five, for warning while somebody types: those with the very same number, address or name and company first, then the likeliest. Never refuses.</summary>
    /// <param name="except">The contact that is being edited.</param>
    Task<DuplicateCheck> CheckAsync(MatchFields fields, Guid? except, CancellationToken ct);

    /// <summary>The same of a company: of companies that one does not see nothing is told.</summary>
    Task<IReadOnlyList<SuspectedCompany>> CheckCompanyAsync(CompanyFields fields, Guid? except, CancellationToken ct);

    /// <summary>Suspected pairs, the likeliest first. <paramref name="take"/> from 1 to <see cref="MaxTake"/>. Errors: cursor.unknown.</summary>
    Task<Result<Page<DuplicateRow>>> PairsAsync(DuplicateScope scope, string? after, int take, CancellationToken ct, MergeKind kind = MergeKind.Contact);

    /// <summary>The likeliest <see cref="MaxPairs"/> pairs, those that hang together as one group.</summary>
    Task<IReadOnlyList<DuplicateGroup>> GroupsAsync(DuplicateScope scope, CancellationToken ct);

    /// <inheritdoc cref="GroupsAsync"/>
    Task<IReadOnlyList<CompanyGroup>> CompanyGroupsAsync(DuplicateScope scope, CancellationToken ct);

    /// <summary>Pairs with a record of one's own, of each kind counted up to 100.</summary>
    Task<DuplicateCounts> CountAsync(CancellationToken ct);

    /// <summary>Says that two records are not one; taken back through history. For those who may change one of them. Errors: not_found, forbidden, duplicate.dismissed.</summary>
    Task<Result<Saved>> DismissAsync(Guid a, Guid b, CancellationToken ct, MergeKind kind = MergeKind.Contact);

    /// <summary>Has all contacts and companies compared anew. For managers and administrators. Errors: forbidden, duplicate.scanning.</summary>
    Task<Result<Guid>> ScanAsync(CancellationToken ct);

    Task<DuplicateScanState> StateAsync(CancellationToken ct);
}

public enum DuplicateScope { Mine, All }

/// <param name="Contact">Masked where this viewer may not read its channels; those then took no part in the comparison.</param>
public sealed record DuplicateCandidate(DuplicateSide Contact, int Score, IReadOnlyList<DuplicateReason> Reasons)
{
    /// <inheritdoc cref="DuplicateMatch.IsExact"/>
    public bool IsExact => DuplicateMatch.IsExact(Reasons);
}

public sealed record SuspectedCompany(CompanySide Company, int Score, IReadOnlyList<DuplicateReason> Reasons);

public sealed record DuplicateCounts(int Contacts, int Companies);

/// <param name="Elsewhere">Names of colleagues who have somebody with this number or address whom one may not see, where the company allows to tell.</param>
public sealed record DuplicateCheck(IReadOnlyList<DuplicateCandidate> Candidates, IReadOnlyList<string> Elsewhere);

/// <summary>A record as it stands beside another.</summary>
public interface IDuplicateSide
{
    Guid Id { get; }
    string Name { get; }
    Guid OwnerId { get; }
    bool MayChange { get; }

    /// <summary>May give it to somebody else, and so merge it into another's.</summary>
    bool MayGovern { get; }
}

/// <summary>A contact as it stands beside another.</summary>
public sealed record DuplicateSide(Guid Id, int Version, string Name, string? EnglishName, string? Title, string? Company, string? Mobile, string? Phone, string? Email, string? WeChat, string Owner, Guid OwnerId) : IDuplicateSide
{
    public bool Masked { get; init; }
    public bool MayChange { get; init; }
    public bool MayGovern { get; init; }
    public int InteractionCount { get; init; }
    public DateTime? LastContactAt { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; init; }
}

/// <summary>A company as it stands beside another.</summary>
/// <param name="Contacts">How many people there this viewer may see.</param>
public sealed record CompanySide(Guid Id, int Version, string Name, string? ShortName, string? CreditCode, string? Website, string? Phone, string? City, string? Industry, string Owner, Guid OwnerId, int Contacts) : IDuplicateSide
{
    public bool MayChange { get; init; }
    public bool MayGovern { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime UpdatedAt { get; init; }
}

/// <param name="FirstId">The smaller id of the two.</param>
public sealed record DuplicateRow(Guid FirstId, Guid SecondId, int Score, IReadOnlyList<DuplicateReason> Reasons, DateTime FoundAt);

/// <param name="Contacts">The one with most conversations first: whom the others would be merged into.</param>
/// <param name="Pairs">The likeliest first.</param>
public sealed record DuplicateGroup(IReadOnlyList<DuplicateSide> Contacts, IReadOnlyList<DuplicateRow> Pairs)
{
    public int Score => Pairs.Count == 0 ? 0 : Pairs[0].Score;
}

/// <param name="Companies">The one with most people first: what the others would be merged into.</param>
/// <param name="Pairs">The likeliest first.</param>
public sealed record CompanyGroup(IReadOnlyList<CompanySide> Companies, IReadOnlyList<DuplicateRow> Pairs)
{
    public int Score => Pairs.Count == 0 ? 0 : Pairs[0].Score;
}

/// <param name="Done">Steps of <paramref name="Total"/> while a scan runs.</param>
/// <param name="FinishedAt">When the last scan ended; null where there was none.</param>
public sealed record DuplicateScanState(bool IsRunning, int Done, int Total, DateTime? FinishedAt, bool MayScan);
