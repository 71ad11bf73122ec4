using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.NightRuns;

/// <summary>
/// Begins the night's run at the company's hour and works on whichever is active. Every process has one: the scheduler would wake one of several, and here they share the work.
/// </summary>
internal sealed class NightShift(IDbContextFactory<AppDbContext> contexts, NightWorkers workers, IOptions<NightOptions> options, ILiveUpdates live, TimeProvider time, ILogger<NightShift> log) : BackgroundService
{
    private readonly SemaphoreSlim called = new(0, 1);

    /// <summary>Looks for work now, not only at the next sweep.</summary>
    public void Call()
    {
        try { called.Release(); }
        catch (SemaphoreFullException) { } // it is called already
    }

    /// <summary>One look: begins a run where it is time, then works until nothing is left to do.</summary>
    public async Task<int> LookAsync(CancellationToken ct)
    {
        if (options.Value.Scheduled) await BeginAsync(ct);
        return await workers.DrainAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await called.WaitAsync(options.Value.Sweep, stoppingToken);
                try { await LookAsync(stoppingToken); }
                catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
                {
                    log.LogWarning(fault, "The night's work was interrupted; the next look goes on with it");
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopped in order.
        }
    }

    // Unique by night and by being active: of two processes one begins it, and the other finds it.
    private async Task BeginAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        var plan = await db.NightPlans.AsNoTracking().SingleOrDefaultAsync(ct) ?? new();
        if (plan.WindowAt(now) is not { } window || await db.NightRuns.AnyAsync(r => r.Night == window.Night || r.Active == 1, ct)) return;
        db.NightRuns.Add(new() { Night = window.Night, CreatedAt = now, EndsAt = window.EndsAt, BudgetMicros = plan.BudgetMicros });
        if (await db.TrySaveAsync(ct) is null) live.Publish(LiveTopic.NightRuns);
    }

    public override void Dispose()
    {
        called.Dispose();
        base.Dispose();
    }
}
