using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.History;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.BulkEdits;

/// <summary>Bulk edits among all that can be undone.</summary>
internal sealed class BulkGroups(IBulkEdits edits) : IChangeGroups
{
    private static readonly JobState[] Ended = [JobState.Done, JobState.Failed, JobState.Cancelled];

    public IQueryable<Guid> TakenBack(AppDbContext db) => db.BulkEdits.Where(b => b.UndoOf != null && db.Jobs.Any(j => j.Id == b.JobId && Ended.Contains(j.State))).Select(b => b.UndoOf!.Value);

    public async Task<IReadOnlyDictionary<Guid, ChangeGroup>> OfAsync(AppDbContext db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var found = await db.BulkEdits.AsNoTracking().Where(b => ids.Contains(b.Id)).Select(b => new
        {
            Edit = b,
            Undo = db.BulkEdits.Where(u => u.UndoOf == b.Id && db.Jobs.Any(j => j.Id == u.JobId)).OrderByDescending(u => u.CreatedAt).FirstOrDefault(),
            Of = db.BulkEdits.FirstOrDefault(o => o.Id == b.UndoOf),
        }).ToListAsync(ct);
        var jobs = found.SelectMany(f => (Guid?[])[f.Edit.JobId, f.Undo?.JobId]).OfType<Guid>().ToList();
        var running = (await db.Jobs.Where(j => jobs.Contains(j.Id) && !Ended.Contains(j.State)).Select(j => j.Id).ToListAsync(ct)).ToHashSet();
        return found.ToDictionary(f => f.Edit.Id, f =>
        {
            var moving = f.Undo is { } undo && running.Contains(undo.JobId) ? undo : running.Contains(f.Edit.JobId) ? f.Edit : null;
            Error? refusal = moving is not null ? new("bulk.running", null) : f.Undo is not null ? new("undo.done", null) : f.Edit.Done == f.Edit.Failed ? new("bulk.empty", null) : null;
            return new ChangeGroup(f.Edit.Done - f.Edit.Failed, moving is null ? null : new(moving.Done, moving.Total), refusal, f.Of is { } of && !of.IsUndo ? (CommandOf(of), of.UserId, of.CreatedAt) : null);
        });
    }

    public Task<Result<Guid>> UndoAsync(Guid id, CancellationToken ct) => edits.UndoAsync(id, ct);

    private static string CommandOf(BulkEdit edit) => $"bulk.{edit.Action.ToString().ToLowerInvariant()}";
}
