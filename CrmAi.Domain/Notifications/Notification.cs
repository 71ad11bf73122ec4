using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Notifications;

public enum NotificationKind { TaskDue, TaskAssigned, FollowUpDue, AnalysisFailed, ContactShared, ContactAssigned, MorningBrief, NightRun, ExportReady, ImportEnded }

/// <summary>Something that one person is told, once. Carries ids: what it is about is read under that person's rights when it is shown.</summary>
public sealed class Notification
{
    /// <summary>Characters.</summary>
    public const int MaxKey = 100, MaxText = 500;

    /// <summary>Days after which it is gone.</summary>
    public const int KeptDays = 30;

    public Guid Id { get; init; } = Ids.Next();
    public Guid UserId { get; init; }
    public NotificationKind Kind { get; init; }

    /// <summary>What is told; the same is not told to the same person twice.</summary>
    public required string Key { get; init; }
    public Guid? ContactId { get; init; }

    /// <summary>The task, conversation or other record that it leads to, where that is not the contact.</summary>
    public Guid? SubjectId { get; init; }
    public string? Text { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime? ReadAt { get; set; }
}

/// <summary>How far a sweep over what falls due has come.</summary>
public sealed class SweepMark
{
    public required string Name { get; init; }

    /// <summary>All that fell due until then is told.</summary>
    public DateTime Until { get; set; }
}
