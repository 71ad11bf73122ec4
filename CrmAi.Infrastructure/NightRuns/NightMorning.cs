using CrmAi.Domain.NextActions;
using CrmAi.Domain.Notifications;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Briefs;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CrmAi.Infrastructure.NightRuns;

/// <summary>What people find in the morning after a run: their brief, and administrators its report. Doing it twice changes nothing.</summary>
internal sealed class NightMorning(IDbContextFactory<AppDbContext> contexts, NightReviews reviews, TimeProvider time, ILogger<NightMorning> log)
{
    public async Task PrepareAsync(Guid runId, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        List<Guid> owners, administrators;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            owners = await db.Users.Where(u => u.IsActive && db.SuggestedActions.Any(s => s.OwnerId == u.Id && (s.State == SuggestionState.Open || s.State == SuggestionState.Snoozed))).OrderBy(u => u.Id).Select(u => u.Id).ToListAsync(ct);
            // A night without anything to do has no report.
            var hasReport = await db.NightRuns.AnyAsync(r => r.Id == runId && r.Chosen > 0, ct);
            administrators = !hasReport ? [] : await db.Users.Where(u => u.IsActive && u.Role == Role.Admin).OrderBy(u => u.Id).Select(u => u.Id).ToListAsync(ct);
        }
        foreach (var owner in owners)
        {
            try
            {
                await using var db = await contexts.CreateDbContextAsync(ct);
                await BriefMaking.MakeAsync(db, await reviews.ViewerAsync(owner, ct), now, tell: true, ct);
            }
            catch (Exception fault) when (!ct.IsCancellationRequested)
            {
                // It is made at the person's first look.
                log.LogWarning(fault, "The brief of {User} could not be made by night", owner);
            }
        }
        await using var last = await contexts.CreateDbContextAsync(ct);
        foreach (var administrator in administrators) NotificationRows.Add(last, administrator, NotificationKind.NightRun, $"night:{runId:N}", null, null, now, runId);
        if (await last.TrySaveAsync(ct) is not null) log.LogInformation("The report of run {Run} was told by another process", runId);
    }
}
