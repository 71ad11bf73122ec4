using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Tasks;

/// <summary>
/// Tasks one may see: one's own, for a manager those of their teams, for an administrator all. Whoever sees one may change it. A contact or company that the
/// viewer may not see is not named beside it.
/// </summary>
public interface ITasks
{
    /// <summary>In order of the time they are due, those without one last. <paramref name="take"/> from 1 to 200. Errors: cursor.unknown.</summary>
    Task<Result<Page<TaskRow>>> ListAsync(TaskQuery query, string? after, int take, CancellationToken ct);

    /// <summary>How many of one's own are open and due before a moment, counted up to <see cref="TaskQuery.CountLimit"/>.</summary>
    Task<int> DueAsync(DateTime before, CancellationToken ct);

    /// <summary>Null where it does not exist or may not be seen.</summary>
    Task<TaskRow?> GetAsync(Guid id, CancellationToken ct);

    /// <summary>Those to whom one may give a task, oneself first.</summary>
    Task<IReadOnlyList<TaskPerson>> PeopleAsync(CancellationToken ct);

    /// <summary>What a line of text asks for: a day or time said in it is taken out of the title, somebody named in it is whom it is about. Nothing is saved.</summary>
    Task<QuickTask> ReadAsync(string text, CancellationToken ct);

    /// <summary>
    /// Answers its id; for an origin that has a task already, that one's. Errors: see <see cref="TaskRules"/>; user.unknown (whom one may not give it to),
    /// task.contact.unknown, account.unknown (may not be seen), forbidden.
    /// </summary>
    Task<Result<Guid>> AddAsync(NewTask task, CancellationToken ct);

    /// <summary>A contact or company that the viewer was not shown stays. Errors: as for adding; not_found, conflict.</summary>
    Task<Result<Saved>> UpdateAsync(Guid id, int version, TaskEdit edit, CancellationToken ct);

    /// <summary>Errors: not_found, conflict, task.closed (it is done or cancelled).</summary>
    Task<Result<Saved>> CompleteAsync(Guid id, int version, CancellationToken ct);

    /// <summary>Errors: as for completing.</summary>
    Task<Result<Saved>> CancelAsync(Guid id, int version, CancellationToken ct);

    /// <summary>Errors: not_found, conflict, task.open.</summary>
    Task<Result<Saved>> ReopenAsync(Guid id, int version, CancellationToken ct);

    /// <summary>Undone through history. Errors: not_found, conflict.</summary>
    /// <param name="version">The one that was read, where it matters that nobody changed it since; null for whichever it is.</param>
    Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct, int? version = null);

    /// <summary>Brings back one deleted within 30 days, as it was. Errors: not_found, undo.late.</summary>
    Task<Result<Saved>> RestoreAsync(Guid id, CancellationToken ct);
}

/// <param name="DueAt">UTC; any moment of the day where <paramref name="HasTime"/> is false.</param>
/// <param name="OwnerId">Null: oneself.</param>
public sealed record NewTask(string Title, string? Note, DateTime? DueAt, bool HasTime, Guid? OwnerId, Guid? ContactId, Guid? AccountId, TaskOrigin Origin, Guid? OriginId)
{
    public Priority Priority { get; init; } = Priority.Medium;
}

/// <summary>All a person may enter of a task.</summary>
public sealed record TaskEdit
{
    public string Title { get; init; } = "";
    public string? Note { get; init; }

    /// <summary>UTC; without a time of day any moment of the day, on the clock of who enters it.</summary>
    public DateTime? DueAt { get; init; }
    public bool HasTime { get; init; }
    public Priority Priority { get; init; } = Priority.Medium;

    /// <summary>Null: oneself for a new task, as before for another.</summary>
    public Guid? OwnerId { get; init; }
    public Guid? ContactId { get; init; }
    public Guid? AccountId { get; init; }
}

/// <summary>Which tasks; conditions must all hold.</summary>
/// <param name="OwnerId">Null: one's own, or with <paramref name="Everybody"/> all that one may see.</param>
public sealed record TaskQuery(Guid? OwnerId = null, bool Everybody = false)
{
    /// <summary>Counting stops here.</summary>
    public const int CountLimit = 100;

    public Guid? ContactId { get; init; }
    public Guid? AccountId { get; init; }

    /// <summary>Null for all.</summary>
    public TaskState? State { get; init; }

    /// <summary>UTC, due at or after, and before; those without a date are left out by either.</summary>
    public DateTime? DueFrom { get; init; }
    public DateTime? DueBefore { get; init; }

    /// <summary>UTC, done or cancelled at or after, and before.</summary>
    public DateTime? ClosedFrom { get; init; }
    public DateTime? ClosedBefore { get; init; }
}

/// <param name="Fields">Without a contact or company that this viewer may not see.</param>
/// <param name="Contact">Null also where it may not be seen.</param>
/// <param name="Hidden">It is about a contact that this viewer may not see.</param>
/// <param name="ClosedBy">Who did or cancelled it.</param>
public sealed record TaskRow(Guid Id, int Version, TaskEdit Fields, string Owner, string? Contact, bool Hidden, string? Account, TaskState State, TaskOrigin Origin, Guid? OriginId,
    DateTime? ClosedAt, string? ClosedBy, Guid CreatedById, string CreatedBy, DateTime CreatedAt);

/// <param name="ContactId">Null where nobody, or more than one person, is meant.</param>
public sealed record QuickTask(string Title, DateTime? DueAt, bool HasTime, Guid? ContactId, string? Contact);

public sealed record TaskPerson(Guid Id, string Name);
