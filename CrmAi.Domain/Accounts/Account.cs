using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Accounts;

public enum AccountClass { A, B, C }

public enum CompanySize { Small, Medium, Large, Enterprise }

/// <summary>A company that contacts work at.</summary>
public sealed class Account : IRecorded, IVersioned, IOwned, IDeletable
{
    public Guid Id { get; init; } = Ids.Next();
    public Guid OwnerId { get; set; }
    public Guid? TeamId { get; set; }
    public Visibility Visibility { get; set; } = Visibility.Team;

    public required string Name { get; set; }

    /// <summary>The name people use.</summary>
    public string? ShortName { get; set; }
    public AccountClass? Class { get; set; }
    public string? CreditRating { get; set; }
    public CompanySize? Size { get; set; }
    public string? Industry { get; set; }
    public Lifecycle Lifecycle { get; set; } = Lifecycle.Lead;
    public string? Website { get; set; }
    public string? Phone { get; set; }
    public string? City { get; set; }
    public List<PostalAddress> Addresses { get; set; } = [];
    public string? Description { get; set; }

    /// <summary>Yearly, in minor units of <see cref="Currency"/>.</summary>
    public long? RevenueMinor { get; set; }
    public string Currency { get; set; } = "CNY";
    public int? Employees { get; set; }
    public Guid? PrimaryContactId { get; set; }

    /// <summary>Values of the administrator's own fields, by field id, as <see cref="CustomFields.CustomFieldRules"/> writes them.</summary>
    public Dictionary<Guid, string> Custom { get; set; } = [];

    /// <summary>Folded name and pinyin, made whenever it is saved.</summary>
    public string NameFolded { get; set; } = "";
    public string NamePinyin { get; set; } = "";
    public string NameInitials { get; set; } = "";

    /// <summary>
    /// The form of a name by which two companies are the same: folded, and without the spaces beside Chinese characters, which mean nothing.
    /// "有限公司" and its like stay: they tell companies apart. Folding may lengthen: what is over is cut off.
    /// </summary>
    public static string Fold(string name)
    {
        var folded = ContactKeys.Fold(name);
        var kept = string.Concat(folded.Where((c, i) => c != ' ' || !(IsHan(folded[i - 1]) || IsHan(folded[i + 1]))));
        return kept.Length > ContactRules.MaxShort ? kept[..ContactRules.MaxShort] : kept;
    }

    // Fold leaves no space at either end. The plane of rare characters is spelt in surrogates.
    private static bool IsHan(char c) => c is (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uD840' and <= '\uD88D') or (>= '\uDC00' and <= '\uDFFF');

    /// <summary>Of a deleted one, the one that it was made part of: its address leads there.</summary>
    public Guid? MergedIntoId { get; set; }

    public bool IsArchived { get; set; }
    public DateTime? DeletedAt { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }
    public int Version { get; set; }
}

public sealed record PostalAddress(string Kind, string Text, string? City = null);

/// <summary>A run of characters by which a company, and through it its people, are found.</summary>
public sealed class AccountSearchTerm
{
    public required string Term { get; init; }
    public Guid AccountId { get; init; }
}
