using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Profiles;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>The nights of the past week: each took up what the day before it had changed.</summary>
internal sealed class DemoNights(IDbContextFactory<AppDbContext> contexts, DateTime now)
{
    private const int Nights = 7, Milliseconds = 4, Fortnight = 14, Away = 3;

    public async Task RunAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var plan = new NightPlan();
        var made = (await db.Profiles.AsNoTracking().OrderBy(p => p.Id).Select(p => new { p.ContactId, p.At, p.Claims }).ToListAsync(ct)).GroupBy(p => p.ContactId).Select(g => g.ToList()).ToList();
        for (var ago = Nights; ago >= 1; ago--)
        {
            var start = plan.NextAfter(now.AddDays(-ago - 1))!.Value;
            if (start > now.AddHours(-1)) continue;
            var changes = new List<ContactChange>();
            foreach (var versions in made)
            {
                var at = versions.FindIndex(v => v.At <= start && v.At > start.AddDays(-1));
                if (at >= 0) changes.Add(new(versions[at].ContactId, ProfileDiff.Between(at == 0 ? [] : versions[at - 1].Claims, versions[at].Claims).Count));
            }
            var changed = changes.Where(c => c.Statements > 0).ToList();
            var looked = made.Where(v => v[0].At <= start).Select(v => v[0].ContactId).ToList();
            var window = plan.WindowAt(start)!.Value;
            var reasons = looked.ToLookup(id => made.Exists(v => v[0].ContactId == id && v[0].At > start.AddDays(-1)) ? NightReason.First : ReasonOf(id, changes.Exists(c => c.ContactId == id), ago));
            var (aged, whole) = (reasons[NightReason.Aged].ToList(), looked.Except(reasons[NightReason.Aged]).ToList());
            var run = new NightRun
            {
                Id = Guid.CreateVersion7(start), Night = window.Night, State = NightRunState.Done, Active = null, EndsAt = window.EndsAt, Chosen = looked.Count, CreatedAt = start, FinishedAt = start.AddMilliseconds((Milliseconds * whole.Count) + aged.Count),
                Reasons = [.. reasons.OrderBy(r => r.Key).Select(r => new NightShare(r.Key, r.Count()))],
            };
            db.NightRuns.Add(run);
            db.NightBatches.AddRange(
                new NightBatch { NightRunId = run.Id, Work = NightWork.Scores, ContactIds = aged, State = NightBatchState.Done, Attempts = 1, Rescored = aged.Count, ScoringMilliseconds = aged.Count, FinishedAt = start.AddMilliseconds(aged.Count) },
                new NightBatch
                {
                    NightRunId = run.Id, Number = 1, ContactIds = whole, State = NightBatchState.Done, Attempts = 1, Renewed = changed.Count, Unchanged = whole.Count - changed.Count, Reread = reasons[NightReason.Conversations].Count(), Changes = changed,
                    ReadMilliseconds = whole.Count, AnalysisMilliseconds = whole.Count, ScoringMilliseconds = whole.Count * 2, WriteMilliseconds = whole.Count / 2, FinishedAt = run.FinishedAt,
                });
        }
        await db.SaveChangesAsync(ct);
    }

    // One afternoon the model was away: that night read again what the rules had read meanwhile.
    private static NightReason ReasonOf(Guid contact, bool changed, int ago) => changed ? NightReason.Changed : (Stable(contact) % Fortnight) switch
    {
        0 => NightReason.Stale,
        1 or 2 => NightReason.Due,
        3 when ago == Away => NightReason.Conversations,
        _ => NightReason.Aged,
    };

    private static int Stable(Guid contact) => contact.ToByteArray()[^1];
}
