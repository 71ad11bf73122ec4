using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Profiles;
using CrmAi.Infrastructure.Scoring;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>What follows a merge and its undo alike: what was read of conversations goes with them, and profiles and scores of both are made anew.</summary>
internal sealed class MergeRule(TimeProvider time) : ISavingRule
{
    public async Task BeforeAsync(AppDbContext db, CancellationToken ct)
    {
        var merged = db.ChangeTracker.Entries<Contact>().Where(e => e.State == EntityState.Modified && e.Property(c => c.MergedIntoId).IsModified).ToList();
        if (merged.Count == 0 || (Moved(db).Count == 0 && !db.ChangeTracker.Entries<ProfileCorrection>().Any(e => e.State == EntityState.Modified))) return;
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var id in merged.SelectMany(e => (Guid?[])[e.Entity.Id, e.Property(c => c.MergedIntoId).OriginalValue, e.Property(c => c.MergedIntoId).CurrentValue]).OfType<Guid>().Distinct().ToList())
        {
            // For whom has left nobody works; who takes the contact over has it looked at.
            if (await db.FindAsync<Contact>([id], ct) is not { DeletedAt: null } contact || !await db.Users.AnyAsync(u => u.Id == contact.OwnerId && u.IsActive, ct)) continue;
            foreach (var job in new[] { ProfileRequests.JobOf(id, contact.OwnerId, JobLane.Person, now), ScoreRequests.JobOf(id, contact.OwnerId, JobLane.Person, now) })
            {
                if (db.ChangeTracker.Entries<JobRun>().Any(e => e.State == EntityState.Added && e.Entity.Kind == job.Kind && e.Entity.SubjectId == id)) continue;
                // A person put these together, or apart: whatever follows by itself or not.
                job.ByHand = true;
                db.Jobs.Add(job);
            }
        }
    }

    public Func<AppDbContext, CancellationToken, Task>? After(AppDbContext db)
    {
        var moved = Moved(db).GroupBy(e => e.Entity.ContactId, e => e.Entity.Id).ToDictionary(g => g.Key, g => g.ToList());
        return moved.Count == 0 ? null : async (within, ct) =>
        {
            foreach (var (contact, interactions) in moved)
            {
                foreach (var some in interactions.Chunk(500))
                {
                    await within.Analyses.Where(a => some.Contains(a.InteractionId)).ExecuteUpdateAsync(set => set.SetProperty(a => a.ContactId, contact), ct);
                    await within.Findings.Where(f => some.Contains(f.InteractionId)).ExecuteUpdateAsync(set => set.SetProperty(f => f.ContactId, contact), ct);
                }
            }
        };
    }

    private static List<Microsoft.EntityFrameworkCore.ChangeTracking.EntityEntry<Interaction>> Moved(AppDbContext db) =>
        [.. db.ChangeTracker.Entries<Interaction>().Where(e => e.State == EntityState.Modified && e.Property(i => i.ContactId).IsModified)];
}
