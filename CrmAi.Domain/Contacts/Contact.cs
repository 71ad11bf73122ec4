using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Contacts;

/// <summary>A person we sell to, or may.</summary>
public sealed class Contact : IRecorded, IVersioned, IOwned, IDeletable
{
    public Guid Id { get; init; } = Ids.Next();
    public Guid OwnerId { get; set; }
    public Guid? TeamId { get; set; }
    public Visibility Visibility { get; set; } = Visibility.Team;

    public required string Name { get; set; }
    public string? EnglishName { get; set; }
    public Guid? AccountId { get; set; }
    public Accounts.Account? Account { get; set; }
    public string? Title { get; set; }
    public string? Department { get; set; }
    public Seniority? Seniority { get; set; }

    /// <summary>Encrypted at rest, like the other channels and <see cref="Personal"/>: not sorted, not searched by part.</summary>
    public string? Mobile { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }
    public string? WeChat { get; set; }
    public PersonalDetails Personal { get; set; } = new();
    public List<SocialProfile> SocialProfiles { get; set; } = [];
    public List<ContactPhoto> Photos { get; set; } = [];

    public Guid? FolderId { get; set; }

    /// <summary>Place within its folder, ascending.</summary>
    public double Position { get; set; }

    public List<ContactTag> Tags { get; set; } = [];
    public Priority Priority { get; set; } = Priority.Medium;
    public Lifecycle Lifecycle { get; set; } = Lifecycle.Lead;
    public ContactSource? Source { get; set; }

    public DealStage Stage { get; set; }

    /// <summary>Minor units of <see cref="Currency"/>.</summary>
    public long? DealValueMinor { get; set; }
    public string Currency { get; set; } = "CNY";
    public bool? DecisionMaker { get; set; }
    public BudgetAuthority? BudgetAuthority { get; set; }
    public long? BudgetMinor { get; set; }
    public string? DecisionProcess { get; set; }
    public List<string> CurrentSolutions { get; set; } = [];
    public List<string> Competitors { get; set; } = [];
    public string? Notes { get; set; }

    /// <summary>Values of the administrator's own fields, by field id, as <see cref="CustomFields.CustomFieldRules"/> writes them.</summary>
    public Dictionary<Guid, string> Custom { get; set; } = [];

    /// <summary>Colleagues who see it beyond its visibility.</summary>
    public List<ContactShare> Shares { get; set; } = [];

    public DateTime? NextFollowUpAt { get; set; }

    /// <summary>The latest interaction that took place and is not private.</summary>
    public DateTime? LastContactAt { get; set; }
    public int InteractionCount { get; set; }

    /// <summary>The beginning of the name's pinyin, by which lists are put in order; made from the name whenever it is saved.</summary>
    public string SortName { get; set; } = "";

    /// <summary>Of a deleted one, the one that it was made part of: its address leads there.</summary>
    public Guid? MergedIntoId { get; set; }

    public bool IsArchived { get; set; }
    public DateTime? DeletedAt { get; set; }
    public DateTime CreatedAt { get; set; }
    public DateTime UpdatedAt { get; set; }
    public int Version { get; set; }

    public ContactIndex Index { get; set; } = new();
}

/// <summary>Personal data, optional, encrypted as a whole.</summary>
public sealed record PersonalDetails
{
    public Gender? Gender { get; init; }

    /// <summary>1900 to the present year; the age band is derived from it.</summary>
    public int? BirthYear { get; init; }
    public string? City { get; init; }
    public string? Education { get; init; }
    public IReadOnlyList<string> Interests { get; init; } = [];
    public string? Notes { get; init; }
}

public sealed record SocialProfile(string Platform, string Handle, string? Url);

public sealed class ContactPhoto : IRecorded
{
    public Guid Id { get; init; } = Ids.Next();
    public Guid ContactId { get; init; }
    public PhotoKind Kind { get; init; }
    public PhotoSource Source { get; init; }
    public required string StorageKey { get; init; }
    public required string ContentType { get; init; }
    public DateTime AddedAt { get; init; }
}

/// <summary>Columns kept only to find a contact by; made from its fields whenever it is saved.</summary>
public sealed class ContactIndex
{
    public string Name { get; set; } = "";
    public string Pinyin { get; set; } = "";
    public string Initials { get; set; } = "";
    public string Company { get; set; } = "";
    public string Title { get; set; } = "";
    public string Tags { get; set; } = "";

    /// <summary>Keyed digests: equal for equal numbers, telling nothing else.</summary>
    public byte[]? Mobile { get; set; }
    public byte[]? MobileTail { get; set; }
    public byte[]? Phone { get; set; }
    public byte[]? PhoneTail { get; set; }
    public byte[]? Email { get; set; }
    public byte[]? WeChat { get; set; }

    /// <summary>In clear, for grouping by company.</summary>
    public string? EmailDomain { get; set; }

    /// <summary>The decade of birth, 1980 for the years 1980 to 1989: the one personal detail kept in clear, for the age band. Shown and counted only for those who may read the details.</summary>
    public int? BirthDecade { get; set; }
}

/// <summary>A run of characters by which a contact is found; a search is a seek by the beginning of terms.</summary>
public sealed class ContactSearchTerm
{
    /// <summary>Terms are cut to this many characters; a longer search is checked against the columns.</summary>
    public const int MaxLength = 16;

    public required string Term { get; init; }
    public Guid ContactId { get; init; }
}

/// <summary>One colleague's access to one contact, beyond its visibility.</summary>
public sealed class ContactShare : IRecorded
{
    public Guid Id { get; init; } = Ids.Next();
    public Guid ContactId { get; init; }
    public Guid UserId { get; init; }

    /// <summary>May edit too; who may not, reads.</summary>
    public bool MayChange { get; set; }
    public DateTime CreatedAt { get; init; }
}

/// <summary>A folder of one person's own. Only the owner of a contact files it.</summary>
public sealed class Folder : IRecorded, IVersioned
{
    /// <summary>Characters of <see cref="Name"/>, and how many folders may stand within each other.</summary>
    public const int MaxName = 50, MaxDepth = 5, MaxPerPerson = 200, MaxFiled = 500, MaxEmptied = 5_000;

    public Guid Id { get; init; } = Ids.Next();
    public Guid OwnerId { get; init; }
    public required string Name { get; set; }
    public Guid? ParentId { get; set; }
    public double Position { get; set; }
    public int Version { get; set; }
}

/// <summary>A coloured label shared by the company.</summary>
public sealed class Tag : IRecorded, IVersioned
{
    public Guid Id { get; init; } = Ids.Next();
    public required string Name { get; set; }
    public TagKind Kind { get; set; } = TagKind.Custom;

    /// <summary>#rrggbb.</summary>
    public string Colour { get; set; } = "#667085";
    public int Version { get; set; }
}

public sealed class ContactTag : IRecorded
{
    public Guid Id { get; init; } = Ids.Next();
    public Guid ContactId { get; init; }
    public Guid TagId { get; init; }
    public Tag? Tag { get; init; }
}
