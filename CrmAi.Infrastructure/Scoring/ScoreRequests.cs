using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Imports;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Scoring;

/// <summary>
/// Scores are made anew when a conversation's analysis comes, goes or becomes private, when an appointment changes, and when what the record says of the deal does.
/// Where the owner lets nothing follow by itself, only what became private or went is seen to.
/// </summary>
internal sealed class ScoreRequests(TimeProvider time) : ISavingRule
{
    private static readonly string[] Deal =
    [
        nameof(Contact.Stage), nameof(Contact.Lifecycle), nameof(Contact.DecisionMaker), nameof(Contact.BudgetAuthority), nameof(Contact.BudgetMinor), nameof(Contact.DealValueMinor), nameof(Contact.Currency),
        nameof(Contact.OwnerId), nameof(Contact.IsArchived), nameof(Contact.NextFollowUpAt), nameof(Contact.DeletedAt),
    ];

    public async Task BeforeAsync(AppDbContext db, CancellationToken ct)
    {
        if (ImportCommands.Is(db.Command)) return; // the night sees to them
        var interactions = db.ChangeTracker.Entries<Interaction>().Where(e => e.State is EntityState.Added or EntityState.Modified).ToList();
        var hidden = interactions.Where(e => e.State == EntityState.Modified && (e.Property(i => i.IsPrivate).IsModified || e.Property(i => i.DeletedAt).IsModified)).Select(e => e.Entity.ContactId).ToHashSet();
        // One that is to be analysed is counted once that is done.
        var awaited = db.ChangeTracker.Entries<JobRun>().Where(e => e.State == EntityState.Added && e.Entity.ContactId is not null).Select(e => e.Entity.SubjectId).ToHashSet();
        var said = db.ChangeTracker.Entries<ConversationAnalysis>().Where(e => e.State is EntityState.Added or EntityState.Deleted).Select(e => e.Entity.ContactId)
            .Concat(interactions.Where(e => !awaited.Contains(e.Entity.Id)).Select(e => e.Entity.ContactId));
        var dealt = db.ChangeTracker.Entries<Contact>().Where(e => e.State == EntityState.Modified && Deal.Any(name => e.Property(name).IsModified)).Select(e => e.Entity.Id);
        var asked = said.Concat(dealt).Concat(hidden).ToHashSet();
        if (asked.Count == 0) return;
        var now = time.GetUtcNow().UtcDateTime;
        // A change to many at once lets people's own go first.
        var lane = db.Command?.Origin == ChangeOrigin.Job ? JobLane.Bulk : JobLane.Person;
        var waiting = db.Jobs.Where(j => j.Kind == ScoreJob.Kind && j.State == JobState.Waiting);
        var owners = await db.Set<Contact>().Where(c => asked.Contains(c.Id) && c.DeletedAt == null && !waiting.Any(j => j.SubjectId == c.Id))
            .Join(db.Users.Where(u => u.IsActive), c => c.OwnerId, u => u.Id, (c, u) => new { c.Id, UserId = u.Id, u.ProfileUpdates, Scored = db.ContactScores.Any(s => s.ContactId == c.Id) }).ToListAsync(ct);
        foreach (var owner in owners.Where(o => o.ProfileUpdates || (o.Scored && hidden.Contains(o.Id))))
        {
            var job = JobOf(owner.Id, owner.UserId, lane, now);
            // Somebody hid or took away what was counted: that is seen to, whatever is switched off.
            job.ByHand = hidden.Contains(owner.Id);
            db.Jobs.Add(job);
        }
        if (hidden.Count > 0) await waiting.Where(j => hidden.Contains(j.SubjectId)).ExecuteUpdateAsync(set => set.SetProperty(j => j.ByHand, true), ct);
    }

    public static JobRun JobOf(Guid contactId, Guid userId, JobLane lane, DateTime now) =>
        new() { Kind = ScoreJob.Kind, Lane = lane, SubjectId = contactId, ContactId = contactId, UserId = userId, Total = 1, DueAt = now, CreatedAt = now };
}
