using CrmAi.Domain.Contacts;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>With a contact go the models' answers about them; what they cost stays on record.</summary>
internal sealed class AiErasure : ISavingRule
{
    public Task BeforeAsync(AppDbContext db, CancellationToken ct) => Task.CompletedTask;

    public Func<AppDbContext, CancellationToken, Task>? After(AppDbContext db)
    {
        var gone = db.ChangeTracker.Entries<Contact>().Where(e => e.State == EntityState.Modified && e.Property(c => c.DeletedAt).IsModified && e.Entity.DeletedAt is not null).Select(e => (Guid?)e.Entity.Id).ToList();
        return gone.Count == 0 ? null : (within, ct) => within.AiCalls.Where(c => gone.Contains(c.ContactId) && c.Output != null).ExecuteUpdateAsync(set => set.SetProperty(c => c.Output, (string?)null), ct);
    }
}
