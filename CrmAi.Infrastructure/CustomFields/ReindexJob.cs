using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Jobs;
using CrmAi.Infrastructure.Accounts;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.CustomFields;

/// <summary>Brings what records are found by in step with a field that has become searchable, or is no longer. May run again at any time.</summary>
internal sealed class ReindexJob(IDbContextFactory<AppDbContext> contexts, TimeProvider time) : IJobHandler
{
    // Reading goes fast; writing gives way to others after each few.
    private const int ReadAtOnce = 1_000, WrittenAtOnce = 20;

    public static string Kind => "custom.reindex";

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var field = await db.CustomFields.AsNoTracking().SingleOrDefaultAsync(f => f.Id == lease.SubjectId, ct);
        if (field?.Target == CustomFieldTarget.Contact) await ContactsAsync(field.Id, ct);
        else if (field is not null) await AccountsAsync(field.Id, ct);
        await lease.FinishAsync(db, time.GetUtcNow().UtcDateTime, JobState.Done, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task ContactsAsync(Guid field, CancellationToken ct)
    {
        var pace = new BatchPace(time);
        for (Guid? after = default(Guid); after is not null;)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var read = await db.Contacts.AsNoTracking().Where(c => c.Id > after && c.DeletedAt == null).OrderBy(c => c.Id).Take(ReadAtOnce).Select(c => new { c.Id, c.Custom }).ToListAsync(ct);
            var ids = read.Where(c => c.Custom.ContainsKey(field)).Select(c => c.Id).ToList();
            for (var done = 0; done < ids.Count;)
            {
                var batch = ids.GetRange(done, Math.Min(pace.Size, ids.Count - done));
                await using var write = await contexts.CreateDbContextAsync(ct);
                await ContactIndexing.IndexTagsAsync(write, batch, ct);
                await pace.SaveAsync(write, ct);
                done += batch.Count;
            }
            after = read.Count == ReadAtOnce ? read[^1].Id : null;
        }
    }

    private async Task AccountsAsync(Guid field, CancellationToken ct)
    {
        for (Guid? after = default(Guid); after is not null;)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var read = await db.Accounts.AsNoTracking().Where(a => a.Id > after && a.DeletedAt == null).OrderBy(a => a.Id).Take(ReadAtOnce).Select(a => new { a.Id, a.Custom }).ToListAsync(ct);
            foreach (var batch in read.Where(a => a.Custom.ContainsKey(field)).Select(a => a.Id).Chunk(WrittenAtOnce))
            {
                await using var write = await contexts.CreateDbContextAsync(ct);
                var searchable = await CustomValues.SearchableAsync(write, CustomFieldTarget.Account, ct);
                foreach (var account in await write.Accounts.Where(a => batch.Contains(a.Id)).ToListAsync(ct))
                    await AccountIndexing.KeepAsync(write, account, AccountIndexing.Terms(account, CustomValues.Terms(account.Custom, searchable, write.Cipher)), isNew: false, ct);
                await write.SaveChangesAsync(ct);
            }
            after = read.Count == ReadAtOnce ? read[^1].Id : null;
        }
    }
}

/// <summary>Asks for the job whenever a field begins or ceases to be searched, by whatever command.</summary>
internal sealed class SearchableFields(TimeProvider time) : ISavingRule
{
    public Task BeforeAsync(AppDbContext db, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var entry in db.ChangeTracker.Entries<CustomField>().Where(e => e.State == EntityState.Modified).ToList())
        {
            var was = entry.OriginalValues.GetValue<bool>(nameof(CustomField.IsSearchable)) && !entry.OriginalValues.GetValue<bool>(nameof(CustomField.IsArchived));
            if (was == (entry.Entity.IsSearchable && !entry.Entity.IsArchived) || db.Command is not { } command) continue;
            db.Jobs.Add(new() { Kind = ReindexJob.Kind, Lane = JobLane.Bulk, SubjectId = entry.Entity.Id, UserId = command.UserId, DueAt = now, CreatedAt = now, Total = 1 });
        }
        return Task.CompletedTask;
    }
}
