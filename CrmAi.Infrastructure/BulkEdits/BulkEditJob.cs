using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CrmAi.Infrastructure.BulkEdits;

/// <summary>
/// Does a bulk edit batch by batch. A batch's contacts, its change set and the marks on its items are one transaction:
/// whoever takes the job over goes on with the first unmarked item.
/// </summary>
internal sealed class BulkEditJob(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ChangeRecorder recorder, ILiveUpdates live, TimeProvider time, ILogger<BulkEditJob> log) : IJobHandler
{
    // A page that shows progress need not read more often.
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(400);

    public static string Kind => "bulk-edit";

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        var pace = new BatchPace(time);
        var told = time.GetTimestamp();
        while (await StepAsync(lease, pace, ct))
        {
            // Between two batches the database is everybody's.
            await Task.Yield();
            if (time.GetElapsedTime(told) < Calm) continue;
            told = time.GetTimestamp();
            live.Publish(LiveTopic.User(lease.UserId));
        }
        live.Publish(LiveTopic.User(lease.UserId));
        log.LogInformation("Bulk edit {BulkEdit} ended; its longest save took {Milliseconds} ms", lease.SubjectId, (int)pace.Longest.TotalMilliseconds);
    }

    /// <summary>False when the job has ended.</summary>
    private async Task<bool> StepAsync(JobLease lease, BatchPace pace, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var edit = await db.BulkEdits.SingleAsync(b => b.Id == lease.SubjectId, ct);
        var items = edit.IsCancelled ? [] : await db.BulkItems.Where(i => i.BulkEditId == edit.Id && !i.IsDone).OrderBy(i => i.Number).Take(pace.Size).ToListAsync(ct);
        if (items.Count == 0)
        {
            await lease.FinishAsync(db, Now, edit.IsCancelled ? JobState.Cancelled : JobState.Done, ct);
            await db.SaveChangesAsync(ct);
            return false;
        }
        await ChangeAsync(db, viewer, edit, items, ct);
        edit.Done += items.Count;
        edit.Failed += items.Count(i => i.ErrorCode is not null);
        await lease.ProgressAsync(db, edit.Done, edit.Total, ct);
        db.Begin(edit.IsUndo ? "bulk.undo" : $"bulk.{edit.Action.ToString().ToLowerInvariant()}", viewer, Now, groupId: edit.Id);
        try { await pace.SaveAsync(db, ct); }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody saved one of these contacts in between: the batch is read again, unless it was the lease that was lost.
            await using var fresh = await contexts.CreateDbContextAsync(ct);
            if (!await fresh.Jobs.AnyAsync(j => j.Id == lease.JobId && j.LeasedBy == lease.Holder, ct)) throw;
        }
        return true;
    }

    private async Task ChangeAsync(AppDbContext db, Viewer viewer, BulkEdit edit, List<BulkItem> items, CancellationToken ct)
    {
        var ids = items.ConvertAll(i => i.ContactId);
        var rows = db.Contacts.VisibleTo(viewer, deletedToo: edit.IsUndo).Include(c => c.Shares).Where(c => ids.Contains(c.Id));
        if (edit.Action is BulkAction.AddTag or BulkAction.RemoveTag) rows = rows.Include(c => c.Tags);
        var contacts = await rows.AsSplitQuery().ToDictionaryAsync(c => c.Id, ct);
        if (edit.IsUndo)
        {
            var reversal = await BulkReversal.OfAsync(db, viewer, edit, ids, recorder, Now, ct);
            foreach (var item in items) (item.IsDone, item.ErrorCode) = (true, await reversal.ApplyAsync(item.ContactId, contacts.GetValueOrDefault(item.ContactId), ct));
            return;
        }
        var change = await BulkChange.OfAsync(db, viewer, edit, Now, ct);
        foreach (var item in items)
            (item.IsDone, item.ErrorCode) = (true, change.Succeeded ? change.Value.Apply(contacts.GetValueOrDefault(item.ContactId)) : change.Errors[0].Code);
    }
}
