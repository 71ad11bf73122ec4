using CrmAi.Domain.Imports;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Notifications;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Infrastructure.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CrmAi.Infrastructure.Imports;

/// <summary>
/// Takes an import back, the last rows first, then the companies that it made along. Records that somebody changed or used since stay, each with the reason. What is taken back in a batch, what stays
/// of it and how far that has come are one transaction.
/// </summary>
internal sealed class ImportUndoJob(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ImportReversal reversal, ILiveUpdates live, TimeProvider time, ILogger<ImportUndoJob> log) : IJobHandler
{
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(400);

    public static string Kind => "import.undo";

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        var (pace, told, owner) = (new BatchPace(time), (long?)null, Guid.Empty);
        for (var more = true; more;)
        {
            ct.ThrowIfCancellationRequested();
            Viewer viewer;
            try { viewer = await user.GetAsync(ct); }
            catch (NotSignedInException) { throw new JobRefusedException(Error.Forbidden.Code); }
            await using var db = await contexts.CreateDbContextAsync(ct);
            var import = await db.Imports.AsNoTracking().SingleAsync(i => i.Id == lease.SubjectId, ct);
            owner = import.UserId;
            more = await StepAsync(db, import, viewer, lease, pace, ct);
            await Task.Yield();
            if (more && told is { } last && time.GetElapsedTime(last) < Calm) continue;
            told = time.GetTimestamp();
            live.Publish(LiveTopic.JobOn(import.Id));
            live.Publish(LiveTopic.ImportsOf(owner));
            live.Publish(LiveTopic.Changes);
        }
        live.Publish(LiveTopic.ContactsOf(owner));
        live.Publish(LiveTopic.Deletions);
        log.LogInformation("Import {Import} is taken back; its longest transaction took {Milliseconds} ms", lease.SubjectId, (int)pace.Longest.TotalMilliseconds);
    }

    /// <summary>False when all is done.</summary>
    private async Task<bool> StepAsync(AppDbContext db, Import import, Viewer viewer, JobLease lease, BatchPace pace, CancellationToken ct)
    {
        var items = await db.ImportItems.AsNoTracking().Where(i => i.ImportId == import.Id && i.Phase == ImportPhase.Run && i.Number < import.UndoneFrom && i.RecordId != null && (i.Outcome == RowOutcome.Created || i.Outcome == RowOutcome.Updated))
            .OrderByDescending(i => i.Number).Take(pace.Size).ToListAsync(ct);
        var taken = items.Count > 0 ? await reversal.OfRowsAsync(db, import, items, viewer, lease.JobId, Now, ct) : await reversal.OfCompaniesAsync(db, import, viewer, lease.JobId, pace.Size, Now, ct);
        var from = items.Count > 0 ? items[^1].Number : import.UndoneFrom;
        if (items.Count == 0 && taken is null)
        {
            await EndAsync(db, import, lease, ct);
            return false;
        }
        var (done, kept) = (taken!.Records, taken.Kept.Count);
        var bulk = new BulkWriter(db);
        var stay = bulk.Render(taken.Kept);
        await lease.ProgressAsync(db, import.UndoDone + done, Math.Max(import.UndoTotal, import.UndoDone + done), ct);
        var started = time.GetTimestamp();
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await taken.WriteAsync(db, bulk, ct);
            await bulk.WriteAsync(stay, ct);
            var counted = await db.Imports.Where(i => i.Id == import.Id && i.UndoneFrom == import.UndoneFrom && i.UndoDone == import.UndoDone).ExecuteUpdateAsync(set => set
                .SetProperty(i => i.UndoneFrom, from).SetProperty(i => i.UndoDone, i => i.UndoDone + done).SetProperty(i => i.UndoKept, i => i.UndoKept + kept), ct);
            if (counted == 0) throw new LeaseLostException();
            await transaction.CommitAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody saved one of these records in between: the batch is read again, unless it was the lease that was lost.
            await using var fresh = await contexts.CreateDbContextAsync(ct);
            if (!await fresh.Jobs.AnyAsync(j => j.Id == lease.JobId && j.LeasedBy == lease.Holder, ct)) throw;
            return true;
        }
        pace.Note(time.GetElapsedTime(started));
        return true;
    }

    private async Task EndAsync(AppDbContext db, Import import, JobLease lease, CancellationToken ct)
    {
        var now = Now;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await lease.FinishAsync(db, now, JobState.Done, ct);
        NotificationRows.Add(db, import.UserId, NotificationKind.ImportEnded, $"import.undo:{import.Id:N}", null, import.FileName, now, import.Id);
        await db.SaveChangesAsync(ct);
        await db.Imports.Where(i => i.Id == import.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.State, ImportState.Undone).SetProperty(i => i.UndoneAt, now), ct);
        await transaction.CommitAsync(ct);
    }
}
