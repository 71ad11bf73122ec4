using CrmAi.Domain.Notifications;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Users;

public enum Theme { System, Light, Dark, HighContrast }

/// <summary>A person of our company. Passwords and lockout belong to the login of the same id.</summary>
public sealed class User : IRecorded, IVersioned
{
    public Guid Id { get; init; } = Ids.Next();
    public required string Email { get; set; }
    public required string Name { get; set; }
    public Role Role { get; set; } = Role.SalesRep;
    public Guid? TeamId { get; set; }
    public string? Phone { get; set; }
    public string? Department { get; set; }
    public string? Title { get; set; }
    public string? Location { get; set; }

    public string Language { get; set; } = "zh-CN";
    public string TimeZone { get; set; } = "Asia/Shanghai";
    public Theme Theme { get; set; }
    public TimeOnly WorkStart { get; set; } = new(9, 0);
    public TimeOnly WorkEnd { get; set; } = new(18, 0);

    /// <summary>0 is Sunday.</summary>
    public List<int> WorkDays { get; set; } = [1, 2, 3, 4, 5];

    public List<string> Methodologies { get; set; } = [];
    public List<string> Objectives { get; set; } = [];
    public bool NotifyByEmail { get; set; } = true;
    public bool NotifyByPush { get; set; } = true;
    public bool NotifyBySms { get; set; }
    /// <summary>Kinds that this person does not want to be told of in the app; none of them is made.</summary>
    public List<NotificationKind> Muted { get; set; } = [];
    public Visibility ProfileVisibility { get; set; } = Visibility.Team;
    public bool SharesData { get; set; }

    /// <summary>Whether conversations this person records are analysed by themselves.</summary>
    public bool AutoAnalysis { get; set; } = true;

    /// <summary>Whether profiles of one's own contacts follow each new conversation.</summary>
    public bool ProfileUpdates { get; set; } = true;

    /// <summary>Whether words for suggested steps are written where this person asks for them.</summary>
    public bool ScriptGeneration { get; set; } = true;

    public bool IsActive { get; set; } = true;
    public DateTime CreatedAt { get; set; }
    public DateTime? LastActiveAt { get; set; }
    public int Version { get; set; }
}

/// <summary>A team in the tree of teams.</summary>
public sealed class Team : IRecorded, IVersioned
{
    public Guid Id { get; init; } = Ids.Next();
    public required string Name { get; set; }
    public Guid? ParentId { get; set; }
    public Guid? ManagerId { get; set; }
    public int Version { get; set; }
}

/// <summary>Lets a program act as its user until it expires. Only a hash is kept.</summary>
public sealed class ApiToken : IRecorded
{
    public Guid Id { get; init; } = Ids.Next();
    public Guid UserId { get; init; }
    public required string Name { get; init; }

    /// <summary>The first characters, to recognise it by.</summary>
    public required string Prefix { get; init; }

    public required byte[] Hash { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime ExpiresAt { get; init; }
    public DateTime? LastUsedAt { get; set; }
    public DateTime? RevokedAt { get; set; }
}
