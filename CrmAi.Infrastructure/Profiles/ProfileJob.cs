using System.Diagnostics;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Profiles;

/// <summary>Makes a new version of a contact's profile where there is something new to read.</summary>
internal sealed class ProfileJob(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ProfileMaking making, TimeProvider time) : IJobHandler
{
    public static string Kind => "profile";

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Contacts.VisibleTo(viewer).AnyAsync(c => c.Id == lease.SubjectId, ct) || !await lease.IsWantedAsync(db, u => u.ProfileUpdates, ct))
        {
            await EndAsync(db, lease, JobState.Cancelled, ct);
            return;
        }
        var last = await db.Profiles.AsNoTracking().Where(p => p.ContactId == lease.SubjectId).Join(db.AiRuns, p => p.AiRunId, r => r.Id, (p, r) => new { p, r }).OrderByDescending(x => x.p.Id)
            .Select(x => new { x.p.Id, x.p.Conversations, Made = new LastMade(x.p.InputDigest, new AnalystMark(x.r.Analyst, x.r.AnalystVersion, x.r.PromptVersion, null, null, null, x.r.ErrorCode)) }).FirstOrDefaultAsync(ct);
        var input = await ProfileInputs.OfAsync(db, lease.SubjectId, viewer, ct);
        if (input is null && last is null or { Conversations: 0 })
        {
            await EndAsync(db, lease, JobState.Done, ct);
            return;
        }
        // All conversations are gone: what was read out of them goes as well.
        input ??= new(lease.SubjectId, time.GetUtcNow(), new(null, null, null, null, default, null, "CNY", null), []);
        if (await making.MakeAsync(input, viewer.Id, last?.Made, ct) is not { } made)
        {
            await EndAsync(db, lease, JobState.Done, ct);
            return;
        }
        db.AiRuns.Add(made.Run);
        if (made.Version is null)
        {
            // The refusal itself is on record; the profile stays as it was.
            await db.SaveChangesAsync(ct);
            throw new JobRefusedException(made.Run.ErrorCode!);
        }
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var newest = await db.Profiles.Where(p => p.ContactId == lease.SubjectId).OrderByDescending(p => p.Id).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(ct);
        if (newest != last?.Id)
        {
            // Another run was first and may have read more: this one looks again, which asks no model what it has answered.
            await transaction.RollbackAsync(ct);
            await RunAsync(lease, ct);
            return;
        }
        db.Profiles.Add(made.Version);
        await EndAsync(db, lease, JobState.Done, ct);
        await transaction.CommitAsync(ct);
    }

    private async Task EndAsync(AppDbContext db, JobLease lease, JobState state, CancellationToken ct)
    {
        await lease.FinishAsync(db, Now, state, ct);
        await db.SaveChangesAsync(ct);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
