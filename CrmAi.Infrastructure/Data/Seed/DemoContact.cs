namespace CrmAi.Infrastructure.Data.Seed;

public sealed record DemoContact
{
    public required string Key { get; init; }
    public required string AccountKey { get; init; }
    public required string OwnerKey { get; init; }
    public required string Name { get; init; }

    /// <summary>zh or en.</summary>
    public required string Language { get; init; }

    public required string Title { get; init; }
    public required string Department { get; init; }

    /// <summary>CLevel, VicePresident, Director, Manager, Senior or Staff.</summary>
    public required string Seniority { get; init; }

    /// <summary>Part in the purchase: boss, tech, buyer, champion, it or user.</summary>
    public required string Part { get; init; }

    public required string Mobile { get; init; }
    public string? Phone { get; init; }
    public required string Email { get; init; }
    public string? WeChat { get; init; }

    /// <summary>Network (LinkedIn, Maimai, Weibo) to address.</summary>
    public IReadOnlyDictionary<string, string> SocialProfiles { get; init; } = new Dictionary<string, string>();

    /// <summary>High, Medium or Low.</summary>
    public required string Priority { get; init; }

    /// <summary>Hot, Warm or Cold.</summary>
    public required string Rating { get; init; }

    /// <summary>Lead, Prospect, Customer or Partner.</summary>
    public required string Lifecycle { get; init; }

    /// <summary>Referral, Cold, Inbound, Event, CardScan, Import, WebForm or Campaign.</summary>
    public required string Source { get; init; }

    /// <summary>Stage of the account's deal this person takes part in.</summary>
    public required string Stage { get; init; }

    public bool IsDecisionMaker { get; init; }

    /// <summary>None, Limited, Significant or Full.</summary>
    public required string BudgetAuthority { get; init; }

    /// <summary>As the person put it.</summary>
    public string? Budget { get; init; }

    public string? DecisionProcess { get; init; }
    public IReadOnlyList<string> CurrentSolutions { get; init; } = [];
    public IReadOnlyList<string> Competitors { get; init; } = [];
    public string? FolderKey { get; init; }
    public IReadOnlyList<string> TagKeys { get; init; } = [];

    public string? Gender { get; init; }
    public int? BirthYear { get; init; }
    public string? City { get; init; }
    public string? Education { get; init; }
    public IReadOnlyList<string> Interests { get; init; } = [];
    public string? Notes { get; init; }

    public DateTimeOffset? NextFollowUpAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
