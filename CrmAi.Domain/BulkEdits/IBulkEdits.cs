using CrmAi.Domain.Contacts;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.BulkEdits;

/// <summary>One change to many contacts at once. A row that may not be changed fails alone.</summary>
public interface IBulkEdits
{
    /// <summary>
    /// Starts it as a job and answers its id; up to a hundred contacts run in the lane of what a person waits for.
    /// Errors: forbidden, bulk.empty, bulk.limit (args: how many), tag.unknown, folder.unknown, user.unknown, bulk.value.
    /// </summary>
    Task<Result<Guid>> StartAsync(BulkRequest request, CancellationToken ct);

    /// <summary>Null for an unknown one or somebody else's. Told of through LiveTopic.User.</summary>
    Task<BulkProgress?> ProgressAsync(Guid id, CancellationToken ct);

    /// <summary>What is done stays done, and can be taken back. Errors: not_found.</summary>
    Task<Result> CancelAsync(Guid id, CancellationToken ct);

    /// <summary>Takes it back as another job and answers that one's id. Contacts changed since are failures of their own. Errors: forbidden, not_found, bulk.running, bulk.empty (nothing was changed), undo.done, undo.late.</summary>
    Task<Result<Guid>> UndoAsync(Guid id, CancellationToken ct);
}

/// <summary>Either <see cref="Ids"/>, or every contact of <see cref="All"/> except <see cref="Except"/>.</summary>
/// <param name="TargetId">Tag, folder (null: none) or user that the action is about.</param>
/// <param name="Value">Name of the priority or stage.</param>
public sealed record BulkRequest(BulkAction Action, Guid? TargetId = null, string? Value = null, IReadOnlyList<Guid>? Ids = null, ContactQuery? All = null, IReadOnlyList<Guid>? Except = null);

/// <param name="Done">Contacts dealt with, those that failed among them.</param>
/// <param name="Done">Worked through, those that failed among them.</param>
/// <param name="Failures">At most a hundred, in order.</param>
/// <param name="MayUndo">Finished, not yet taken back, and something was changed.</param>
public sealed record BulkProgress(Guid Id, BulkAction Action, bool IsUndo, JobState State, int Total, int Done, int Failed, IReadOnlyList<BulkFailure> Failures, bool MayUndo);

public sealed record BulkFailure(Guid ContactId, string? Name, string Code);
