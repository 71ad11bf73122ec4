using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Contacts;

/// <summary>People one may see. Every method decides permission itself.</summary>
public interface IContacts
{
    /// <summary>A range of the list, for scrolling by position. <paramref name="count"/> up to 200. Read on from an anchor, where one is near, and the range costs the same however deep it lies.</summary>
    Task<ContactSlice> ListAsync(ContactQuery query, int start, int count, CancellationToken ct, ListAnchor? near = null);

    /// <summary>How many of a list's contacts fall into each group of one kind, largest first, at most 50.</summary>
    Task<IReadOnlyList<ContactGroup>> GroupsAsync(ContactQuery query, ContactGrouping by, CancellationToken ct);

    /// <summary>The list page by page in its order. <paramref name="take"/> from 1 to 200.</summary>
    /// <returns>Error cursor.unknown where <paramref name="after"/> is not one of ours, or of another order.</returns>
    Task<Result<Page<ContactDetail>>> PageAsync(ContactQuery query, string? after, int take, CancellationToken ct);

    /// <summary>Null where it does not exist or may not be seen.</summary>
    Task<ContactDetail?> GetAsync(Guid id, CancellationToken ct);

    /// <summary>Errors: see <see cref="ContactRules"/> and <see cref="CustomFields.CustomFieldRules"/>; forbidden; account.unknown, folder.unknown, tag.unknown.</summary>
    Task<Result<Saved>> AddAsync(ContactEdit edit, CancellationToken ct);

    /// <summary>Errors: as for adding; not_found, conflict.</summary>
    Task<Result<Saved>> UpdateAsync(Guid id, int version, ContactEdit edit, CancellationToken ct);

    /// <summary>Out of the lists, and back. Errors: not_found, forbidden.</summary>
    Task<Result<Saved>> ArchiveAsync(Guid id, bool archived, CancellationToken ct);

    /// <summary>Gives it to a colleague, out of its folder. For its owner, their manager and administrators. Errors: not_found, forbidden, user.unknown.</summary>
    Task<Result<Saved>> AssignAsync(Guid id, Guid ownerId, CancellationToken ct);

    /// <summary>Who sees it beyond its visibility, wholly anew. For its owner, their manager and administrators. Errors: not_found, forbidden, user.unknown, list.long (30).</summary>
    Task<Result<Saved>> ShareAsync(Guid id, IReadOnlyList<ShareEdit> shares, CancellationToken ct);

    /// <summary>Hides the contact with its interactions; undone through history. Errors: not_found, forbidden, conflict.</summary>
    /// <param name="version">The one that was read, where it matters that nobody changed it since; null for whichever it is.</param>
    Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct, int? version = null);

    /// <summary>Brings back one deleted within 30 days. Errors: not_found, forbidden, undo.late.</summary>
    Task<Result<Saved>> RestoreAsync(Guid id, CancellationToken ct);
}

public enum ContactScope { Mine, Team, All }

/// <summary>Manual is the order into which the owner dragged them, folder by folder.</summary>
public enum ContactOrder { LastContact, Name, Created, FollowUp, Manual }

public enum ContactGrouping { Industry, Seniority, BirthDecade, Folder }

/// <summary>What a list holds and in which order. Conditions of different kinds must all hold; of one kind's several values, any; of tags, all.</summary>
/// <param name="Search">Name, pinyin, initials, company, title, tag, or the last four digits of a telephone number; several words must all be found.</param>
/// <param name="FollowUpBefore">UTC: only those to be followed up before.</param>
public sealed record ContactQuery(ContactScope Scope = ContactScope.Mine, string? Search = null, Priority? Priority = null, DealStage? Stage = null, Guid? FolderId = null, DateTime? FollowUpBefore = null, ContactOrder Order = ContactOrder.LastContact)
{
    /// <summary>Those in none of the owner's folders.</summary>
    public bool Unfiled { get; init; }

    /// <summary>The order from its end to its beginning.</summary>
    public bool Reversed { get; init; }
    public IReadOnlyList<Guid> TagIds { get; init; } = [];
    public Guid? OwnerId { get; init; }
    public Guid? AccountId { get; init; }

    /// <summary>UTC, last contact at or after, and before. A contact never spoken to is before any time.</summary>
    public DateTime? ContactedFrom { get; init; }
    public DateTime? ContactedBefore { get; init; }
    public Seniority? Seniority { get; init; }
    public Lifecycle? Lifecycle { get; init; }

    /// <summary>The company's industry, exactly; empty for those without one.</summary>
    public string? Industry { get; init; }

    /// <summary>1980 for those born from 1980 to 1989; only among contacts whose personal details one may read.</summary>
    public int? BirthDecade { get; init; }

