using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Tasks;

/// <summary>Who asked for it: a person, an accepted suggestion, what was read in a conversation, a rule of the company.</summary>
public enum TaskOrigin { Person, NextAction, Analysis, Rule }

public enum TaskState { Open, Done, Cancelled }

/// <summary>
/// Something that one person is to do. Seen by that person, by managers of their team and by administrators; with its contact deleted it is away,
/// and back when the contact is.
/// </summary>
public sealed class TaskItem : IRecorded, IVersioned, IDeletable
{
    /// <summary>Characters.</summary>
    public const int MaxTitle = 200, MaxNote = 2_000;

    public Guid Id { get; init; } = Ids.Next();
    public Guid OwnerId { get; set; }
    public required string Title { get; set; }
    public string? Note { get; set; }

    /// <summary>UTC. Without a time of day the last second of the day on its owner's clock; null for some day.</summary>
    public DateTime? DueAt { get; set; }
    public bool HasTime { get; set; }
    public Priority Priority { get; set; } = Priority.Medium;

    public Guid? ContactId { get; set; }
    public Contact? Contact { get; init; }
    public Guid? AccountId { get; set; }

    public TaskOrigin Origin { get; init; }

    /// <summary>What asked for it; one task comes of it, however often it is accepted.</summary>
    public Guid? OriginId { get; init; }

    public TaskState State { get; set; }
    public DateTime? CompletedAt { get; set; }
    public Guid? CompletedBy { get; set; }

    /// <summary>When its owner is to be told that it is due; null where that is past or there is nothing to tell. Kept in step whenever it is saved.</summary>
    public DateTime? RemindAt { get; set; }

    public Guid CreatedBy { get; init; }
    public DateTime CreatedAt { get; set; }
    public DateTime? DeletedAt { get; set; }
    public int Version { get; set; }
}
