using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Enrichment;

/// <summary>Asks the register whether a company's name, as we keep it, belongs to its registration's number and representative. Done a second time it is answered from what is kept.</summary>
internal sealed class VerifyJob(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ICompanyRegistry registry, TimeProvider time) : IJobHandler
{
    public static string Kind => "registry.verify";

    public static JobRun Of(Guid accountId, Guid userId, DateTime now) =>
        new() { Kind = Kind, Lane = JobLane.Person, SubjectId = accountId, UserId = userId, ByHand = true, Total = 1, DueAt = now, CreatedAt = now };

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var account = await db.Accounts.VisibleTo(viewer).AsNoTracking().SingleOrDefaultAsync(a => a.Id == lease.SubjectId, ct);
        var entry = await db.RegistryEntries.SingleOrDefaultAsync(e => e.Id == lease.SubjectId, ct);
        if (account is null || !viewer.MayChange(account) || entry is not { Facts: { CreditCode: { } code, LegalRepresentative: { } person } } || entry.Source != registry.Source)
        {
            await EndAsync(db, lease, JobState.Cancelled, ct);
            return;
        }
        var told = await registry.VerifyAsync(account.Name, code, person, new(viewer.Id, IsWaiting: true), ct);
        // That the register has nothing of the kind is its answer.
        if (!told.Succeeded && told.Errors[0].Code != "enrichment.none") throw new JobRefusedException(told.Errors[0].Code);
        entry.Verification = told.Succeeded ? new(account.Name, told.Value.Value, told.Value.At) : new(account.Name, false, Now);
        db.Begin("registry.verify", viewer, Now);
        await EndAsync(db, lease, JobState.Done, ct);
    }

    private async Task EndAsync(AppDbContext db, JobLease lease, JobState state, CancellationToken ct)
    {
        await lease.FinishAsync(db, Now, state, ct);
        await db.SaveChangesAsync(ct);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
