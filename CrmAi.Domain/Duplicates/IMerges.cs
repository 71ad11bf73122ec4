using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Duplicates;

/// <summary>Makes one record of two. Everything that belongs to the loser moves to the survivor in one change set; the loser stays as a deleted row that leads to the survivor.</summary>
public interface IMerges
{
    /// <summary>What would become of each field and what would move. Errors: not_found, forbidden (one must be allowed to change both and, where they have different owners, to give the loser away), merge.same.</summary>
    Task<Result<MergePreview>> PreviewAsync(MergeKind kind, Guid survivorId, Guid loserId, CancellationToken ct);

    /// <summary>Errors: as for the preview; conflict (either was saved since it was read), merge.field (no such field).</summary>
    Task<Result<Saved>> MergeAsync(MergeKind kind, MergeRequest request, CancellationToken ct);

    /// <summary>
    /// Both are there again with all that was theirs; what came since stays with the survivor, and so do fields that somebody changed since: they are named.
    /// Errors: not_found, forbidden, undo.done, undo.late (30 days), merge.later (the survivor itself was merged or deleted since).
    /// </summary>
    Task<Result<MergeUndone>> UndoAsync(Guid changeSetId, CancellationToken ct);

    /// <summary>Where a merged record's address leads, over several merges; null for one that was not merged, or where the viewer may not see either.</summary>
    Task<Guid?> SurvivorOfAsync(MergeKind kind, Guid id, CancellationToken ct);
}

public enum MergeKind { Contact, Account }

public enum MergeSide { Survivor, Loser }

public sealed record MergeHead(Guid Id, int Version, string Name, string? Detail, string Owner, DateTime CreatedAt, DateTime UpdatedAt);

/// <param name="Field">As history names it; "Custom." and an id for an administrator's own field.</param>
/// <param name="Survivor">As stored; null for empty. <paramref name="Loser"/> likewise.</param>
/// <param name="Wins">Of the two the newer value that is not empty.</param>
public sealed record MergeField(string Field, string? Survivor, string? Loser, MergeSide Wins)
{
    /// <summary>Both are kept, one after the other.</summary>
    public bool Joins { get; init; }

    /// <summary>The name of an administrator's own field.</summary>
    public string? Label { get; init; }
}

public enum MergePart { Interactions, Tasks, Cards, Tags, Photos, Shares, Corrections, Suggestions, Scripts, Scores, Notifications, Contacts, Confirmation, Registry }

public sealed record MergeCount(MergePart Part, int Count);

/// <param name="Widens">The loser's conversations will be seen by more people than now.</param>
public sealed record MergePreview(MergeKind Kind, MergeHead Survivor, MergeHead Loser, IReadOnlyList<MergeField> Fields, IReadOnlyList<MergeCount> Moves, bool Widens);

/// <param name="Fields">Which side wins, by field; those left out as the preview proposes.</param>
public sealed record MergeRequest(Guid SurvivorId, int SurvivorVersion, Guid LoserId, int LoserVersion, IReadOnlyDictionary<string, MergeSide>? Fields = null);

/// <param name="Kept">Fields that stayed as they are, because somebody changed them since.</param>
public sealed record MergeUndone(Guid ChangeSetId, IReadOnlyList<string> Kept);
