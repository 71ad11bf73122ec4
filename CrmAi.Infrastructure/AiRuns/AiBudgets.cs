using CrmAi.Domain.AiRuns;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>The company's switch and budgets, as they stand in the database at this moment.</summary>
internal sealed class AiBudgets(IDbContextFactory<AppDbContext> contexts, AiSpending spending) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private long reserved;

    /// <exception cref="ModelUnavailableException">ai.off: administrators switched models off.</exception>
    public async Task CheckSwitchAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.AiSettings.AnyAsync(s => s.Id == AiSettings.OnlyId && s.Enabled, ct)) throw new ModelUnavailableException("ai.off");
    }

    /// <summary>
    /// Sets aside what a call may cost until it is disposed of, after what it did cost is on record. What is spent and set aside stays within the budget,
    /// as far as this process knows: another one's calls count once they are on record.
    /// </summary>
    /// <exception cref="ModelUnavailableException">ai.off, ai.budget.</exception>
    public async Task<Reservation> ReserveAsync(long micros, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var settings = await db.AiSettings.AsNoTracking().SingleOrDefaultAsync(s => s.Id == AiSettings.OnlyId, ct);
        if (settings is not { Enabled: true }) throw new ModelUnavailableException("ai.off");
        if (settings is { DailyBudgetMicros: null, MonthlyBudgetMicros: null })
        {
            Interlocked.Add(ref reserved, micros);
            return new(this, micros);
        }
        await turn.WaitAsync(ct);
        try
        {
            // Read first: what goes on record in between is rather counted twice than not at all.
            var inFlight = Interlocked.Read(ref reserved);
            var spent = await spending.OfAsync(db, ct);
            if (Passes(settings.DailyBudgetMicros, spent.DayMicros + inFlight) || Passes(settings.MonthlyBudgetMicros, spent.MonthMicros + inFlight)) throw new ModelUnavailableException("ai.budget");
            Interlocked.Add(ref reserved, micros);
            return new(this, micros);
        }
        finally
        {
            turn.Release();
        }

        bool Passes(long? limit, long taken) => limit is { } most && (taken >= most || taken + micros > most);
    }

    public void Dispose() => turn.Dispose();

    internal sealed class Reservation(AiBudgets budgets, long micros) : IDisposable
    {
        public void Dispose() => Interlocked.Add(ref budgets.reserved, -micros);
    }
}
