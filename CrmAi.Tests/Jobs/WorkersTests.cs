using System.Collections.Concurrent;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Conversations;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrmAi.Tests.Jobs;

/// <summary>Delivered at least once, counted once.</summary>
public sealed class WorkersTests : IAsyncLifetime
{
    private readonly ScriptedAnalyst analyst = new();
    private TestDatabase db = null!;
    private User rep = null!;
    private Acting my = null!;
    private Guid contact;

    public async Task InitializeAsync()
    {
        db = await TestDatabase.CreateAsync(services => services.Replace(ServiceDescriptor.Singleton<IConversationAnalyst>(analyst)).AddJob<BulkWork>().Configure<JobOptions>(o => o.Lease = TimeSpan.FromMinutes(10)));
        rep = await db.AddUserAsync(Role.SalesRep);
        my = db.As(rep);
        contact = (await my.Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
    }

    public Task DisposeAsync() => db.DisposeAsync().AsTask();

    [Fact]
    public async Task Jobs_LeasedByManyAtOnce_GoToOneEach()
    {
        await AddAsync(12);
        var leases = new ConcurrentBag<JobLease>();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            while (await db.Workers.LeaseAsync(JobLane.Person, default) is { } lease) leases.Add(lease);
        })));
        leases.Select(l => l.JobId).Distinct().Count().ShouldBe(12);
        leases.Count.ShouldBe(12);
        (await db.JobsAsync()).ShouldAllBe(j => j.State == JobState.Running && j.Attempts == 1);
    }

    [Fact]
    public async Task Jobs_DrainedByManyAtOnce_AreDoneOnceEach()
    {
        await AddAsync(12);
        (await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => db.Workers.DrainAsync(JobLane.Person, default))))).Sum().ShouldBe(12);
        await ShouldBeDoneOnceAsync(12);
        analyst.Read.Count.ShouldBe(12);
    }

    [Fact]
    public async Task Save_ThatMetAnother_WithTheLeaseInHand_IsTriedAgainSoon()
    {
        await AddAsync(1);
        analyst.Gate = (_, _) => throw new DbUpdateConcurrencyException("somebody was first");
        await db.Workers.DrainAsync(JobLane.Person, default);
        (await db.JobsAsync()).ShouldHaveSingleItem().ShouldSatisfyAllConditions(j => j.State.ShouldBe(JobState.Waiting), j => j.LeasedBy.ShouldBeNull());
    }

    [Fact]
    public async Task Handler_RunTwiceWithOneLease_CountsOnce()
    {
        await AddAsync(1);
        var lease = (await db.Workers.LeaseAsync(JobLane.Person, default))!;
        await RunAsync(lease);
        await Should.ThrowAsync<LeaseLostException>(() => RunAsync(lease));
        await ShouldBeDoneOnceAsync(1);
    }

    [Fact]
    public async Task Handler_DeliveredTwiceAtOnce_CountsOnce()
    {
        await AddAsync(1);
        var lease = (await db.Workers.LeaseAsync(JobLane.Person, default))!;
        var (both, arrived) = (new TaskCompletionSource(), 0);
        analyst.Gate = (_, _) => { if (Interlocked.Increment(ref arrived) == 2) both.SetResult(); return both.Task; };
        var ends = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            try { await RunAsync(lease); return true; }
            catch (Exception lost) when (lost is LeaseLostException or DbUpdateException) { return false; }
        })));
        ends.Count(e => e).ShouldBe(1);
        await ShouldBeDoneOnceAsync(1);
    }

    [Fact]
    public async Task Lease_ExpiredWithItsWorkerStillBusy_LeavesTheLateResultUncounted()
    {
        await AddAsync(1);
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        analyst.Gate = (_, _) => { if (analyst.Read.Count > 1) return Task.CompletedTask; reached.SetResult(); return go.Task; };
        var first = (await db.Workers.LeaseAsync(JobLane.Person, default))!;
        var late = Task.Run(() => RunAsync(first));
        await reached.Task;
        (await db.Workers.LeaseAsync(JobLane.Person, default)).ShouldBeNull();
        db.Clock.Advance(TimeSpan.FromMinutes(11));
        var second = (await db.Workers.LeaseAsync(JobLane.Person, default))!;
        (second.JobId, second.Attempt).ShouldBe((first.JobId, 2));
        await RunAsync(second);
        var counted = await db.ReadAsync(d => d.Analyses.Select(a => a.AiRunId).SingleAsync());
        go.SetResult();
        await Should.ThrowAsync<LeaseLostException>(() => late);
        await ShouldBeDoneOnceAsync(1);
        (await db.ReadAsync(d => d.Analyses.Select(a => a.AiRunId).SingleAsync())).ShouldBe(counted);
    }

    [Fact]
    public async Task Job_ThatKilledItsWorkerEachTime_FailsInTheEnd()
    {
        await AddAsync(1);
        for (var attempt = 1; attempt <= JobRetries.MaxAttempts; attempt++)
        {
            (await db.Workers.LeaseAsync(JobLane.Person, default))!.Attempt.ShouldBe(attempt);
            db.Clock.Advance(TimeSpan.FromMinutes(11));
        }
        (await db.Workers.LeaseAsync(JobLane.Person, default)).ShouldBeNull();
        (await db.JobsAsync()).Single().ShouldSatisfyAllConditions(j => j.State.ShouldBe(JobState.Failed), j => j.ErrorCode.ShouldBe("job.died"));
    }

    [Fact]
    public async Task Worker_StoppedInOrder_GivesItsJobBackUnspent()
    {
        await AddAsync(1);
        var reached = new TaskCompletionSource();
        analyst.Gate = (_, ct) => { reached.TrySetResult(); return Task.Delay(Timeout.Infinite, ct); };
        using var stop = new CancellationTokenSource();
        var drain = Task.Run(() => db.Workers.DrainAsync(JobLane.Person, stop.Token));
        await reached.Task;
        await stop.CancelAsync();
        await drain;
        (await db.JobsAsync()).Single().ShouldSatisfyAllConditions(j => j.State.ShouldBe(JobState.Waiting), j => j.Attempts.ShouldBe(0), j => j.LeasedBy.ShouldBeNull());
        analyst.Gate = (_, _) => Task.CompletedTask;
        await db.DrainAsync();
        await ShouldBeDoneOnceAsync(1);
    }

    [Fact]
    public async Task Workers_StoppedWhileTheyLookForJobs_EndInOrder()
    {
        await AddAsync(1);
        foreach (var delay in Enumerable.Range(0, 40))
        {
            using var soon = new CancellationTokenSource();
            soon.CancelAfter(TimeSpan.FromMicroseconds(50 * delay));
            await db.Workers.DrainAsync(JobLane.Bulk, soon.Token);
        }
        (await db.Workers.DrainAsync(JobLane.Person, new(canceled: true))).ShouldBe(0);
        (await db.JobsAsync()).Single().ShouldSatisfyAllConditions(j => j.State.ShouldBe(JobState.Waiting), j => j.Attempts.ShouldBe(0));
    }

    [Fact]
    public async Task PersonLane_WhileTheBulkLaneIsStuck_GoesOn()
    {
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        BulkWork.Gates[rep.Id] = () => { reached.TrySetResult(); return go.Task; };
        for (var i = 0; i < 3; i++) await db.WriteAsync(d => d.Jobs.Add(new() { Kind = BulkWork.Kind, Lane = JobLane.Bulk, SubjectId = Guid.NewGuid(), UserId = rep.Id, DueAt = db.Clock.Now, CreatedAt = db.Clock.Now }));
        var bulk = Task.Run(() => db.Workers.DrainAsync(JobLane.Bulk, default));
        await reached.Task;
        await AddAsync(2);
        (await db.Workers.DrainAsync(JobLane.Person, default)).ShouldBe(2);
        (await db.JobsAsync()).Where(j => j.Lane == JobLane.Bulk).Select(j => j.State).ShouldBe([JobState.Running, JobState.Waiting, JobState.Waiting]);
        go.SetResult();
        (await bulk).ShouldBe(3);
    }

    [Fact]
    public async Task Job_OfAnUnknownKind_FailsAtOnce()
    {
        await db.WriteAsync(d => d.Jobs.Add(new() { Kind = "nothing", Lane = JobLane.Bulk, SubjectId = Guid.NewGuid(), UserId = rep.Id, DueAt = db.Clock.Now, CreatedAt = db.Clock.Now }));
        (await db.DrainAsync()).ShouldBe(1);
        (await db.JobsAsync()).Single().ShouldSatisfyAllConditions(j => j.State.ShouldBe(JobState.Failed), j => j.ErrorCode.ShouldBe("job.unknown"));
    }

    private async Task AddAsync(int count)
    {
        for (var i = 0; i < count; i++) (await my.Interactions.AddAsync(contact, Samples.Interaction($"第{i}次谈话"), default)).Succeeded.ShouldBeTrue();
    }

    private async Task RunAsync(JobLease lease)
    {
        await using var scope = db.Get<IServiceScopeFactory>().CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IActAs>().ActAs(_ => new(lease.UserId), CrmAi.Domain.Shared.ChangeOrigin.Job);
        await scope.ServiceProvider.GetRequiredService<ConversationJob>().RunAsync(lease, default);
    }

    private async Task ShouldBeDoneOnceAsync(int count)
    {
        (await db.JobsAsync()).ShouldAllBe(j => j.State == JobState.Done && j.LeasedBy == null && j.Done == 1);
        (await db.ReadAsync(d => d.AiRuns.CountAsync())).ShouldBe(count);
        (await db.ReadAsync(d => d.Analyses.CountAsync())).ShouldBe(count);
        (await db.ReadAsync(d => d.Findings.CountAsync())).ShouldBe(count);
    }

    /// <summary>Work of the bulk lane that waits where a test has it wait.</summary>
    private sealed class BulkWork(Microsoft.EntityFrameworkCore.IDbContextFactory<CrmAi.Infrastructure.Data.AppDbContext> contexts, TimeProvider time) : IJobHandler
    {
        public static readonly ConcurrentDictionary<Guid, Func<Task>> Gates = [];

        public static string Kind => "test-bulk";

        public async Task RunAsync(JobLease lease, CancellationToken ct)
        {
            if (Gates.TryGetValue(lease.UserId, out var gate)) await gate();
            await using var db = await contexts.CreateDbContextAsync(ct);
            await lease.FinishAsync(db, time.GetUtcNow().UtcDateTime, JobState.Done, ct);
            await db.SaveChangesAsync(ct);
        }
    }
}
