using CrmAi.Domain.AiRuns;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>The company's switch and budgets, as they stand in the database at this moment.</summary>
internal sealed class AiBudgets(IDbContextFactory<AppDbContext> contexts, AiSpending spending)
{
    /// <exception cref="ModelUnavailableException">ai.off: administrators switched models off.</exception>
    public async Task CheckSwitchAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.AiSettings.AnyAsync(s => s.Id == AiSettings.OnlyId && s.Enabled, ct)) throw new ModelUnavailableException("ai.off");
    }

    /// <summary>Whether there is a limit that a call must be held against.</summary>
    /// <exception cref="ModelUnavailableException">ai.off.</exception>
    public static async Task<bool> AreSetAsync(AppDbContext db, CancellationToken ct) => await SettingsAsync(db, ct) is { DailyBudgetMicros: not null } or { MonthlyBudgetMicros: not null };

    /// <summary>
    /// Holds a call that may cost so much against what is spent and what other calls have set aside, in all processes. Until the present transaction ends nobody else is let through,
    /// so that what it sets aside in it is counted by the next.
    /// </summary>
    /// <exception cref="ModelUnavailableException">ai.off, ai.budget.</exception>
    public async Task CheckAsync(AppDbContext db, byte[] digest, long micros, DateTime now, CancellationToken ct)
    {
        await QueueAsync(db, ct);
        var settings = await SettingsAsync(db, ct);
        // Read first: what goes on record in between is rather counted twice than not at all.
        var aside = await SetAside(db, digest, now).SumAsync(r => r.Micros, ct);
        var spent = await spending.OfAsync(db, ct);
        if (Passes(settings.DailyBudgetMicros, spent.DayMicros) || Passes(settings.MonthlyBudgetMicros, spent.MonthMicros)) throw new ModelUnavailableException("ai.budget");

        bool Passes(long? limit, long taken) => limit is { } most && (taken + aside >= most || taken + aside + micros > most);
    }

    /// <summary>SQLite has one writer at a time; for SQL Server the settings' row is a door passed one by one. Nothing changes in it, nor does its version.</summary>
    public static Task QueueAsync(AppDbContext db, CancellationToken ct) =>
        db.AiSettings.Where(s => s.Id == AiSettings.OnlyId).ExecuteUpdateAsync(set => set.SetProperty(s => s.Enabled, s => s.Enabled), ct);

    /// <summary>What the living have set aside for other questions.</summary>
    public static IQueryable<AiReservation> SetAside(AppDbContext db, byte[] digest, DateTime now) => db.AiReservations.Where(r => r.Digest != digest && r.Until >= now);

    private static async Task<AiSettings> SettingsAsync(AppDbContext db, CancellationToken ct) =>
        await db.AiSettings.AsNoTracking().SingleOrDefaultAsync(s => s.Id == AiSettings.OnlyId, ct) is { Enabled: true } on ? on : throw new ModelUnavailableException("ai.off");
}
