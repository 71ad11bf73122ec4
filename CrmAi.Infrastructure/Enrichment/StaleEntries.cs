using CrmAi.Domain.Accounts;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.NightRuns;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.CompanyData;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Enrichment;

/// <summary>At night has old entries asked for again, the oldest first and as far as the night's share of the quota reaches; and lets go what was kept long enough.</summary>
internal sealed class StaleEntries(IDbContextFactory<AppDbContext> contexts, ICompanyRegistry registry, DataLines lines, OutsideQuota quota, TimeProvider time)
{
    /// <summary>Jobs that wait at a time: nobody's import or edit of many waits long behind them.</summary>
    public const int Batch = 20;

    private const int Removed = 200;

    /// <summary>Answers how many it asked for.</summary>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var plan = await db.NightPlans.AsNoTracking().SingleOrDefaultAsync(ct) ?? new NightPlan();
        if (plan.WindowAt(now) is not { } window) return 0;
        await RemoveAsync(db, now, ct);
        if (!registry.IsConfigured) return 0;
        var waiting = await db.Jobs.CountAsync(j => j.Lane == JobLane.Bulk && j.Kind == RegistryJob.Kind && (j.State == JobState.Waiting || j.State == JobState.Running), ct);
        var room = Math.Min(Batch, await quota.LeftAsync(lines.Tianyancha, isWaiting: false, ct) / RegistryJob.Requests) - waiting;
        if (room <= 0) return 0;
        // One that was tried in this night waits for the next.
        var (old, since, source) = (now.AddDays(-RegistryEntry.StaleDays), window.EndsAt.AddMinutes(-plan.WindowMinutes), registry.Source);
        var stale = await db.RegistryEntries.Where(e => e.Source == source && e.CheckedAt <= old && !db.Jobs.Any(j => j.SubjectId == e.Id && j.Kind == RegistryJob.Kind && j.CreatedAt >= since))
            .Join(db.Set<Account>().Where(a => a.DeletedAt == null && !a.IsArchived), e => e.Id, a => a.Id, (e, a) => new { e.Id, e.CheckedAt, a.OwnerId })
            .Where(x => db.Users.Any(u => u.Id == x.OwnerId && u.IsActive)).OrderBy(x => x.CheckedAt).ThenBy(x => x.Id).Take(room).ToListAsync(ct);
        db.Jobs.AddRange(stale.Select(x => RegistryJob.Of(x.Id, x.OwnerId, JobLane.Bulk, now)));
        await db.SaveChangesAsync(ct);
        return stale.Count;
    }

    private static async Task RemoveAsync(AppDbContext db, DateTime now, CancellationToken ct)
    {
        var (searched, before) = (now.AddDays(-LookUp.KeptDays), now);
        for (var more = true; more;)
        {
            var answers = await db.OutsideAnswers.Where(a => a.ExpiresAt < before).OrderBy(a => a.ExpiresAt).Select(a => a.Id).Take(Removed).ToListAsync(ct);
            var lookUps = await db.LookUps.Where(l => l.CreatedAt < searched).OrderBy(l => l.CreatedAt).Select(l => l.Id).Take(Removed).ToListAsync(ct);
            await db.OutsideAnswers.Where(a => answers.Contains(a.Id)).ExecuteDeleteAsync(ct);
            await db.LookUps.Where(l => lookUps.Contains(l.Id)).ExecuteDeleteAsync(ct);
            more = answers.Count == Removed || lookUps.Count == Removed;
        }
    }
}
