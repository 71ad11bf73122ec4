using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Conversations;

/// <summary>Has one conversation analysed, and stores what its text supports.</summary>
internal sealed class ConversationJob(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ConversationMaking making, TimeProvider time) : IJobHandler
{
    public static string Kind => "conversation";

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var interaction = await db.Interactions.VisibleTo(viewer, db).AsNoTracking().SingleOrDefaultAsync(i => i.Id == lease.SubjectId, ct);
        if (interaction is null || !await lease.IsWantedAsync(db, u => u.AutoAnalysis, ct))
        {
            await lease.FinishAsync(db, Now, JobState.Cancelled, ct);
            await db.SaveChangesAsync(ct);
            return;
        }
        var input = await ConversationInputs.OfAsync(db, interaction, ct);
        var last = await db.Analyses.AsNoTracking().Where(a => a.InteractionId == interaction.Id)
            .Join(db.AiRuns, a => a.AiRunId, r => r.Id, (a, r) => new LastMade(a.InputDigest, new AnalystMark(r.Analyst, r.AnalystVersion, r.PromptVersion, null, null, null, r.ErrorCode))).SingleOrDefaultAsync(ct);
        var made = await making.MakeAsync(input, viewer.Id, last, ct);
        if (made.Run is null)
        {
            await EndAsync(db, lease, ct);
            return;
        }
        if (made.Result is null)
        {
            // The refusal itself is on record; the text and everything else stay as they are.
            db.AiRuns.Add(made.Run);
            await db.SaveChangesAsync(ct);
            throw new JobRefusedException(made.Run.ErrorCode!);
        }
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Analyses.Where(a => a.InteractionId == interaction.Id).ExecuteDeleteAsync(ct);
        await db.Findings.Where(f => f.InteractionId == interaction.Id).ExecuteDeleteAsync(ct);
        if (!await db.Interactions.VisibleTo(viewer, db).AnyAsync(i => i.Id == interaction.Id && i.ContactId == interaction.ContactId, ct))
        {
            // A merge moved it meanwhile: it is read once more where it is now, which asks no model again.
            await transaction.RollbackAsync(ct);
            await RunAsync(lease, ct);
            return;
        }
        db.AiRuns.Add(made.Run);
        StoredConversations.Add(db, interaction, made.Result, made.Run);
        await lease.FinishAsync(db, Now, JobState.Done, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private async Task EndAsync(AppDbContext db, JobLease lease, CancellationToken ct)
    {
        await lease.FinishAsync(db, Now, JobState.Done, ct);
        await db.SaveChangesAsync(ct);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
