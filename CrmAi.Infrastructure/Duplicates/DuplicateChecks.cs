using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>Compares what was saved lately with all others, a few seconds behind the saves: the marks it works off are written with them.</summary>
internal sealed class DuplicateChecks(IDbContextFactory<AppDbContext> contexts, DuplicateFinding finding, TimeProvider time)
{
    private const int Batch = 50;

    /// <summary>Answers how many records it compared.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        for (var done = 0; ;)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var marks = await db.DuplicateMarks.OrderBy(m => m.Id).Take(Batch).ToListAsync(ct);
            if (marks.Count == 0) return done;
            foreach (var kind in marks.GroupBy(m => m.Kind, m => m.RecordId)) await CompareAsync(db, kind.Key, [.. kind.Distinct()], ct);
            db.DuplicateMarks.RemoveRange(marks);
            // Of two sweeps at once the second finds its marks gone; one saved in between has another mark.
            if (await db.TrySaveAsync(ct) is not null) return done;
            done += marks.Count;
        }
    }

    private async Task CompareAsync(AppDbContext db, MergeKind kind, List<Guid> ids, CancellationToken ct)
    {
        var rows = await MatchRows.ReadAsync(db, kind, ids, ct);
        if (await MatchHealing.HealAsync(db, rows, ids, ct)) await db.SaveChangesAsync(ct);
        var found = await finding.FindAsync(db, kind, rows, earlierOnly: false, ct);
        DuplicateRows.Keep(db, kind, await db.DuplicatePairs.Where(p => p.Kind == kind && (ids.Contains(p.FirstId) || ids.Contains(p.SecondId))).ToListAsync(ct), found, Now);
    }

    /// <summary>Asks for a full scan once a night, and where nothing was ever compared. Answers whether it did.</summary>
    public async Task<bool> ScheduleAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var last = await db.Jobs.Where(j => j.Kind == DuplicateScanJob.Kind).OrderByDescending(j => j.Id).Select(j => new { j.State, j.CreatedAt }).FirstOrDefaultAsync(ct);
        if (last?.State is JobState.Waiting or JobState.Running) return false;
        var plan = await db.NightPlans.AsNoTracking().SingleOrDefaultAsync(ct) ?? new NightPlan();
        var due = plan.WindowAt(Now) is { } window && (last is null || last.CreatedAt < window.EndsAt.AddMinutes(-plan.WindowMinutes));
        if (!due && !(last is null && !await db.DuplicateKeys.AnyAsync(ct) && await db.Set<Contact>().AnyAsync(ct))) return false;
        if (await db.Users.Where(u => u.IsActive && u.Role == Role.Admin).OrderBy(u => u.Id).Select(u => (Guid?)u.Id).FirstOrDefaultAsync(ct) is not { } admin) return false;
        db.Jobs.Add(DuplicateScanJob.Of(admin, Now));
        await db.SaveChangesAsync(ct);
        return true;
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
