using System.Data.Common;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.NightRuns;

/// <summary>The right to do one batch for a while.</summary>
internal sealed record NightLease(Guid NightRunId, int Number, Guid Holder, IReadOnlyList<Guid> ContactIds, NightWork Work);

/// <summary>Hands out batches, to the workers of every process that shares the database.</summary>
internal sealed class NightLeases(IDbContextFactory<AppDbContext> contexts, IOptions<NightOptions> options, TimeProvider time, ILogger<NightLeases> log)
{
    /// <summary>A batch that killed so many processes is not begun once more.</summary>
    private const int MostAttempts = JobRetries.MaxAttempts;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>The next batch of a run that is running, the most valuable first; null where none is to be had.</summary>
    public async Task<NightLease?> TakeAsync(Guid runId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        for (; ; )
        {
            var now = Now;
            if (!await db.NightRuns.AnyAsync(r => r.Id == runId && r.State == NightRunState.Running, ct)) return null;
            var batch = await db.NightBatches.AsNoTracking().Where(b => b.NightRunId == runId && (b.State == NightBatchState.Waiting || (b.State == NightBatchState.Running && b.LeasedUntil < now)))
                .OrderBy(b => b.Number).FirstOrDefaultAsync(ct);
            if (batch is null) return null;
            if (batch.Attempts >= MostAttempts)
            {
                await GiveUpAsync(db, batch, ct);
                continue;
            }
            var (holder, until) = (Ids.Next(), now + options.Value.Lease);
            // A stop is heard while looking, not while taking, so that what is taken is known.
            var taken = await db.NightBatches.Where(b => b.NightRunId == runId && b.Number == batch.Number && b.State == batch.State && b.LeasedBy == batch.LeasedBy).ExecuteUpdateAsync(set => set
                .SetProperty(b => b.State, NightBatchState.Running).SetProperty(b => b.LeasedBy, holder).SetProperty(b => b.LeasedUntil, until).SetProperty(b => b.Attempts, batch.Attempts + 1), CancellationToken.None);
            if (taken == 1) return new(runId, batch.Number, holder, batch.ContactIds, batch.Work);
        }
    }

    /// <summary>Signs of life until stopped; cancels <paramref name="lost"/> when somebody else has the batch.</summary>
    public async Task BeatAsync(NightLease lease, CancellationTokenSource lost, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(options.Value.Lease / 3, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                try
                {
                    await using var db = await contexts.CreateDbContextAsync(stop);
                    var until = Now + options.Value.Lease;
                    if (await Held(db, lease).ExecuteUpdateAsync(set => set.SetProperty(b => b.LeasedUntil, until), stop) > 0) continue;
                    await lost.CancelAsync();
                    return;
                }
                catch (DbException fault)
                {
                    log.LogWarning(fault, "Batch {Number} goes on without a sign of life; the next may come through", lease.Number);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the batch ended first
        }
    }

    /// <summary>The process stops in order, or the batch met a fault: another may begin it anew.</summary>
    /// <param name="countsAsAttempt">False where it is not the batch's fault.</param>
    public async Task ReleaseAsync(NightLease lease, bool countsAsAttempt)
    {
        var back = countsAsAttempt ? 0 : 1;
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        await Held(db, lease).ExecuteUpdateAsync(set => set.SetProperty(b => b.State, NightBatchState.Waiting).SetProperty(b => b.Attempts, b => b.Attempts - back)
            .SetProperty(b => b.LeasedBy, (Guid?)null).SetProperty(b => b.LeasedUntil, (DateTime?)null), CancellationToken.None);
    }

    private async Task GiveUpAsync(AppDbContext db, NightBatch batch, CancellationToken ct)
    {
        var now = Now;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ended = await db.NightBatches.Where(b => b.NightRunId == batch.NightRunId && b.Number == batch.Number && b.State == batch.State && b.LeasedBy == batch.LeasedBy).ExecuteUpdateAsync(set => set
            .SetProperty(b => b.State, NightBatchState.Done).SetProperty(b => b.Failed, batch.ContactIds.Count).SetProperty(b => b.FinishedAt, now).SetProperty(b => b.LeasedBy, (Guid?)null), ct);
        if (ended == 1) await new BulkWriter(db).WriteAsync(batch.ContactIds.Select(id => new NightFailure { NightRunId = batch.NightRunId, ContactId = id, ErrorCode = "job.died" }), ct);
        await transaction.CommitAsync(ct);
    }

    public static IQueryable<NightBatch> Held(AppDbContext db, NightLease lease) =>
        db.NightBatches.Where(b => b.NightRunId == lease.NightRunId && b.Number == lease.Number && b.LeasedBy == lease.Holder && b.State == NightBatchState.Running);
}
