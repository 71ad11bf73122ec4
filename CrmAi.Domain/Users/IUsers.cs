using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Users;

/// <summary>A person's own page: settings and tokens.</summary>
public interface IUsers
{
    Task<UserSettings> MeAsync(CancellationToken ct);

    /// <summary>Errors: settings.language.unknown, settings.timezone.unknown, settings.hours.order, conflict.</summary>
    Task<Result> SaveAsync(UserSettings settings, CancellationToken ct);

    Task<IReadOnlyList<TokenRow>> TokensAsync(CancellationToken ct);

    /// <summary>Answers the token itself; it is never shown again. Errors: token.name.empty, token.name.long, token.days.range (1 to 365), token.limit (20 at once).</summary>
    Task<Result<string>> MakeTokenAsync(string name, int days, CancellationToken ct);

    Task<Result> RevokeTokenAsync(Guid id, CancellationToken ct);

    /// <summary>Everybody active whom one may name as an author or owner: their own team, or all for an administrator.</summary>
    Task<IReadOnlyList<UserRow>> ColleaguesAsync(CancellationToken ct);

    /// <summary>
    /// Active people of the whole company by a part of their name, its pinyin or initials, at most 20, those whose name begins so first: for sharing with. Nothing of them but
    /// their name and their team's. Empty for no text, and for those who may share nothing.
    /// </summary>
    Task<IReadOnlyList<PersonName>> FindAsync(string text, CancellationToken ct);
}

public sealed record UserSettings(string Email, string Name, Role Role, string? Team, string Language, string TimeZone, Theme Theme,
    TimeOnly WorkStart, TimeOnly WorkEnd, IReadOnlyList<int> WorkDays, bool AutoAnalysis, bool ProfileUpdates, int Version)
{
    /// <summary>Whether words for suggested steps are written where this person asks for them.</summary>
    public bool ScriptGeneration { get; init; } = true;

    /// <summary>Kinds of notification that are switched off.</summary>
    public IReadOnlyList<Notifications.NotificationKind> Muted { get; init; } = [];
}

public sealed record TokenRow(Guid Id, string Name, string Prefix, DateTime CreatedAt, DateTime ExpiresAt, DateTime? LastUsedAt);

/// <param name="Team">Tells namesakes apart; null for people without one.</param>
public sealed record PersonName(Guid Id, string Name, string? Team);

public sealed record UserRow(Guid Id, string Name, Role Role);
