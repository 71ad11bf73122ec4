using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Deletions;

/// <summary>Tells whoever looks at what was deleted, whoever it belongs to.</summary>
internal sealed class DeletionTopics : ISavingRule
{
    public Task BeforeAsync(AppDbContext db, CancellationToken ct) => Task.CompletedTask;

    public IEnumerable<LiveTopic> Topics(AppDbContext db) =>
        db.ChangeTracker.Entries<IDeletable>().Any(e => e.State == EntityState.Modified && e.Property(r => r.DeletedAt).IsModified) ? [LiveTopic.Deletions] : [];
}
