using CrmAi.Domain.Contacts;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>
/// Contacts are found by their labels: those whose label gets another name, goes or comes back are indexed anew.
/// A few in the same save, many by a job, batch by batch.
/// </summary>
internal sealed class TagIndexing(TimeProvider time) : ISavingRule
{
    private const int AtOnce = 50;

    public async Task BeforeAsync(AppDbContext db, CancellationToken ct)
    {
        foreach (var renamed in db.ChangeTracker.Entries<Tag>().Where(e => e.State == EntityState.Modified && e.Property(t => t.Name).IsModified).Select(e => e.Entity.Id).ToList())
        {
            var carrying = await db.ContactTags.Where(t => t.TagId == renamed).OrderBy(t => t.Id).Select(t => t.ContactId).Take(AtOnce + 1).ToListAsync(ct);
            await FollowAsync(db, carrying, renamed, ct);
        }
        var present = db.ChangeTracker.Entries<Contact>().Select(e => e.Entity.Id).ToHashSet();
        var others = db.ChangeTracker.Entries<ContactTag>().Where(e => e.State is EntityState.Added or EntityState.Deleted).Select(e => e.Entity.ContactId).Where(id => !present.Contains(id)).Distinct().ToList();
        if (others.Count > 0) await FollowAsync(db, others, db.Command!.Id, ct);
    }

    private async Task FollowAsync(AppDbContext db, List<Guid> contacts, Guid subject, CancellationToken ct)
    {
        if (contacts.Count is > 0 and <= AtOnce) await ContactIndexing.IndexTagsAsync(db, contacts, ct);
        if (contacts.Count <= AtOnce) return;
        var now = time.GetUtcNow().UtcDateTime;
        db.Jobs.Add(new() { Kind = TagIndexJob.Kind, Lane = JobLane.Bulk, SubjectId = subject, UserId = db.Command!.UserId, DueAt = now, CreatedAt = now });
    }
}

/// <summary>Indexes all contacts that carry a label, or that lost or got one in a change set. From the beginning each time: what is right already costs no write.</summary>
internal sealed class TagIndexJob(IDbContextFactory<AppDbContext> contexts, TimeProvider time) : IJobHandler
{
    public static string Kind => "tag-index";

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        var ids = await ContactsAsync(lease.SubjectId, ct);
        var pace = new BatchPace(time);
        for (var done = 0; done < ids.Count;)
        {
            var batch = ids.GetRange(done, Math.Min(pace.Size, ids.Count - done));
            await using var db = await contexts.CreateDbContextAsync(ct);
            await ContactIndexing.IndexTagsAsync(db, batch, ct);
            await lease.ProgressAsync(db, done += batch.Count, ids.Count, ct);
            await pace.SaveAsync(db, ct);
        }
        await using var last = await contexts.CreateDbContextAsync(ct);
        await lease.FinishAsync(last, time.GetUtcNow().UtcDateTime, JobState.Done, ct);
        await last.SaveChangesAsync(ct);
    }

    private async Task<List<Guid>> ContactsAsync(Guid subject, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var carrying = db.ContactTags.Where(t => t.TagId == subject).Select(t => t.ContactId);
        var changed = db.ChangeEntries.Where(e => e.ChangeSetId == subject && e.RecordType == nameof(ContactTag) && e.ContactId != null).Select(e => e.ContactId!.Value);
        return await carrying.Union(changed).ToListAsync(ct);
    }
}
