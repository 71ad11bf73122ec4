using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.BulkEdits;

internal sealed class BulkEdits(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, BulkSelections selections, ILiveUpdates live, TimeProvider time) : IBulkEdits
{
    private const int PersonLane = 100, ItemsAtOnce = 2_500, ShownFailures = 100;

    private static readonly TimeSpan Written = TimeSpan.FromMinutes(10);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<Result<Guid>> StartAsync(BulkRequest request, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.WriteContacts)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await BulkChange.CheckAsync(db, viewer, request.Action, request.TargetId, request.Value, ct) is { } refusal) return refusal;
        var ids = await selections.OfAsync(db, viewer, request, ct);
        if (ids.Count == 0) return new Error("bulk.empty", null);
        if (ids.Count > BulkEdit.MaxContacts) return new Error("bulk.limit", null, BulkEdit.MaxContacts);
        return await WriteAsync(new() { UserId = viewer.Id, JobId = Ids.Next(), Action = request.Action, TargetId = request.TargetId, Value = request.Value, Total = ids.Count, CreatedAt = Now }, ids, ct);
    }

    public async Task<BulkProgress?> ProgressAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.BulkEdits.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id && b.UserId == viewer.Id, ct) is not { } edit) return null;
        var state = await StateAsync(db, edit, ct);
        var names = db.Contacts.VisibleTo(viewer, deletedToo: true);
        var failures = edit.Failed == 0 ? [] : await db.BulkItems.Where(i => i.BulkEditId == id && i.ErrorCode != null).OrderBy(i => i.Number).Take(ShownFailures)
            .Select(i => new BulkFailure(i.ContactId, names.Where(c => c.Id == i.ContactId).Select(c => c.Name).FirstOrDefault(), i.ErrorCode!)).ToListAsync(ct);
        return new(edit.Id, edit.Action, edit.IsUndo, state, edit.Total, edit.Done, edit.Failed, failures, await RefusedUndoAsync(db, edit, state, ct) is null);
    }

    public async Task<Result> CancelAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.BulkEdits.Where(b => b.Id == id && b.UserId == viewer.Id).ExecuteUpdateAsync(set => set.SetProperty(b => b.IsCancelled, true), ct) == 0) return Error.NotFound;
        // One that runs sees it before its next batch; one that waits for a worker ends here.
        var now = Now;
        await db.Jobs.Where(j => j.SubjectId == id && j.Kind == BulkEditJob.Kind && j.State == JobState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(j => j.State, JobState.Cancelled).SetProperty(j => j.FinishedAt, now), ct);
        live.Publish(LiveTopic.User(viewer.Id));
        return Result.Ok;
    }

    public async Task<Result<Guid>> UndoAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.WriteContacts)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        // A manager may take back what their team did, as far as each contact lets them.
        var mayReach = db.BulkEdits.Where(b => b.UserId == viewer.Id || viewer.Role == Role.Admin
            || (viewer.Role == Role.Manager && db.Users.Any(u => u.Id == b.UserId && u.TeamId != null && viewer.TeamIds.Contains(u.TeamId.Value))));
        if (await mayReach.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, ct) is not { } edit) return Error.NotFound;
        if (await RefusedUndoAsync(db, edit, await StateAsync(db, edit, ct), ct) is { } refusal) return refusal;
        var ids = await db.BulkItems.Where(i => i.BulkEditId == id && i.IsDone && i.ErrorCode == null).OrderBy(i => i.Number).Select(i => i.ContactId).ToListAsync(ct);
        return await WriteAsync(new() { UserId = viewer.Id, JobId = Ids.Next(), Action = edit.Action, TargetId = edit.TargetId, Value = edit.Value, IsUndo = true, UndoOf = id, Total = ids.Count, CreatedAt = Now }, ids, ct);
    }

    private async Task<Error?> RefusedUndoAsync(AppDbContext db, BulkEdit edit, JobState state, CancellationToken ct)
    {
        if (state is JobState.Waiting or JobState.Running) return new("bulk.running", null);
        if (edit.Done == edit.Failed) return new("bulk.empty", null);
        if (await Undos(db, edit.Id).AnyAsync(ct)) return new("undo.done", null);
        return edit.CreatedAt < Now.AddDays(-IHistory.UndoDays) ? new("undo.late", null, IHistory.UndoDays) : null;
    }

    // Asked again inside the transaction that writes it: whoever comes at the same moment waits here for the first one's commit.
    private async Task<bool> IsTakenBackAsync(AppDbContext db, Guid id, CancellationToken ct)
    {
        await db.BulkEdits.Where(b => b.Id == id).ExecuteUpdateAsync(set => set.SetProperty(b => b.IsCancelled, b => b.IsCancelled), ct);
        return await Undos(db, id).AnyAsync(ct);
    }

    // One that was never written to its end, as when the process was killed, stands in nobody's way.
    private IQueryable<BulkEdit> Undos(AppDbContext db, Guid id)
    {
        var lately = Now - Written;
        return db.BulkEdits.Where(b => b.UndoOf == id && (b.CreatedAt > lately || db.Jobs.Any(j => j.Id == b.JobId)));
    }

    // A job that is not yet written is on its way.
    private static async Task<JobState> StateAsync(AppDbContext db, BulkEdit edit, CancellationToken ct) =>
        await db.Jobs.Where(j => j.Id == edit.JobId).Select(j => (JobState?)j.State).SingleOrDefaultAsync(ct) ?? JobState.Waiting;

    // The job comes with the last items: nobody works on a selection that is half written, and no transaction is long.
    private async Task<Result<Guid>> WriteAsync(BulkEdit edit, List<Guid> contacts, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var bulk = new BulkWriter(db);
        var items = contacts.Select((contact, number) => new BulkItem { BulkEditId = edit.Id, Number = number, ContactId = contact }).Chunk(ItemsAtOnce).ToList();
        for (var i = 0; i < items.Count; i++)
        {
            var isLast = i == items.Count - 1;
            await using (var transaction = await db.Database.BeginTransactionAsync(ct))
            {
                if (i == 0 && edit.UndoOf is { } undone && await IsTakenBackAsync(db, undone, ct)) return new Error("undo.done", null);
                if (i == 0) await bulk.WriteAsync([edit], ct);
                await bulk.WriteAsync(items[i], ct);
                if (isLast)
                {
                    db.Jobs.Add(new()
                    {
                        Id = edit.JobId, Kind = BulkEditJob.Kind, Lane = edit.Total <= PersonLane ? JobLane.Person : JobLane.Bulk, SubjectId = edit.Id, UserId = edit.UserId, Total = edit.Total, DueAt = Now, CreatedAt = Now,
                    });
                    await db.SaveChangesAsync(ct);
                }
                await transaction.CommitAsync(ct);
            }
        }
        await db.SaveChangesAsync(ct);
        live.Publish(LiveTopic.User(edit.UserId));
        return edit.Id;
    }
}
