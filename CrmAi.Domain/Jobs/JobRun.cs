using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Jobs;

/// <summary>What a person waits for never queues behind bulk work, and what somebody looks on at not even behind what others wait for.</summary>
public enum JobLane { Person, Bulk, Watched }

public enum JobState { Waiting, Running, Done, Failed, Cancelled }

/// <summary>One piece of background work. Written with the change that needs it; owns state, attempts, progress and result.</summary>
public sealed class JobRun
{
    public Guid Id { get; init; } = Ids.Next();
    public required string Kind { get; init; }
    public JobLane Lane { get; init; }

    /// <summary>What it is about; arguments are ids.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>Whose watchers are told of its progress.</summary>
    public Guid? ContactId { get; init; }

    /// <summary>On whose behalf it runs.</summary>
    public Guid UserId { get; init; }

    /// <summary>A person asked for it, whatever they have switched off; otherwise it does nothing once they have.</summary>
    public bool ByHand { get; set; }
    public JobState State { get; set; }
    public int Attempts { get; set; }

    /// <summary>Units done of <see cref="Total"/>.</summary>
    public int Done { get; set; }
    public int Total { get; set; }

    /// <summary>A code that pages put into words.</summary>
    public string? ErrorCode { get; set; }

    /// <summary>Kind of fault, for administrators; no personal data.</summary>
    public string? ErrorDetail { get; set; }

    public Guid? LeasedBy { get; set; }
    public DateTime? LeasedUntil { get; set; }

    /// <summary>Not before this time; later with each attempt.</summary>
    public DateTime DueAt { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime? StartedAt { get; set; }
    public DateTime? FinishedAt { get; set; }
}

/// <summary>When to try again, and when to give up.</summary>
public static class JobRetries
{
    public const int MaxAttempts = 4;

    /// <summary>After 2, 8, 32 seconds, and then not at all. <paramref name="attempts"/> counts those made, from 1.</summary>
    public static TimeSpan? DelayAfter(int attempts) =>
        attempts >= MaxAttempts ? null : TimeSpan.FromSeconds(2 * Math.Pow(4, attempts - 1));
}
