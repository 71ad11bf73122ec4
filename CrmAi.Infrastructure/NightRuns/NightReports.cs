using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.NightRuns;

/// <summary>How far runs are and what they brought, counted from their batches.</summary>
internal static class NightReports
{
    private const int MostFailures = 100, MostChanges = 50;

    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(1);

    public static async Task<IReadOnlyList<NightProgress>> ProgressAsync(AppDbContext db, IReadOnlyList<NightRun> runs, DateTime now, CancellationToken ct)
    {
        var (ids, people, lately) = (runs.Select(r => r.Id).ToList(), runs.Select(r => r.StartedBy).OfType<Guid>().ToList(), now - Lately);
        var sums = await db.NightBatches.Where(b => ids.Contains(b.NightRunId)).GroupBy(b => b.NightRunId).Select(g => new
        {
            g.Key,
            Renewed = g.Sum(b => b.Renewed),
            Unchanged = g.Sum(b => b.Unchanged),
            Failed = g.Sum(b => b.Failed),
            Rescored = g.Sum(b => b.Rescored),
            Reread = g.Sum(b => b.Reread),
            Paid = g.Sum(b => b.PaidCalls),
            Cost = g.Sum(b => b.CostMicros),
            Lately = g.Sum(b => b.FinishedAt > lately ? b.Renewed + b.Unchanged + b.Rescored + b.Failed : 0),
        }).ToDictionaryAsync(s => s.Key, ct);
        var worked = await WorkedAsync(db, runs, lately, ct);
        var names = await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, ct);
        return [.. runs.Select(r =>
        {
            var sum = sums.GetValueOrDefault(r.Id);
            var done = sum is null ? 0 : sum.Renewed + sum.Unchanged + sum.Rescored + sum.Failed;
            var speed = Rate(r.FinishedAt is null ? sum?.Lately ?? 0 : done, worked.GetValueOrDefault(r.Id));
            return new NightProgress(r.Id, r.Night, r.StartedBy is { } by ? names.GetValueOrDefault(by) : null, r.State, r.Reason, r.CreatedAt, r.FinishedAt, r.EndsAt, r.Chosen, r.Reasons,
                sum?.Renewed ?? 0, sum?.Unchanged ?? 0, sum?.Rescored ?? 0, sum?.Reread ?? 0, sum?.Failed ?? 0, sum?.Paid ?? 0, sum?.Cost ?? 0, r.BudgetMicros, speed, r.State == NightRunState.Running && speed is { } s ? TimeSpan.FromSeconds((r.Chosen - done) / s) : null);
        })];
    }

    public static async Task<NightReport?> OfAsync(AppDbContext db, Viewer viewer, Guid id, DateTime now, CancellationToken ct)
    {
        if (await db.NightRuns.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } run) return null;
        var names = db.Contacts.VisibleTo(viewer);
        var failures = await db.NightFailures.Where(f => f.NightRunId == id).OrderBy(f => f.ContactId).Take(MostFailures)
            .Select(f => new NightFailureRow(f.ContactId, names.Where(c => c.Id == f.ContactId).Select(c => c.Name).FirstOrDefault(), f.ErrorCode)).ToListAsync(ct);
        var batches = db.NightBatches.Where(b => b.NightRunId == id && b.State == NightBatchState.Done);
        var changes = (await batches.Where(b => b.Renewed > 0).OrderBy(b => b.Number).Select(b => b.Changes).ToListAsync(ct)).SelectMany(c => c).OrderByDescending(c => c.Statements).Take(MostChanges).ToList();
        var changed = changes.ConvertAll(c => c.ContactId);
        var people = await names.Where(c => changed.Contains(c.Id)).Select(c => new { c.Id, c.Name, Company = c.Account == null ? null : c.Account.Name }).ToDictionaryAsync(c => c.Id, ct);
        var spent = await batches.GroupBy(_ => 1).Select(g => new { Read = g.Sum(b => (long)b.ReadMilliseconds), Analysis = g.Sum(b => (long)b.AnalysisMilliseconds), Scoring = g.Sum(b => (long)b.ScoringMilliseconds), Write = g.Sum(b => (long)b.WriteMilliseconds) }).SingleOrDefaultAsync(ct);
        var all = Math.Max(1.0, spent is null ? 0 : spent.Read + spent.Analysis + spent.Scoring + spent.Write);
        return new((await ProgressAsync(db, [run], now, ct)).Single(), failures,
            [.. changes.Where(c => people.ContainsKey(c.ContactId)).Select(c => new NightChange(c.ContactId, people[c.ContactId].Name, people[c.ContactId].Company, c.Statements))],
            (spent?.Read ?? 0) / all, (spent?.Analysis ?? 0) / all, (spent?.Scoring ?? 0) / all, (spent?.Write ?? 0) / all);
    }

    // From the beginning of a batch to its end, wherever it was done, those at the same time once: neither a pause nor a night without a process is work.
    private static async Task<Dictionary<Guid, TimeSpan>> WorkedAsync(AppDbContext db, IReadOnlyList<NightRun> runs, DateTime lately, CancellationToken ct)
    {
        var (ids, active) = (runs.Select(r => r.Id).ToList(), runs.Where(r => r.FinishedAt is null).Select(r => r.Id).ToHashSet());
        var batches = await db.NightBatches.Where(b => ids.Contains(b.NightRunId) && b.FinishedAt != null).Select(b => new { b.NightRunId, End = b.FinishedAt!.Value, Took = b.ReadMilliseconds + b.AnalysisMilliseconds + b.ScoringMilliseconds + b.WriteMilliseconds }).ToListAsync(ct);
        return batches.Where(b => b.End > lately || !active.Contains(b.NightRunId)).GroupBy(b => b.NightRunId).ToDictionary(g => g.Key, g => Together(g.Select(b =>
        {
            var start = b.End.AddMilliseconds(-b.Took);
            return (active.Contains(g.Key) && start < lately ? lately : start, b.End);
        })));
    }

    private static TimeSpan Together(IEnumerable<(DateTime Start, DateTime End)> spans)
    {
        var (sum, reached) = (TimeSpan.Zero, DateTime.MinValue);
        foreach (var (start, end) in spans.OrderBy(s => s.Start))
        {
            if (end <= reached) continue;
            sum += end - (start > reached ? start : reached);
            reached = end;
        }
        return sum;
    }

    private static double? Rate(int done, TimeSpan time) => done == 0 || time <= TimeSpan.Zero ? null : done / time.TotalSeconds;
}
