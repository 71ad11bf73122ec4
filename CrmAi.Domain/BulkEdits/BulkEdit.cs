using CrmAi.Domain.Shared;

namespace CrmAi.Domain.BulkEdits;

public enum BulkAction { AddTag, RemoveTag, File, Assign, Archive, Unarchive, Delete, SetPriority, SetStage }

/// <summary>One change to many contacts, done in batches by a job. Its change sets carry its id as their group.</summary>
public sealed class BulkEdit
{
    public const int MaxContacts = 100_000;

    public Guid Id { get; init; } = Ids.Next();
    public Guid UserId { get; init; }
    public Guid JobId { get; init; }
    public BulkAction Action { get; init; }

    /// <summary>Tag, folder or user that the action is about.</summary>
    public Guid? TargetId { get; init; }

    /// <summary>Priority or stage that it sets.</summary>
    public string? Value { get; init; }

    /// <summary>Set while it is taken back.</summary>
    public bool IsUndo { get; init; }
    public Guid? UndoOf { get; init; }
    public int Total { get; set; }

    /// <summary>Contacts dealt with, those that failed among them.</summary>
    public int Done { get; set; }
    public int Failed { get; set; }
    public bool IsCancelled { get; set; }
    public DateTime CreatedAt { get; init; }
}

/// <summary>One contact of a bulk edit, and what became of it.</summary>
public sealed class BulkItem
{
    public Guid BulkEditId { get; init; }

    /// <summary>From 0, in the order of the list.</summary>
    public int Number { get; init; }
    public Guid ContactId { get; init; }
    public bool IsDone { get; set; }

    /// <summary>Why it was refused: forbidden, not_found, folder.owner, undo.changed, undo.late, or that the tag, folder or colleague is gone; null where it was not.</summary>
    public string? ErrorCode { get; set; }
}
