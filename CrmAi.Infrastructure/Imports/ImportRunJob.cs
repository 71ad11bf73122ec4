using CrmAi.Domain.Imports;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Infrastructure.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CrmAi.Infrastructure.Imports;

/// <summary>
/// Imports a file batch by batch. A batch's records, its change set, what became of its rows and how far the import has come are one transaction:
/// whoever takes the job over goes on with the first row that is not dealt with.
/// </summary>
internal sealed class ImportRunJob(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ImportSources sources, BatchWriting writing, ContactTermWriting terms, ILiveUpdates live, TimeProvider time, ILogger<ImportRunJob> log) : IJobHandler
{
    private const int MostAgain = 50;

    // A page that shows progress need not read more often.
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(400);

    public static string Kind => "import.run";

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        var viewer = await ViewerAsync(ct);
        await using var open = await sources.OpenAsync(lease.SubjectId, viewer, isTrial: false, ct);
        var progress = new ImportProgress(open.Import);
        await terms.CatchUpAsync(open.Import, lease, ct);
        var (pace, seen) = (new BatchPace(time, most: 400, fewest: 60), new FileKeys());
        try
        {
            await using var source = new RowSource(open.Rows(ct), open.Importer, open.Import.LastNumber, seen, ct, await MadeAsync(open.Import, ct));
            await GoAsync(open, source, seen, progress, pace, lease, ct);
        }
        catch (Exception fault) when (fault is not (LeaseLostException or DbUpdateConcurrencyException or OperationCanceledException))
        {
            // What is written is found, whatever stopped the rest.
            await terms.WriteAsync(open.Import.Id, progress, pace, ct);
            throw;
        }
        Tell(open.Import);
        live.Publish(LiveTopic.ContactsOf(open.Import.UserId));
        log.LogInformation("Import {Import} ended; its longest transaction took {Milliseconds} ms, {Repeats} batches were decided anew", lease.SubjectId, (int)pace.Longest.TotalMilliseconds, progress.Repeats);
    }

    private async Task GoAsync(OpenImport open, RowSource source, FileKeys seen, ImportProgress progress, BatchPace pace, JobLease lease, CancellationToken ct)
    {
        DecidedBatch? present = null;
        // Decided beside a batch that was not written: to be decided anew.
        IReadOnlyList<RowDraft> waiting = [];
        var again = 0;
        try
        {
            for (long? told = null; ;)
            {
                ct.ThrowIfCancellationRequested();
                var viewer = await ViewerAsync(ct);
                if (!ImportSources.May(viewer, open.Mapping.Kind)) throw new JobRefusedException(Error.Forbidden.Code);
                var stopped = await StoppedAsync(lease, ct);
                if (stopped is null) present ??= await NextAsync(viewer, null);
                if (stopped is not null || present is null)
                {
                    await terms.WriteAsync(open.Import.Id, progress, pace, ct);
                    await EndAsync(lease, open.Import, stopped ?? ImportState.Done, ct);
                    return;
                }
                seen.Stage(present.Decided.Remembered);
                var batch = present;
                present = null;
                var ahead = open.Importer.DecidesAhead && waiting.Count == 0 ? Task.Run(() => NextAsync(viewer, batch), ct) : Task.FromResult<DecidedBatch?>(null);
                await using (batch)
                {
                    var isWritten = false;
                    try
                    {
                        isWritten = await writing.TryWriteAsync(open, progress, lease, batch, pace, ct);
                        if (isWritten) await terms.FollowAsync(open.Import.Id, progress, pace, ct);
                    }
                    finally
                    {
                        // It reads what is staged, and is nobody's where this one fails.
                        await ((Task)ahead).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                        if (ahead.IsCompletedSuccessfully) present = await ahead;
                    }
                    if (isWritten) seen.Settle();
                    else seen.Drop();
                    await ahead; // with its fault, if it has one: the rows it took are begun again by the next worker
                    if (!isWritten) present = await AnewAsync(viewer, batch, present);
                    if (!isWritten) progress.Repeats++;
                    // What is refused so often for others' sake is put off, and the lane is free meanwhile.
                    again = isWritten ? 0 : again + 1;
                    if (again == MostAgain) throw new DbUpdateConcurrencyException($"A batch was decided anew {again} times.");
                }
                // Between two batches the database is everybody's.
                await Task.Yield();
                if (told is { } last && time.GetElapsedTime(last) < Calm) continue;
                told = time.GetTimestamp();
                Tell(open.Import);
            }
        }
        finally
        {
            if (present is not null) await present.DisposeAsync();
        }

        async Task<DecidedBatch?> NextAsync(Viewer viewer, DecidedBatch? before)
        {
            var rows = waiting.Count > 0 ? waiting : await source.TakeAsync(pace.Size, ct);
            waiting = [];
            return rows.Count == 0 ? null : await writing.DecideAsync(open, viewer, rows, seen, before, ct);
        }

        async Task<DecidedBatch> AnewAsync(Viewer viewer, DecidedBatch batch, DecidedBatch? after)
        {
            if (after is not null)
            {
                waiting = after.Rows;
                await after.DisposeAsync();
            }
            return await writing.DecideAsync(open, viewer, batch.Rows, seen, null, ct);
        }
    }

    private async Task<IReadOnlySet<int>> MadeAsync(Import import, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return import.LastNumber == 0 ? new HashSet<int>() : await db.ImportItems.Where(i => i.ImportId == import.Id && i.Phase == ImportPhase.Run && i.Outcome == RowOutcome.Created && i.Number > 0 && i.Number <= import.LastNumber).Select(i => i.Number).ToHashSetAsync(ct);
    }

    /// <exception cref="JobRefusedException">They have left.</exception>
    private async Task<Viewer> ViewerAsync(CancellationToken ct)
    {
        try { return await user.GetAsync(ct); }
        catch (NotSignedInException) { throw new JobRefusedException(Error.Forbidden.Code); }
    }

    private async Task<ImportState?> StoppedAsync(JobLease lease, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var asked = await db.Imports.Where(i => i.Id == lease.SubjectId).Select(i => new { i.IsPauseAsked, i.IsCancelAsked }).SingleAsync(ct);
        return asked.IsCancelAsked ? ImportState.Cancelled : asked.IsPauseAsked ? ImportState.Paused : null;
    }

    private async Task EndAsync(JobLease lease, Import import, ImportState state, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = Now;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await lease.FinishAsync(db, now, state == ImportState.Done ? JobState.Done : JobState.Cancelled, ct);
        if (state == ImportState.Done) NotificationRows.Add(db, import.UserId, Domain.Notifications.NotificationKind.ImportEnded, $"import:{import.Id:N}", null, import.FileName, now, import.Id);
        await db.SaveChangesAsync(ct);
        await db.Imports.Where(i => i.Id == import.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.State, state).SetProperty(i => i.IsPauseAsked, false).SetProperty(i => i.IsCancelAsked, false)
            .SetProperty(i => i.FinishedAt, state == ImportState.Paused ? null : now), ct);
        await transaction.CommitAsync(ct);
    }

    private void Tell(Import import)
    {
        live.Publish(LiveTopic.JobOn(import.Id));
        live.Publish(LiveTopic.ImportsOf(import.UserId));
        live.Publish(LiveTopic.Changes);
    }
}
