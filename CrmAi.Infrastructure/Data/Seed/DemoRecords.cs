using CrmAi.Domain.Interactions;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>A whole invented sales team's world. Records refer to each other by key; names of enum members are those of the domain.</summary>
public sealed record DemoData(
    IReadOnlyList<DemoUser> Users,
    IReadOnlyList<DemoTeam> Teams,
    IReadOnlyList<DemoAccount> Accounts,
    IReadOnlyList<DemoContact> Contacts,
    IReadOnlyList<DemoFolder> Folders,
    IReadOnlyList<DemoTag> Tags,
    IReadOnlyList<DemoInteraction> Interactions);

public sealed record DemoTeam(string Key, string Name);

/// <param name="Role">Admin, Manager or SalesRep.</param>
/// <param name="TeamKey">Null for the administrator, who stands outside the teams.</param>
public sealed record DemoUser(string Key, string Name, string EnglishName, string Email, string Role, string? TeamKey);

public sealed record DemoFolder(string Key, string OwnerKey, string Name, int Order);

/// <param name="Kind">Priority, Custom, Industry or Stage.</param>
/// <param name="Color">#rrggbb.</param>
public sealed record DemoTag(string Key, string Name, string Kind, string Color);

/// <summary>What an account buys or was to buy; the texts of its interactions name the same amount, rival and problem.</summary>
/// <param name="Stage">Prospecting, Qualification, Proposal, Negotiation, ClosedWon or ClosedLost.</param>
/// <param name="AmountMinor">In minor units of <paramref name="Currency"/>.</param>
/// <param name="Probability">0 to 1.</param>
public sealed record DemoDeal(
    string Title, string Stage, long AmountMinor, string Currency, double Probability,
    DateTimeOffset OpenedAt, DateTimeOffset ExpectedCloseAt, DateTimeOffset? ClosedAt, string Competitor, string Pain);

public sealed record DemoAccount
{
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required string ShortName { get; init; }

    /// <summary>zh or en: what its people write in.</summary>
    public required string Language { get; init; }

    public required string Industry { get; init; }
    public required string City { get; init; }
    public required string Address { get; init; }

    /// <summary>Small, Medium, Large or Enterprise.</summary>
    public required string Size { get; init; }

    /// <summary>A, B or C.</summary>
    public required string Class { get; init; }

    /// <summary>AAA, AA, A, BBB or BB.</summary>
    public required string CreditRating { get; init; }

    public required string Website { get; init; }
    public required string Description { get; init; }

    /// <summary>Lead, Prospect, Customer or Partner.</summary>
    public required string Lifecycle { get; init; }

    public required string OwnerKey { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public string? PrimaryContactKey { get; init; }
    public string? Phone { get; init; }
    public int? Employees { get; init; }

    /// <summary>Yearly, in minor units of <see cref="Currency"/>.</summary>
    public long? RevenueMinor { get; init; }
    public string Currency { get; init; } = "CNY";
    public DemoDeal? Deal { get; init; }
}

public sealed record DemoInteraction
{
    public required string Key { get; init; }
    public required string AccountKey { get; init; }
    public required string ContactKey { get; init; }
    public required string UserKey { get; init; }
    public required InteractionType Type { get; init; }
    public required InteractionDirection Direction { get; init; }
    public required InteractionOutcome Outcome { get; init; }

    /// <summary>Null for what is only scheduled.</summary>
    public Sentiment? Sentiment { get; init; }

    public required string Subject { get; init; }
    public required string Content { get; init; }

    /// <summary>zh or en.</summary>
    public required string Language { get; init; }

    /// <summary>In Asia/Shanghai's offset, as the times inside the text are.</summary>
    public required DateTimeOffset At { get; init; }

    public int? DurationSeconds { get; init; }
    public string? Location { get; init; }
    public DateTimeOffset? FollowUpAt { get; init; }

    /// <summary>The opportunity's stage at that time.</summary>
    public required string Stage { get; init; }

    public bool IsScheduled { get; init; }
    public bool IsImportant { get; init; }
    public bool IsPrivate { get; init; }
    public bool IsArchived { get; init; }
    public string? Address { get; init; }
    public string? Platform { get; init; }
    public string? Transcript { get; init; }

    /// <summary>Method, its stage, effect from 1 to 10, and a note, with bars between.</summary>
    public string? Methodology { get; init; }
    public IReadOnlyList<Participant> Participants { get; init; } = [];
    public IReadOnlyList<string> NextSteps { get; init; } = [];
    public IReadOnlyList<string> Topics { get; init; } = [];
    public IReadOnlyList<DemoAttachment> Attachments { get; init; } = [];
}

/// <param name="Content">Builds the file; always the same bytes.</param>
public sealed record DemoAttachment(string FileName, string ContentType, Func<byte[]> Content);