    /// <summary>The archived ones instead of the others.</summary>
    public bool Archived { get; init; }

    // Lists compare by what they hold, so that a page knows whether its query has changed.
    public bool Equals(ContactQuery? other) =>
        other is not null && (Scope, Search, Priority, Stage, FolderId, FollowUpBefore, Order) == (other.Scope, other.Search, other.Priority, other.Stage, other.FolderId, other.FollowUpBefore, other.Order)
        && (Unfiled, Reversed, OwnerId, AccountId, ContactedFrom, ContactedBefore, Archived) == (other.Unfiled, other.Reversed, other.OwnerId, other.AccountId, other.ContactedFrom, other.ContactedBefore, other.Archived)
        && (Seniority, Lifecycle, Industry, BirthDecade) == (other.Seniority, other.Lifecycle, other.Industry, other.BirthDecade) && TagIds.SequenceEqual(other.TagIds);

    public override int GetHashCode() => HashCode.Combine(Scope, Search, Priority, Stage, FolderId, Order, OwnerId, TagIds.Count);
}

/// <param name="Photo">The newest profile photo.</param>
/// <param name="Mood">Of the latest conversation analysed.</param>
/// <param name="Waiting">Conversations still being analysed.</param>
public sealed record ContactRow(Guid Id, string Name, string? Title, string? Company, Priority Priority, DealStage Stage, DateTime? LastContactAt, DateTime? NextFollowUpAt, Interactions.Sentiment? Mood, int Waiting)
{
    public Guid OwnerId { get; init; }
    public Guid? FolderId { get; init; }
    public Guid? Photo { get; init; }
    public IReadOnlyList<Guid> TagIds { get; init; } = [];
    public bool IsArchived { get; init; }
}

/// <summary>A known place in a list: the cursor of the row at <paramref name="Position"/>, from 0.</summary>
public sealed record ListAnchor(int Position, string Cursor);

/// <param name="Total">Counted up to <see cref="Slice{T}.CountLimit"/>, what a search finds up to <see cref="SearchLimit"/>.</param>
/// <param name="First">Anchor of the first row, null for no rows; <paramref name="Last"/> likewise.</param>
public sealed record ContactSlice(IReadOnlyList<ContactRow> Items, int Total, ListAnchor? First = null, ListAnchor? Last = null)
{
    /// <summary>The best of a search are read, not all of them: rows behind these are reached by another word.</summary>
    public const int SearchLimit = 1_000;

    /// <summary>There are more than <see cref="Total"/>.</summary>
    public bool HasMore { get; init; }
}

/// <param name="Key">What to put into the query: the industry, the seniority's name, or the decade; empty for none.</param>
public sealed record ContactGroup(string Key, int Contacts);

public sealed record ShareEdit(Guid UserId, bool MayChange);

public sealed record ShareRow(Guid UserId, string Name, bool MayChange);

/// <param name="Masked">Channels are shortened and personal details left out: this viewer may not read them.</param>
/// <param name="Account">Null also where this viewer may not see the company; its name is the contact's.</param>
/// <param name="MayGovern">May give it to somebody else and share it.</param>
public sealed record ContactDetail(Guid Id, int Version, ContactEdit Fields, string? Company, string Owner, Guid OwnerId, bool Masked, bool MayChange, bool MayAddInteractions,
    IReadOnlyList<TagRow> Tags, DateTime CreatedAt, DateTime? LastContactAt, int InteractionCount, AccountGlance? Account)
{
    public bool MayGovern { get; init; }
    public bool IsArchived { get; init; }
    public DateTime UpdatedAt { get; init; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<PhotoRow> Photos { get; init; } = [];

    /// <summary>Empty for those who may not change them.</summary>
    public IReadOnlyList<ShareRow> Shares { get; init; } = [];
}

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
    public long? BudgetMinor { get; init; }
    public string? DecisionProcess { get; init; }
    public IReadOnlyList<string> CurrentSolutions { get; init; } = [];
    public IReadOnlyList<string> Competitors { get; init; } = [];
    public Guid? FolderId { get; init; }
    public Visibility Visibility { get; init; } = Visibility.Team;
    public DateTime? NextFollowUpAt { get; init; }
    public PersonalDetails Personal { get; init; } = new();
    public IReadOnlyList<SocialProfile> SocialProfiles { get; init; } = [];
    public string? Notes { get; init; }
    public IReadOnlyList<Guid> TagIds { get; init; } = [];

    /// <summary>Values of the administrator's own fields by field id; those left out are none.</summary>
    public IReadOnlyDictionary<Guid, string> Custom { get; init; } = new Dictionary<Guid, string>();
}
