using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Infrastructure.Profiles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.NightRuns;

/// <summary>This process's part in the active run: chooses its contacts if nobody has, then does batches until none is left.</summary>
internal sealed class NightWorkers(IDbContextFactory<AppDbContext> contexts, NightLeases leases, NightBatchWork work, ProfileMaking making, NightReading reading, CompanyDays days, NightMorning morning, IOptions<NightOptions> options, ILiveUpdates live, TimeProvider time, ILogger<NightWorkers> log)
{
    private const int BatchesAtOnce = 100, ScoresTogether = 5;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Answers how many batches were done here.</summary>
    public async Task<int> DrainAsync(CancellationToken ct)
    {
        if (await ActiveAsync(ct) is not { } run) return 0;
        if (run.State == NightRunState.Paused)
        {
            // It was paused during its last batch: nothing is left to go on with.
            await CloseAsync(run.Id, ct);
            return 0;
        }
        if (run.State == NightRunState.Choosing && !await ChooseAsync(run, ct)) return 0;
        var done = (await Task.WhenAll(Enumerable.Range(0, options.Value.Workers).Select(_ => Task.Run(() => DrainAloneAsync(run.Id, ct), ct)))).Sum();
        await CloseAsync(run.Id, ct);
        return done;
    }

    /// <summary>Whether a run would choose anybody at this moment.</summary>
    public async Task<bool> AnyoneAsync(AppDbContext db, CancellationToken ct)
    {
        var terms = await TermsAsync(db, Now, ct);
        foreach (var some in NightChoice.Unread(db, terms.Reader).Append(NightChoice.Looked(db, terms)).Append(NightChoice.Aged(db, terms.Today)))
        {
            if (await some.AnyAsync(ct)) return true;
        }
        return false;
    }

    private async Task<NightTerms> TermsAsync(AppDbContext db, DateTime now, CancellationToken ct) =>
        new(await making.MakerAsync(ct), await reading.ReaderAsync(ct), (await db.NightPlans.AsNoTracking().SingleOrDefaultAsync(ct) ?? new()).StaleDays, days.Of(now), now);

