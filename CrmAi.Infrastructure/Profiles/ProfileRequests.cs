using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Imports;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Profiles;

/// <summary>A profile is made anew when a conversation's analysis comes, goes or becomes private, or when the contact's rank changes.</summary>
internal sealed class ProfileRequests(TimeProvider time) : ISavingRule
{
    private static readonly string[] Rank = [nameof(Contact.Seniority), nameof(Contact.DecisionMaker)];

    public async Task BeforeAsync(AppDbContext db, CancellationToken ct)
    {
        if (ImportCommands.Is(db.Command)) return; // the night sees to them
        var analysed = db.ChangeTracker.Entries<ConversationAnalysis>().Where(e => e.State is EntityState.Added or EntityState.Deleted).Select(e => e.Entity.ContactId)
            .Concat(db.ChangeTracker.Entries<Interaction>().Where(e => e.State == EntityState.Modified && e.Property(i => i.IsPrivate).IsModified).Select(e => e.Entity.ContactId)).ToHashSet();
        foreach (var contactId in analysed) await AskAsync(db, contactId, JobLane.Person, ct);
        var ranked = db.ChangeTracker.Entries<Contact>().Where(e => e.State == EntityState.Modified && Rank.Any(name => e.Property(name).IsModified)).Select(e => e.Entity.Id).Except(analysed).ToList();
        foreach (var contactId in ranked)
        {
            if (await db.Profiles.AnyAsync(p => p.ContactId == contactId, ct)) await AskAsync(db, contactId, JobLane.Bulk, ct);
        }
    }

    public IEnumerable<LiveTopic> Topics(AppDbContext db) =>
        db.ChangeTracker.Entries<ProfileCorrection>().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).Select(e => LiveTopic.Contact(e.Entity.ContactId));

    public static JobRun JobOf(Guid contactId, Guid userId, JobLane lane, DateTime now) =>
        new() { Kind = ProfileJob.Kind, Lane = lane, SubjectId = contactId, ContactId = contactId, UserId = userId, Total = 1, DueAt = now, CreatedAt = now };

    // One that waits already will read what is saved now; one that runs has read what was there before.
    private async Task AskAsync(AppDbContext db, Guid contactId, JobLane lane, CancellationToken ct)
    {
        if (await db.Jobs.AnyAsync(j => j.SubjectId == contactId && j.Kind == ProfileJob.Kind && j.State == JobState.Waiting, ct)) return;
        var owner = await db.Set<Contact>().Where(c => c.Id == contactId && c.DeletedAt == null).Join(db.Users, c => c.OwnerId, u => u.Id, (c, u) => new { u.Id, u.IsActive, u.ProfileUpdates }).SingleOrDefaultAsync(ct);
        if (owner is { IsActive: true, ProfileUpdates: true }) db.Jobs.Add(JobOf(contactId, owner.Id, lane, time.GetUtcNow().UtcDateTime));
    }
}
