using CrmAi.Domain.Contacts;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Enrichment;

/// <summary>Tells who watches a company or a contact, and lets searches go with the contact they were about.</summary>
internal sealed class EnrichmentRule : ISavingRule
{
    public Task BeforeAsync(AppDbContext db, CancellationToken ct) => Task.CompletedTask;

    public Func<AppDbContext, CancellationToken, Task>? After(AppDbContext db)
    {
        var gone = db.ChangeTracker.Entries<Contact>().Where(e => e.State == EntityState.Modified && e.Property(c => c.DeletedAt).IsModified && e.Entity.DeletedAt is not null).Select(e => (Guid?)e.Entity.Id).ToList();
        return gone.Count == 0 ? null : (within, ct) => within.LookUps.Where(l => gone.Contains(l.ContactId)).ExecuteDeleteAsync(ct);
    }

    public IEnumerable<LiveTopic> Topics(AppDbContext db) =>
        db.ChangeTracker.Entries<RegistryEntry>().Where(Changes).Select(e => LiveTopic.Account(e.Entity.Id))
            .Concat(db.ChangeTracker.Entries<NameConfirmation>().Where(Changes).Select(e => LiveTopic.Contact(e.Entity.Id))).ToList();

    private static bool Changes(Microsoft.EntityFrameworkCore.ChangeTracking.EntityEntry entry) => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted;
}
