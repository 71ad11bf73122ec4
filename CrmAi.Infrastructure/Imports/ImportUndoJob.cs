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
/// Takes an import back, the last rows first, then the companies and labels that it made along. Records that somebody changed or used since stay, each with the reason. What is taken back in a batch,
/// what stays of it and how far that has come are one transaction.
/// </summary>
internal sealed class ImportUndoJob(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ImportReversal reversal, LabelReversal labels, TermRemoval terms, ILiveUpdates live, TimeProvider time, ILogger<ImportUndoJob> log) : IJobHandler
{
    private const int Most = 500, Fewest = 60;

    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(400);

    public static string Kind => "import.undo";

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        var (work, told, owner) = (new Work(new(time, Most, Fewest)), (long?)null, Guid.Empty);
        for (var more = true; more;)
        {
            ct.ThrowIfCancellationRequested();
            Viewer viewer;
            try { viewer = await user.GetAsync(ct); }
            catch (NotSignedInException) { throw new JobRefusedException(Error.Forbidden.Code); }
            await using var db = await contexts.CreateDbContextAsync(ct);
            var import = await db.Imports.AsNoTracking().SingleAsync(i => i.Id == lease.SubjectId, ct);
            owner = import.UserId;
            work.Gone ??= await terms.LeftAsync(import, ct);
            more = await StepAsync(db, import, viewer, lease, work, ct);
            await Task.Yield();
            if (more && told is { } last && time.GetElapsedTime(last) < Calm) continue;
            told = time.GetTimestamp();
            live.Publish(LiveTopic.JobOn(import.Id));
            live.Publish(LiveTopic.ImportsOf(owner));
            live.Publish(LiveTopic.Changes);
        }
        live.Publish(LiveTopic.ContactsOf(owner));
        live.Publish(LiveTopic.Deletions);
        log.LogInformation("Import {Import} is taken back; its longest transaction took {Milliseconds} ms", lease.SubjectId, (int)work.Pace.Longest.TotalMilliseconds);
    }

    /// <summary>False when all is done.</summary>
    private async Task<bool> StepAsync(AppDbContext db, Import import, Viewer viewer, JobLease lease, Work work, CancellationToken ct)
    {
        var items = await db.ImportItems.AsNoTracking().Where(i => i.ImportId == import.Id && i.Phase == ImportPhase.Run && i.Number < import.UndoneFrom && i.RecordId != null && (i.Outcome == RowOutcome.Created || i.Outcome == RowOutcome.Updated))
            .OrderByDescending(i => i.Number).Take(work.Pace.Size).ToListAsync(ct);
        if (items.Count > 0)
        {
            var rows = await reversal.OfRowsAsync(db, import, items, viewer, lease.JobId, Now, ct);
            await TryWriteAsync(db, import, rows, items[^1].Number, lease, work, ct);
            return true;
        }
        work.Companies ??= await ImportReversal.CompaniesAsync(db, import, viewer, ct);
        if (work.Companies.Count > 0)
        {
            List<Guid> some = [.. work.Companies.Take(work.Pace.Size)];
            if (!await TryWriteAsync(db, import, await reversal.OfCompaniesAsync(db, import, some, viewer, lease.JobId, Now, ct), import.UndoneFrom, lease, work, ct)) return true;
            for (var i = 0; i < some.Count; i++) work.Companies.Dequeue();
            return true;
        }
        await terms.RemoveAsync(work.Gone!, work.Pace, ct);
        await labels.RunAsync(import, viewer, lease, work.Pace, ct);
        await EndAsync(db, import, lease, ct);
        return false;
    }

    /// <summary>False where somebody saved one of these records in between: the batch is to be read again.</summary>
    private async Task<bool> TryWriteAsync(AppDbContext db, Import import, ReversalBatch taken, int from, JobLease lease, Work work, CancellationToken ct)
    {
        var (done, kept, companies) = (taken.Records, taken.Kept.Count, taken.Companies.Count + taken.OtherCompanies);
        var bulk = new BulkWriter(db);
        var stay = bulk.Render(taken.Kept);
        await lease.ProgressAsync(db, import.UndoDone + done, Math.Max(import.UndoTotal, import.UndoDone + done), ct);
        await ContactTermWriting.CalmAsync(db, ct);
        var started = time.GetTimestamp();
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await taken.WriteAsync(db, bulk, ct);
            await bulk.WriteAsync(stay, ct);
            var counted = await db.Imports.Where(i => i.Id == import.Id && i.UndoneFrom == import.UndoneFrom && i.UndoDone == import.UndoDone).ExecuteUpdateAsync(set => set
                .SetProperty(i => i.UndoneFrom, from).SetProperty(i => i.UndoDone, i => i.UndoDone + done).SetProperty(i => i.UndoKept, i => i.UndoKept + kept).SetProperty(i => i.UndoneCompanies, i => i.UndoneCompanies + companies), ct);
            if (counted == 0) throw new LeaseLostException();
            await transaction.CommitAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Unless it was the lease that was lost.
            await using var fresh = await contexts.CreateDbContextAsync(ct);
            if (!await fresh.Jobs.AnyAsync(j => j.Id == lease.JobId && j.LeasedBy == lease.Holder, ct)) throw;
            return false;
        }
        work.Pace.Note(time.GetElapsedTime(started));
        work.Gone!.Contacts.AddRange(taken.Contacts);
        work.Gone.Accounts.AddRange(taken.Companies);
        if (work.Gone.Contacts.Count >= TermRemoval.Many || work.Gone.Accounts.Count >= TermRemoval.Many) await terms.RemoveAsync(work.Gone, work.Pace, ct);
        return true;
    }

    private async Task EndAsync(AppDbContext db, Import import, JobLease lease, CancellationToken ct)
    {
        var now = Now;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await lease.FinishAsync(db, now, JobState.Done, ct);
        // Whose it was and who took it back, where these are two.
        foreach (var told in new[] { import.UserId, lease.UserId }.Distinct()) NotificationRows.Add(db, told, NotificationKind.ImportEnded, $"import.undo:{import.Id:N}", null, import.FileName, now, import.Id);
        await db.SaveChangesAsync(ct);
        await db.Imports.Where(i => i.Id == import.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.State, ImportState.Undone).SetProperty(i => i.UndoneAt, now), ct);
        await transaction.CommitAsync(ct);
    }

    private sealed class Work(BatchPace pace)
    {
        public BatchPace Pace => pace;
        public GoneRecords? Gone { get; set; }
        public Queue<Guid>? Companies { get; set; }
    }
}
