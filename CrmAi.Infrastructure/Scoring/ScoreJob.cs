using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Scoring;

/// <summary>Brings a contact's scores and suggested steps up to date.</summary>
internal sealed class ScoreJob(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ContactReviews reviews, TimeProvider time) : IJobHandler
{
    public static string Kind => "score";

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        if (!await lease.IsWantedAsync(db, u => u.ProfileUpdates, ct))
        {
            await lease.FinishAsync(db, now, JobState.Cancelled, ct);
            await db.SaveChangesAsync(ct);
            return;
        }
        var (contacts, _) = await reviews.PutAsync(db, viewer, [lease.SubjectId], now, ct);
        await lease.FinishAsync(db, now, contacts == 0 ? JobState.Cancelled : JobState.Done, ct);
        await db.SaveChangesAsync(ct);
    }
}
