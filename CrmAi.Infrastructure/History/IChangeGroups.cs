using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;

namespace CrmAi.Infrastructure.History;

/// <summary>Long work whose batches are change sets of one group. The feature that does it tells how far it is, and takes it back.</summary>
internal interface IChangeGroups
{
    /// <summary>Groups that were taken back to the end: they are told of by what took them back.</summary>
    IQueryable<Guid> TakenBack(AppDbContext db);

    /// <summary>Those of the groups that are this feature's.</summary>
    Task<IReadOnlyDictionary<Guid, ChangeGroup>> OfAsync(AppDbContext db, IReadOnlyList<Guid> ids, CancellationToken ct);

    /// <summary>Takes a group back, as the present user may.</summary>
    Task<Result<Guid>> UndoAsync(Guid id, CancellationToken ct);
}

/// <param name="Rows">Records that it changed.</param>
/// <param name="Progress">While it, or its taking back, runs.</param>
/// <param name="Refusal">Why it cannot be taken back.</param>
/// <param name="Of">What it took back, where it is such work itself: the command, who gave it, and when.</param>
/// <param name="Subject">What is open to the present user of it.</param>
internal sealed record ChangeGroup(int Rows, UndoProgress? Progress, Error? Refusal, (string Command, Guid UserId, DateTime At)? Of = null, UndoSubject? Subject = null);
