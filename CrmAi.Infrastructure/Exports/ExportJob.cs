using System.IO.Pipelines;
using System.Text.Json;
using CrmAi.Domain.Exports;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Notifications;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Infrastructure.Notifications;
using CrmAi.Infrastructure.Platform.Files;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Exports;

/// <summary>Writes a large export. Nothing of it counts before it is whole: whoever takes the job over begins the file anew.</summary>
internal sealed class ExportJob(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, IExports exports, IFileStore files, ILiveUpdates live, TimeProvider time) : IJobHandler
{
    // Bytes of a file; and how often a page hears of progress.
    private const long MaxSize = 2L * 1024 * 1024 * 1024;
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(500);

    public static string Kind => "export";

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.ExportRecords)) throw new JobRefusedException(Error.Forbidden.Code);
        ExportRequest request;
        int total;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            var export = await db.Exports.AsNoTracking().SingleAsync(e => e.Id == lease.SubjectId, ct);
            (request, total) = (JsonSerializer.Deserialize<ExportRequest>(export.Request)!, export.Total);
        }
        try
        {
            var (stored, rows) = await StoreAsync(lease, request, viewer, total, ct);
            var isKept = false;
            try { isKept = await KeepAsync(lease, viewer, stored, rows, ct); }
            finally { if (!isKept) files.Delete(stored.Key); }
        }
        catch (CancelledByPersonException)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await lease.FinishAsync(db, Now, JobState.Cancelled, ct);
            await db.SaveChangesAsync(ct);
        }
    }

    // One end of the pipe writes rows, the other the store's file: neither waits in memory for the other.
    private async Task<(StoredFile File, int Rows)> StoreAsync(JobLease lease, ExportRequest request, Viewer viewer, int total, CancellationToken ct)
    {
        var pipe = new Pipe();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var storing = KeptAsync(pipe.Reader, stop.Token);
        try
        {
            var told = time.GetTimestamp();
            var rows = await ((Exports)exports).WriteAsync(request, viewer, pipe.Writer.AsStream(leaveOpen: true), async row =>
            {
                if (row % 100 != 0 || time.GetElapsedTime(told) < Calm) return;
                told = time.GetTimestamp();
                await ProgressAsync(lease, row, total, ct);
            }, stop.Token);
            await pipe.Writer.CompleteAsync();
            return (await storing, rows);
        }
        catch (Exception fault)
        {
            // The store removes what it has half written.
            await pipe.Writer.CompleteAsync(fault);
            await stop.CancelAsync();
            await ((Task)storing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (storing.Exception?.InnerException is FileTooLargeException) throw new JobRefusedException("export.large");
            if (storing.Exception?.InnerException is IOException full && FullDisk.Is(full)) throw new JobRefusedException("export.store");
            throw;
        }
    }

    // Whoever writes hears that nobody reads any more, and does not wait for ever.
    private async Task<StoredFile> KeptAsync(PipeReader rows, CancellationToken ct)
    {
        try { return await files.SaveAsync(rows.AsStream(), MaxSize, ct); }
        catch (Exception fault)
        {
            await rows.CompleteAsync(fault);
            throw;
        }
    }

    private async Task ProgressAsync(JobLease lease, int row, int total, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Exports.AnyAsync(e => e.Id == lease.SubjectId && e.IsCancelled, ct)) throw new CancelledByPersonException();
        await lease.ProgressAsync(db, row, Math.Max(row, total), ct);
        await db.SaveChangesAsync(ct);
        live.Publish(LiveTopic.ExportsOf(lease.UserId));
    }

    // False where the person cancelled it in the meantime.
    private async Task<bool> KeepAsync(JobLease lease, Viewer viewer, StoredFile stored, int rows, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        // The first statement writes: who cancels at this moment waits, or has done so already.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Exports.Where(e => e.Id == lease.SubjectId).ExecuteUpdateAsync(set => set.SetProperty(e => e.Total, e => e.Total), ct);
        var export = await db.Exports.SingleAsync(e => e.Id == lease.SubjectId, ct);
        if (!export.IsCancelled) (export.StorageKey, export.Size, export.Rows) = (stored.Key, stored.Size, rows);
        await lease.FinishAsync(db, Now, export.IsCancelled ? JobState.Cancelled : JobState.Done, ct);
        if (!export.IsCancelled) NotificationRows.Add(db, lease.UserId, NotificationKind.ExportReady, $"export:{export.Id:N}", null, export.FileName, Now, export.Id);
        db.Begin("export.finish", viewer, Now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return !export.IsCancelled;
    }

    private sealed class CancelledByPersonException : Exception;
}
