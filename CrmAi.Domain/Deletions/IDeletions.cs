using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Deletions;

public enum DeletedKind { Contact, Account, Interaction, Task }

/// <summary>What was deleted and may still be brought back.</summary>
public interface IDeletions
{
    /// <summary>
    /// What was deleted within <see cref="History.IHistory.UndoDays"/> days and this viewer may restore, and nothing else; the latest deletion first. Of a deleted contact's
    /// conversations those that were deleted by themselves are listed once the contact is back. <paramref name="take"/> from 1 to 200. Errors: cursor.unknown.
    /// </summary>
    /// <param name="kind">Null for all kinds.</param>
    Task<Result<Page<DeletedRow>>> ListAsync(DeletedKind? kind, string? after, int take, CancellationToken ct);
}

/// <param name="Name">Of a conversation its subject, or how its text begins.</param>
/// <param name="Owner">Whose it is; a conversation is its author's, a task whose it is to do.</param>
/// <param name="DeletedBy">Null where that is not known.</param>
/// <param name="Until">The end of the time in which it may be restored.</param>
public sealed record DeletedRow(DeletedKind Kind, Guid Id, string Name, string Owner, string? DeletedBy, DateTime DeletedAt, DateTime Until)
{
    /// <summary>What tells it from others of its name: a contact's title and company, a company's industry and city, the contact and company of a task as far as the viewer may see them.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Null but for a conversation.</summary>
    public DeletedTalk? Talk { get; init; }
}

/// <summary>Which conversation it was.</summary>
public sealed record DeletedTalk(Guid ContactId, string ContactName, InteractionType Type, DateTime At);
