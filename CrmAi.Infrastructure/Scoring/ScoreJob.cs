using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Scoring;

/// <summary>Brings a contact's scores up to date.</summary>
internal sealed class ScoreJob(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, TimeProvider time) : IJobHandler
{
    public static string Kind => "score";

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        var sources = await ScoringSources.ReadAsync(db, viewer, [lease.SubjectId], ct);
        await StoredScores.PutAsync(db, sources, now, viewer.TimeZone, ct);
        await lease.FinishAsync(db, now, sources.Count == 0 ? JobState.Cancelled : JobState.Done, ct);
        await db.SaveChangesAsync(ct);
    }
}
