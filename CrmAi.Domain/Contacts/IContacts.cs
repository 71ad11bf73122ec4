using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Contacts;

/// <summary>People one may see. Every method decides permission itself.</summary>
public interface IContacts
{
    /// <summary>A range of the list, for scrolling by position.</summary>
    Task<Slice<ContactRow>> ListAsync(ContactQuery query, int start, int count, CancellationToken ct);

    /// <summary>The list page by page, in order of creation. <paramref name="take"/> from 1 to 200.</summary>
    /// <returns>Error cursor.unknown where <paramref name="after"/> is not one of ours.</returns>
    Task<Result<Page<ContactDetail>>> PageAsync(string? search, string? after, int take, CancellationToken ct);

    /// <summary>Null where it does not exist or may not be seen.</summary>
    Task<ContactDetail?> GetAsync(Guid id, CancellationToken ct);

    /// <summary>Errors: see <see cref="ContactRules"/>; forbidden; account.unknown, folder.unknown.</summary>
    Task<Result<Saved>> AddAsync(ContactEdit edit, CancellationToken ct);

    /// <summary>Errors: as for adding; not_found, conflict.</summary>
    Task<Result<Saved>> UpdateAsync(Guid id, int version, ContactEdit edit, CancellationToken ct);

    /// <summary>Hides the contact with its interactions; undone through history. Errors: not_found, forbidden.</summary>
    Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct);

    /// <summary>Folders of one's own with how many contacts each holds.</summary>
    Task<IReadOnlyList<FolderRow>> FoldersAsync(CancellationToken ct);
}

public enum ContactScope { Mine, Team, All }

public enum ContactOrder { LastContact, Name, Created, FollowUp }

/// <param name="Search">Name, pinyin, initials, company, title, tag, or the last four digits of a telephone number; several words must all be found.</param>
/// <param name="FollowUpBefore">UTC: only those to be followed up before.</param>
public sealed record ContactQuery(ContactScope Scope = ContactScope.Mine, string? Search = null, Priority? Priority = null, DealStage? Stage = null, Guid? FolderId = null, DateTime? FollowUpBefore = null, ContactOrder Order = ContactOrder.LastContact);

public sealed record ContactRow(Guid Id, string Name, string? Title, string? Company, Priority Priority, DealStage Stage, DateTime? LastContactAt, DateTime? NextFollowUpAt, Interactions.Sentiment? Mood, int Waiting);

public sealed record FolderRow(Guid Id, string Name, Guid? ParentId, int Contacts);

public sealed record TagRow(Guid Id, string Name, string Colour, TagKind Kind);

/// <param name="Masked">Channels are shortened and personal details left out: this viewer may not read them.</param>
public sealed record ContactDetail(Guid Id, int Version, ContactEdit Fields, string? Company, string Owner, Guid OwnerId, bool Masked, bool MayChange, bool MayAddInteractions,
    IReadOnlyList<TagRow> Tags, DateTime CreatedAt, DateTime? LastContactAt, int InteractionCount, AccountGlance? Account);

/// <summary>What the header shows of the company.</summary>
public sealed record AccountGlance(Guid Id, string Name, Accounts.AccountClass? Class, string? Industry, string? City, Accounts.CompanySize? Size, int? Employees, string? Website);

/// <summary>All a person may enter of a contact.</summary>
public sealed record ContactEdit
{
    public string Name { get; init; } = "";
    public string? EnglishName { get; init; }
    public string? Mobile { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public string? WeChat { get; init; }

    /// <summary>An account one may see; or name a company instead, which is found or made.</summary>
    public Guid? AccountId { get; init; }
    public string? Company { get; init; }
    public string? Title { get; init; }
    public string? Department { get; init; }
    public Seniority? Seniority { get; init; }
    public Priority Priority { get; init; } = Priority.Medium;
    public Lifecycle Lifecycle { get; init; } = Lifecycle.Lead;
    public ContactSource? Source { get; init; }
    public DealStage Stage { get; init; }
    public long? DealValueMinor { get; init; }
    public string Currency { get; init; } = "CNY";
    public bool? DecisionMaker { get; init; }
    public BudgetAuthority? BudgetAuthority { get; init; }
    public string? DecisionProcess { get; init; }
    public IReadOnlyList<string> CurrentSolutions { get; init; } = [];
    public IReadOnlyList<string> Competitors { get; init; } = [];
    public Guid? FolderId { get; init; }
    public Visibility Visibility { get; init; } = Visibility.Team;
    public DateTime? NextFollowUpAt { get; init; }
    public PersonalDetails Personal { get; init; } = new();
    public IReadOnlyList<SocialProfile> SocialProfiles { get; init; } = [];
    public string? Notes { get; init; }
}
