using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>A company that is saved is compared anew, and with a new name its people are; who looks at duplicates is told of every change.</summary>
internal sealed class DuplicateRule : ISavingRule
{
    // Of a company with more people the scan of the night finds the rest.
    private const int MostPeople = 2_000;

    // What companies are compared by.
    private static readonly string[] Compared = [nameof(Account.Name), nameof(Account.ShortName), nameof(Account.Website), nameof(Account.Phone), nameof(Account.City), nameof(Account.DeletedAt)];

    public async Task BeforeAsync(AppDbContext db, CancellationToken ct)
    {
        var accounts = db.ChangeTracker.Entries<Account>().Where(e => e.State == EntityState.Added || (e.State == EntityState.Modified && Compared.Any(p => e.Property(p).IsModified))).ToList();
        // What the register says of it tells companies apart too.
        var registered = db.ChangeTracker.Entries<RegistryEntry>().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).Select(e => e.Entity.Id);
        MatchIndex.Mark(db, MergeKind.Account, [.. accounts.Select(e => e.Entity.Id).Concat(registered).Distinct()]);
        foreach (var account in accounts.Where(e => e.State == EntityState.Modified && (e.Property(a => a.Name).IsModified || e.Property(a => a.DeletedAt).IsModified)).Select(e => e.Entity.Id))
            MatchIndex.Mark(db, MergeKind.Contact, await db.Set<Contact>().Where(c => c.AccountId == account && c.DeletedAt == null).OrderBy(c => c.Id).Take(MostPeople).Select(c => c.Id).ToListAsync(ct));
    }

    public IEnumerable<LiveTopic> Topics(AppDbContext db) =>
        db.ChangeTracker.Entries().Any(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && (e.Entity is DuplicatePair or DuplicateDismissal || e.Entity is Contact { MergedIntoId: not null } or Account { MergedIntoId: not null }))
            || db.ChangeTracker.Entries<IDeletable>().Any(e => e.Entity is Contact or Account && e.State == EntityState.Modified && e.Property(c => c.DeletedAt).IsModified) ? [LiveTopic.Duplicates] : [];
}