    private async Task<NightRun?> ActiveAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.NightRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Active == 1, ct);
    }

    private async Task<int> DrainAloneAsync(Guid runId, CancellationToken ct)
    {
        var done = 0;
        while (!ct.IsCancellationRequested && await SpendingAsync(runId, ct) is { } spending && await leases.TakeAsync(runId, ct) is { } lease)
        {
            if (await WorkAsync(lease, spending, ct)) done++;
            live.Publish(LiveTopic.NightRuns);
        }
        return done;
    }

    private async Task<bool> WorkAsync(NightLease lease, NightSpending spending, CancellationToken ct)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var beatStop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var beat = leases.BeatAsync(lease, lost, beatStop.Token);
        try
        {
            await work.RunAsync(lease, spending, lost.Token);
            return true;
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            await leases.ReleaseAsync(lease, countsAsAttempt: false);
        }
        catch (Exception fault) when (fault is LeaseLostException || (fault is OperationCanceledException && lost.IsCancellationRequested))
        {
            log.LogInformation("Batch {Number} of run {Run} was taken over by another worker", lease.Number, lease.NightRunId);
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "Batch {Number} of run {Run} failed", lease.Number, lease.NightRunId);
            await leases.ReleaseAsync(lease, countsAsAttempt: true);
        }
        finally
        {
            await beatStop.CancelAsync();
            await beat;
        }
        return false;
    }

    // Null where the run may go no further: what ends it is written down.
    private async Task<NightSpending?> SpendingAsync(Guid runId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.NightRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == runId && r.State == NightRunState.Running, ct) is not { } run) return null;
        var spending = new NightSpending(run.BudgetMicros is null ? 0 : await db.NightBatches.Where(b => b.NightRunId == runId).SumAsync(b => b.CostMicros, ct), run.BudgetMicros, run.EndsAt, time);
        // Scores brought to the day cost nothing: they are done first, whatever was spent.
        NightStop? reason = spending.IsLate ? NightStop.Window : !spending.IsOver || await db.NightBatches.AnyAsync(b => b.NightRunId == runId && b.Work == NightWork.Scores && b.State != NightBatchState.Done, ct) ? null : NightStop.Budget;
        if (reason is null) return spending;
        await morning.PrepareAsync(runId, ct);
        await EndAsync(db, runId, NightRunState.Stopped, reason, ct);
        return null;
    }

    /// <summary>False where somebody else is choosing.</summary>
    private async Task<bool> ChooseAsync(NightRun run, CancellationToken ct)
    {
        var (holder, now) = (Ids.Next(), Now);
        var until = now + options.Value.Lease;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var taken = await db.NightRuns.Where(r => r.Id == run.Id && r.State == NightRunState.Choosing && (r.LeasedUntil == null || r.LeasedUntil < now))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.LeasedBy, holder).SetProperty(r => r.LeasedUntil, until), ct);
        if (taken == 0) return false;
        // Whoever died choosing left some batches: nobody has begun them.
        await db.NightBatches.Where(b => b.NightRunId == run.Id).ExecuteDeleteAsync(ct);
        var chosen = await NightChoice.OfAsync(db, await TermsAsync(db, now, ct), ct);
        var bulk = new BulkWriter(db);
        foreach (var some in Batches(run.Id, chosen).Chunk(BatchesAtOnce))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            until = Now + options.Value.Lease;
            if (await db.NightRuns.Where(r => r.Id == run.Id && r.LeasedBy == holder && r.State == NightRunState.Choosing).ExecuteUpdateAsync(set => set.SetProperty(r => r.LeasedUntil, until), ct) == 0) return false;
            await bulk.WriteAsync(some, ct);
            await transaction.CommitAsync(ct);
        }
        List<NightShare> reasons = [.. chosen.GroupBy(c => c.Reason).OrderBy(g => g.Key).Select(g => new NightShare(g.Key, g.Count()))];
        var begun = await db.NightRuns.Where(r => r.Id == run.Id && r.LeasedBy == holder && r.State == NightRunState.Choosing)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, NightRunState.Running).SetProperty(r => r.Chosen, chosen.Count).SetProperty(r => r.Reasons, reasons).SetProperty(r => r.LeasedBy, (Guid?)null).SetProperty(r => r.LeasedUntil, (DateTime?)null), ct);
        live.Publish(LiveTopic.NightRuns);
        return begun == 1;
    }

    // Scores alone first: they are quick, and the morning counts on them.
    private IEnumerable<NightBatch> Batches(Guid runId, IReadOnlyList<NightChosen> chosen)
    {
        var number = 0;
        foreach (var (work, size) in ((NightWork, int)[])[(NightWork.Scores, ScoresTogether * options.Value.BatchSize), (NightWork.Profiles, options.Value.BatchSize)])
        {
            foreach (var some in chosen.Where(c => c.Reason == NightReason.Aged == (work == NightWork.Scores)).Chunk(size))
                yield return new() { NightRunId = runId, Number = number++, Work = work, ContactIds = [.. some.Select(c => c.ContactId)] };
        }
    }

    // Whoever does the last batch closes the run; both may try.
    private async Task CloseAsync(Guid runId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.NightBatches.AnyAsync(b => b.NightRunId == runId && b.State != NightBatchState.Done, ct) || !await db.NightRuns.AnyAsync(r => r.Id == runId && (r.State == NightRunState.Running || r.State == NightRunState.Paused), ct)) return;
        await morning.PrepareAsync(runId, ct);
        await EndAsync(db, runId, NightRunState.Done, null, ct);
    }

    private async Task EndAsync(AppDbContext db, Guid runId, NightRunState state, NightStop? reason, CancellationToken ct)
    {
        var now = Now;
        var ended = await db.NightRuns.Where(r => r.Id == runId && (r.State == NightRunState.Running || (r.State == NightRunState.Paused && state == NightRunState.Done))).ExecuteUpdateAsync(set => set
            .SetProperty(r => r.State, state).SetProperty(r => r.Reason, reason).SetProperty(r => r.FinishedAt, now).SetProperty(r => r.Active, (int?)null), ct);
        if (ended == 1) live.Publish(LiveTopic.NightRuns);
    }
}
