using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Conversations;

/// <summary>
/// A conversation whose text is new or changed is analysed: the job is written with the change that needs it.
/// What was read out of the former text goes at once, since its evidence points nowhere.
/// </summary>
internal sealed class AnalysisRequests(TimeProvider time) : ISavingRule
{
    private static readonly string[] Read = [nameof(Interaction.Content), nameof(Interaction.Speakers), nameof(Interaction.At), nameof(Interaction.Type), nameof(Interaction.Direction), nameof(Interaction.IsScheduled), nameof(Interaction.DeletedAt)];

    public async Task BeforeAsync(AppDbContext db, CancellationToken ct)
    {
        foreach (var entry in db.ChangeTracker.Entries<Interaction>().Where(e => e.State is EntityState.Added or EntityState.Modified).ToList())
        {
            if (entry.State == EntityState.Modified && !Read.Any(name => entry.Property(name).IsModified)) continue;
            var interaction = entry.Entity;
            if (entry.State == EntityState.Modified)
            {
                await ForgetAsync(db, interaction.Id, ct);
                await CancelOlderAsync(db, interaction.Id, ct);
            }
            if (interaction.DeletedAt is not null || interaction.IsScheduled || string.IsNullOrWhiteSpace(interaction.Content)) continue;
            if (!await db.Set<User>().AnyAsync(u => u.Id == interaction.AuthorId && u.AutoAnalysis, ct)) continue;
            db.Jobs.Add(JobOf(interaction, interaction.AuthorId, time.GetUtcNow().UtcDateTime));
        }
    }

    public static JobRun JobOf(Interaction interaction, Guid userId, DateTime now) => new()
    {
        Kind = ConversationJob.Kind, Lane = JobLane.Person, SubjectId = interaction.Id, ContactId = interaction.ContactId, UserId = userId, Total = 1, DueAt = now, CreatedAt = now,
    };

    public static async Task ForgetAsync(AppDbContext db, Guid interactionId, CancellationToken ct)
    {
        db.Analyses.RemoveRange(await db.Analyses.Where(a => a.InteractionId == interactionId).ToListAsync(ct));
        db.Findings.RemoveRange(await db.Findings.Where(f => f.InteractionId == interactionId).ToListAsync(ct));
    }

    // A running one of the former text loses its lease, and with it the right to save what it found.
    public static async Task CancelOlderAsync(AppDbContext db, Guid interactionId, CancellationToken ct)
    {
        foreach (var job in await db.Jobs.Where(j => j.SubjectId == interactionId && j.Kind == ConversationJob.Kind && (j.State == JobState.Waiting || j.State == JobState.Running)).ToListAsync(ct))
        {
            job.State = JobState.Cancelled;
            job.LeasedBy = null;
            job.LeasedUntil = null;
        }
    }
}
