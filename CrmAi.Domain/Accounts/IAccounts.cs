using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Accounts;

/// <summary>Companies one may see.</summary>
public interface IAccounts
{
    /// <summary>Companies whose name, pinyin or initials match, best first, at most 20: for choosing while typing.</summary>
    Task<IReadOnlyList<AccountRow>> SuggestAsync(string text, CancellationToken ct);

    /// <summary>Error cursor.unknown. <paramref name="take"/> from 1 to 200.</summary>
    Task<Result<Page<AccountDetail>>> PageAsync(string? search, string? after, int take, CancellationToken ct);

    Task<AccountDetail?> GetAsync(Guid id, CancellationToken ct);

    /// <summary>Errors: account.name.empty, text.long, url.invalid, phone.invalid, money.range, currency.unknown, list.long, forbidden.</summary>
    Task<Result<Saved>> AddAsync(AccountEdit edit, CancellationToken ct);
}

public sealed record AccountRow(Guid Id, string Name, string? Industry, string? City);

public sealed record AccountDetail(Guid Id, int Version, AccountEdit Fields, string Owner, Guid OwnerId, int Contacts, DateTime CreatedAt);

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
}
