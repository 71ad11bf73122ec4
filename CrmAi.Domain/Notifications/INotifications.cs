using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Notifications;

/// <summary>What one is told. Nobody reads another's.</summary>
public interface INotifications
{
    /// <summary>Newest first. <paramref name="take"/> from 1 to 200. Errors: cursor.unknown.</summary>
    Task<Result<Page<NotificationRow>>> ListAsync(bool unreadOnly, string? after, int take, CancellationToken ct);

    /// <summary>Counted up to <see cref="CountLimit"/>.</summary>
    Task<int> UnreadAsync(CancellationToken ct);

    /// <summary>One that is read already stays so. Errors: not_found (also somebody else's).</summary>
    Task<Result> ReadAsync(Guid id, CancellationToken ct);

    /// <summary>All until now.</summary>
    Task<Result> ReadAllAsync(CancellationToken ct);

    const int CountLimit = 100;
}

/// <param name="Gone">What it is about is deleted, or no longer for this person to see: names and text are left out.</param>
/// <param name="Subject">The task's title or the conversation's subject.</param>
public sealed record NotificationRow(Guid Id, NotificationKind Kind, Guid? ContactId, string? Contact, Guid? SubjectId, string? Subject, string? Text, bool Gone, DateTime CreatedAt, DateTime? ReadAt);
