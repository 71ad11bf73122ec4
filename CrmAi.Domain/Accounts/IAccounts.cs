using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Accounts;

/// <summary>Companies one may see.</summary>
public interface IAccounts
{
    /// <summary>Companies whose name, pinyin or initials match, best first, at most 20: for choosing while typing.</summary>
    Task<IReadOnlyList<AccountRow>> SuggestAsync(string text, CancellationToken ct);

    /// <summary>The list page by page in its order. <paramref name="take"/> from 1 to 200. Errors: cursor.unknown, also for a cursor of another order.</summary>
    Task<Result<Page<AccountDetail>>> PageAsync(AccountQuery query, string? after, int take, CancellationToken ct);

    /// <summary>Industries of the companies one may see, the most frequent first, at most 50: for narrowing the list.</summary>
    Task<IReadOnlyList<string>> IndustriesAsync(CancellationToken ct);

    /// <summary>Null where it does not exist or may not be seen.</summary>
    Task<AccountDetail?> GetAsync(Guid id, CancellationToken ct);

    /// <summary>All that is known of a company in one look, of what this viewer may see. Null as for reading it.</summary>
    Task<AccountOverview?> OverviewAsync(Guid id, CancellationToken ct);

    /// <summary>What was said with anybody there, newest first, what is agreed for later before it. <paramref name="take"/> from 1 to 200. Errors: not_found, cursor.unknown.</summary>
    Task<Result<Page<AccountInteraction>>> InteractionsAsync(Guid id, string? after, int take, CancellationToken ct);

    /// <summary>Errors: account.name.empty, text.long, url.invalid, phone.invalid, money.range, employees.range, currency.unknown, list.long, contact.unknown (the primary contact is nobody whom one sees at this company), forbidden; see CustomFieldRules.</summary>
    Task<Result<Saved>> AddAsync(AccountEdit edit, CancellationToken ct);

    /// <summary>Errors: as for adding; not_found, conflict.</summary>
    Task<Result<Saved>> UpdateAsync(Guid id, int version, AccountEdit edit, CancellationToken ct);

    /// <summary>Out of the lists, and back. Errors: not_found, forbidden.</summary>
    Task<Result<Saved>> ArchiveAsync(Guid id, bool archived, CancellationToken ct);

    /// <summary>Gives it to a colleague. Errors: not_found, forbidden, user.unknown.</summary>
    Task<Result<Saved>> AssignAsync(Guid id, Guid ownerId, CancellationToken ct);

    /// <summary>Its contacts stay and show no company until it is restored. Undone through history. Errors: not_found, forbidden, conflict.</summary>
    /// <param name="version">The one that was read, where it matters that nobody changed it since; null for whichever it is.</param>
    Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct, int? version = null);

    /// <summary>Brings back one deleted within 30 days. Errors: not_found, forbidden, undo.late.</summary>
    Task<Result<Saved>> RestoreAsync(Guid id, CancellationToken ct);
}

/// <summary>Names as they are read, from A; the newest, the latest spoken to and those with most people first.</summary>
public enum AccountOrder { Name, Created, LastContact, Contacts }

/// <param name="Search">Name, short name, pinyin or initials; several words must all be found.</param>
/// <param name="Industry">Exactly; empty for those without one.</param>
/// <param name="Archived">The archived ones instead of the others.</param>
public sealed record AccountQuery(string? Search = null, AccountClass? Class = null, string? Industry = null, Contacts.Lifecycle? Lifecycle = null, Guid? OwnerId = null, bool Archived = false, AccountOrder Order = AccountOrder.Created);

public sealed record AccountRow(Guid Id, string Name, string? Industry, string? City);

/// <param name="Contacts">How many people there this viewer may see; archived ones do not count.</param>
public sealed record AccountDetail(Guid Id, int Version, AccountEdit Fields, string Owner, Guid OwnerId, int Contacts, DateTime CreatedAt)
{
    public bool MayChange { get; init; }
    public bool IsArchived { get; init; }

    /// <summary>The latest conversation with anybody there whom this viewer may see.</summary>
    public DateTime? LastContactAt { get; init; }
}

/// <summary>Of the contacts that this viewer may see; private interactions, one's own too, count nowhere in it.</summary>
/// <param name="NextFollowUpAt">The earliest follow-up or appointment; a follow-up that is overdue counts.</param>
/// <param name="Open">Sums of expected deals by stage and currency, minor units.</param>
/// <param name="Contacts">At most 200, the primary one first, then by last contact.</param>
/// <param name="Moods">Of the latest conversations, oldest first, at most 30.</param>
public sealed record AccountOverview(IReadOnlyList<AccountContact> Contacts, int ContactCount, int InteractionCount, DateTime? FirstContactAt, DateTime? LastContactAt, DateTime? NextFollowUpAt,
    IReadOnlyList<AccountDeals> Open, IReadOnlyList<AccountMood> Moods);

public sealed record AccountContact(Guid Id, string Name, string? Title, Contacts.Seniority? Seniority, Contacts.Priority Priority, Contacts.DealStage Stage, bool? DecisionMaker, string Owner, Guid? Photo, DateTime? LastContactAt);

public sealed record AccountMood(Guid InteractionId, Guid ContactId, DateTime At, Interactions.Sentiment Sentiment);

public sealed record AccountDeals(Contacts.DealStage Stage, string Currency, int Count, long ValueMinor);

public sealed record AccountInteraction(Guid Id, Guid ContactId, string ContactName, Interactions.InteractionType Type, DateTime At, string? Subject, string Excerpt, Interactions.Sentiment? Mood, string Author);

/// <summary>All a person may enter of a company.</summary>
public sealed record AccountEdit
{
    public string Name { get; init; } = "";
    public string? ShortName { get; init; }
    public AccountClass? Class { get; init; }
    public string? CreditRating { get; init; }
    public CompanySize? Size { get; init; }
    public string? Industry { get; init; }
    public Contacts.Lifecycle Lifecycle { get; init; } = Contacts.Lifecycle.Lead;
    public string? Website { get; init; }
    public string? Phone { get; init; }
    public string? City { get; init; }
    public IReadOnlyList<PostalAddress> Addresses { get; init; } = [];
    public string? Description { get; init; }
    public long? RevenueMinor { get; init; }
    public string Currency { get; init; } = "CNY";
    public int? Employees { get; init; }
    public Visibility Visibility { get; init; } = Visibility.Team;
    public Guid? PrimaryContactId { get; init; }

    /// <summary>Values of the administrator's own fields by field id; those left out are none.</summary>
    public IReadOnlyDictionary<Guid, string> Custom { get; init; } = new Dictionary<Guid, string>();
}
