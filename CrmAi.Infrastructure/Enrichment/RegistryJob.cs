using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Enrichment;

/// <summary>
/// Brings what the register says of a chosen company: all of it after the choice, anew when a person asks for it, and at night where it is old. Parts that the source does not give leave
/// the former ones standing, and the job tells why. Done a second time it is answered from what is kept.
/// </summary>
internal sealed class RegistryJob(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ICompanyRegistry registry, TimeProvider time) : IJobHandler
{
    /// <summary>Requests that one company takes.</summary>
    public const int Requests = 3;

    // What ends a night's work without being a failure of it: the next night goes on.
    private static readonly string[] Later = ["enrichment.quota", "enrichment.off", "enrichment.unset"];

    public static string Kind => "registry";

    public static JobRun Of(Guid accountId, Guid userId, JobLane lane, DateTime now) =>
        new() { Kind = Kind, Lane = lane, SubjectId = accountId, UserId = userId, ByHand = lane == JobLane.Person, Total = Requests, DueAt = now, CreatedAt = now };

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var account = await db.Accounts.VisibleTo(viewer).AsNoTracking().SingleOrDefaultAsync(a => a.Id == lease.SubjectId, ct);
        var entry = await db.RegistryEntries.SingleOrDefaultAsync(e => e.Id == lease.SubjectId, ct);
        var job = await db.Jobs.AsNoTracking().Where(j => j.Id == lease.JobId).Select(j => new { j.ByHand, j.CreatedAt }).SingleAsync(ct);
        var wanted = account is not null && viewer.MayChange(account) && entry is not null && entry.Source == registry.Source && (job.ByHand || entry.IsStaleAt(Now));
        if (!wanted)
        {
            await EndAsync(db, lease, JobState.Cancelled, ct);
            return;
        }
        // Right after the choice what is kept is new enough; a refresh wants what came after it was asked for.
        var asker = new Asker(viewer.Id, job.ByHand, null, entry!.PickedAt == job.CreatedAt ? null : job.CreatedAt);
        var refusals = new List<string>();
        if (await TakeAsync(registry.FactsAsync(entry.SourceId, asker, ct), refusals) is { } facts)
        {
            (entry.Facts, entry.CheckedAt) = (facts.Value, facts.At);
            if (await TakeAsync(registry.RiskAsync(entry.SourceId, asker, ct), refusals, "enrichment.none") is { } risk) entry.Risk = risk.Value;
            if (await TakeAsync(registry.OfficersAsync(entry.SourceId, asker, ct), refusals, "enrichment.none") is { } officers) entry.Officers = officers.Value;
            db.Begin("registry.refresh", viewer, Now);
        }
        if (refusals.Count == 0 || (!job.ByHand && refusals.TrueForAll(Later.Contains)))
        {
            await EndAsync(db, lease, refusals.Count == 0 ? JobState.Done : JobState.Cancelled, ct);
            return;
        }
        if (db.Command is not null) await db.SaveChangesAsync(ct);
        throw new JobRefusedException(refusals[0]);
    }

    // That the register has none of it is no refusal.
    private static async Task<Retrieved<T>?> TakeAsync<T>(Task<Result<Retrieved<T>>> asked, List<string> refusals, string? none = null)
    {
        var result = await asked;
        if (result.Succeeded) return result.Value;
        if (result.Errors[0].Code != none) refusals.Add(result.Errors[0].Code);
        return null;
    }

    private async Task EndAsync(AppDbContext db, JobLease lease, JobState state, CancellationToken ct)
    {
        await lease.FinishAsync(db, Now, state, ct);
        await db.SaveChangesAsync(ct);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
