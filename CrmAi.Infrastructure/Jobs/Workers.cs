using System.Collections.Concurrent;
using System.Data.Common;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.BusinessCards;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Exports;
using CrmAi.Infrastructure.Notifications;
using CrmAi.Infrastructure.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.Jobs;

/// <summary>Leases due jobs of a lane and does them, until none is left.</summary>
internal sealed class Workers(IDbContextFactory<AppDbContext> contexts, IServiceScopeFactory scopes, JobKinds kinds, IOptions<JobOptions> options,
    IWorkerBell bell, ILiveUpdates live, TimeProvider time, ILogger<Workers> log)
{
    private readonly ConcurrentDictionary<JobLane, FreeHands> free = [];

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Works in parallel as the lane allows; answers how many jobs were taken.</summary>
    public async Task<int> DrainAsync(JobLane lane, CancellationToken ct) =>
        (await Task.WhenAll(Enumerable.Range(0, options.Value.WorkersOf(lane)).Select(_ => DrainAloneAsync(lane, ct)))).Sum();

    /// <summary>Has whoever is free in the lane look for work, while others are still at theirs; answers how many jobs were taken. Who is busy looks again before they rest.</summary>
    public async Task<int> WakeAsync(JobLane lane, CancellationToken ct)
    {
        var hands = free.GetOrAdd(lane, l => new(options.Value.WorkersOf(l)));
        hands.Call();
        return (await Task.WhenAll(Enumerable.Range(0, options.Value.WorkersOf(lane)).Select(_ => hands.WorkAsync(() => DrainAloneAsync(lane, ct))))).Sum();
    }

    private async Task<int> DrainAloneAsync(JobLane lane, CancellationToken ct)
    {
        var done = 0;
        try
        {
            while (!ct.IsCancellationRequested && await LeaseAsync(lane, ct) is { } lease)
            {
                await WorkAsync(lane, lease, ct);
                done++;
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // Stopped in order while it looked for its next job: nothing was taken.
        }
        return done;
    }

    /// <summary>Takes the next due job, a fresh one or one whose worker died; a stop is heard while looking, not while taking, so that what is taken is known.</summary>
    internal async Task<JobLease?> LeaseAsync(JobLane lane, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        for (; ; )
        {
            var now = Now;
            var job = await db.Jobs.AsNoTracking()
                .Where(j => j.Lane == lane && ((j.State == JobState.Waiting && j.DueAt <= now) || (j.State == JobState.Running && j.LeasedUntil < now)))
                .OrderBy(j => j.Kind == CardJob.Kind).ThenBy(j => j.DueAt).ThenBy(j => j.Id).FirstOrDefaultAsync(ct); // fifty cards at once are patient: seconds each, before what is done in a blink
            if (job is null) return null;
            var lease = new JobLease(job.Id, Ids.Next(), job.Kind, job.SubjectId, job.ContactId, job.UserId, job.Attempts + 1);
            // A job that killed its worker each time is not tried for ever.
            var exhausted = job.Attempts >= JobRetries.MaxAttempts;
            await using var ending = exhausted ? await db.Database.BeginTransactionAsync(ct) : null;
            var taken = await db.Jobs.Where(j => j.Id == job.Id && j.State == job.State && j.LeasedBy == job.LeasedBy && j.Attempts == job.Attempts)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(j => j.State, exhausted ? JobState.Failed : JobState.Running)
                    .SetProperty(j => j.ErrorCode, exhausted ? "job.died" : null)
                    .SetProperty(j => j.FinishedAt, exhausted ? now : null)
                    .SetProperty(j => j.LeasedBy, exhausted ? null : lease.Holder)
                    .SetProperty(j => j.LeasedUntil, exhausted ? null : now + options.Value.Lease)
                    .SetProperty(j => j.Attempts, job.Attempts + (exhausted ? 0 : 1))
                    .SetProperty(j => j.StartedAt, now), CancellationToken.None);
            if (taken == 1 && !exhausted) return lease;
            if (ending is null || taken != 1) continue;
            await FailureNews.AddAsync(db, lease, now);
            await ending.CommitAsync(CancellationToken.None);
            Tell(lease);
        }
    }

    private async Task WorkAsync(JobLane lane, JobLease lease, CancellationToken ct)
    {
        Tell(lease);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var beatStop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var beat = BeatAsync(lease, lost, beatStop.Token);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().ActAs(lease.UserId, ChangeOrigin.Job);
            await kinds.HandlerOf(lease.Kind, scope.ServiceProvider).RunAsync(lease, lost.Token);
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            await ReleaseAsync(lease);
        }
        catch (Exception fault) when (fault is LeaseLostException || (fault is OperationCanceledException && lost.IsCancellationRequested) || (fault is DbUpdateConcurrencyException && !IsHeld(lease)))
        {
            log.LogInformation("Job {Job} of kind {Kind} was taken over by another worker", lease.JobId, lease.Kind);
        }
        catch (Exception fault)
        {
            await FailAsync(lane, lease, fault);
        }
        finally
        {
            await beatStop.CancelAsync();
            await beat;
            Tell(lease);
        }
    }

    // Somebody changed what the job was to save: with the lease in hand that is a fault that passes.
    private bool IsHeld(JobLease lease)
    {
        using var db = contexts.CreateDbContext();
        return db.Jobs.Any(j => j.Id == lease.JobId && j.LeasedBy == lease.Holder && j.State == JobState.Running);
    }

    private async Task FailAsync(JobLane lane, JobLease lease, Exception fault)
    {
        var delay = fault is JobRefusedException ? null : JobRetries.DelayAfter(lease.Attempt);
        log.LogWarning(fault, "Job {Job} of kind {Kind} failed at attempt {Attempt}; next in {Delay}", lease.JobId, lease.Kind, lease.Attempt, delay);
        var now = Now;
        var due = now + (delay ?? TimeSpan.Zero);
        await using var db = await contexts.CreateDbContextAsync();
        await using var ending = delay is null ? await db.Database.BeginTransactionAsync() : null;
        var ended = await db.Jobs.Where(j => j.Id == lease.JobId && j.LeasedBy == lease.Holder).ExecuteUpdateAsync(set => set
            .SetProperty(j => j.State, delay is null ? JobState.Failed : JobState.Waiting)
            .SetProperty(j => j.ErrorCode, CodeOf(fault))
            .SetProperty(j => j.ErrorDetail, fault.GetType().Name)
            .SetProperty(j => j.DueAt, due)
            .SetProperty(j => j.FinishedAt, delay is null ? now : null)
            .SetProperty(j => j.LeasedBy, (Guid?)null)
            .SetProperty(j => j.LeasedUntil, (DateTime?)null));
        if (ending is null) bell.RingAt(lane, due);
        else
        {
            if (ended == 1) await FailureNews.AddAsync(db, lease, now);
            await ending.CommitAsync();
        }
    }

    private static string CodeOf(Exception fault) => fault switch { JobRefusedException refused => refused.Code, JobPutOffException later => later.Code, _ => "job.fault" };

    // The process stops in order: the next one may start at once.
    private async Task ReleaseAsync(JobLease lease)
    {
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        await db.Jobs.Where(j => j.Id == lease.JobId && j.LeasedBy == lease.Holder).ExecuteUpdateAsync(set => set
            .SetProperty(j => j.State, JobState.Waiting)
            .SetProperty(j => j.Attempts, lease.Attempt - 1)
            .SetProperty(j => j.LeasedBy, (Guid?)null)
            .SetProperty(j => j.LeasedUntil, (DateTime?)null), CancellationToken.None);
    }

    private async Task BeatAsync(JobLease lease, CancellationTokenSource lost, CancellationToken stop)
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
                    var kept = await db.Jobs.Where(j => j.Id == lease.JobId && j.LeasedBy == lease.Holder).ExecuteUpdateAsync(set => set.SetProperty(j => j.LeasedUntil, until), stop);
                    if (kept == 0) { await lost.CancelAsync(); return; }
                }
                catch (DbException fault)
                {
                    log.LogWarning(fault, "Job {Job} goes on without a sign of life; the next may come through", lease.JobId);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // the job ended first
        }
    }

    private void Tell(JobLease lease)
    {
        live.Publish(LiveTopic.JobOn(lease.SubjectId));
        if (lease.Kind == CardJob.Kind) live.Publish(LiveTopic.CardsOf(lease.UserId));
        if (lease.Kind == ExportJob.Kind) live.Publish(LiveTopic.ExportsOf(lease.UserId));
        if (lease.ContactId is not { } contact) return;
        live.Publish(LiveTopic.Contact(contact));
        live.Publish(LiveTopic.ContactsOf(lease.UserId));
    }
}
