using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>A company's new name has its people compared anew; who looks at duplicates is told of every change.</summary>
internal sealed class DuplicateRule : ISavingRule
{
    // Of a company with more people the scan of the night finds the rest.
    private const int MostPeople = 2_000;

    public async Task BeforeAsync(AppDbContext db, CancellationToken ct)
    {
        foreach (var account in db.ChangeTracker.Entries<Account>().Where(e => e.State == EntityState.Modified && (e.Property(a => a.Name).IsModified || e.Property(a => a.DeletedAt).IsModified)).Select(e => e.Entity.Id).ToList())
            MatchIndex.Mark(db, await db.Set<Contact>().Where(c => c.AccountId == account && c.DeletedAt == null).OrderBy(c => c.Id).Take(MostPeople).Select(c => c.Id).ToListAsync(ct));
    }

    public IEnumerable<LiveTopic> Topics(AppDbContext db) =>
        db.ChangeTracker.Entries().Any(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && (e.Entity is DuplicatePair or DuplicateDismissal || e.Entity is Contact { MergedIntoId: not null }))
            || db.ChangeTracker.Entries<Contact>().Any(e => e.State == EntityState.Modified && e.Property(c => c.DeletedAt).IsModified) ? [LiveTopic.Duplicates] : [];
}
