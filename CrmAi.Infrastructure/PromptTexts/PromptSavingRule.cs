using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.PromptTexts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CrmAi.Infrastructure.PromptTexts;

/// <summary>Tells who watches prompts. With a contact, and with a conversation, go the trials that quote them.</summary>
internal sealed class PromptSavingRule : ISavingRule
{
    public Task BeforeAsync(AppDbContext db, CancellationToken ct) => Task.CompletedTask;

    public Func<AppDbContext, CancellationToken, Task>? After(AppDbContext db)
    {
        var contacts = db.ChangeTracker.Entries<Contact>().Where(e => IsGoing(e, nameof(Contact.DeletedAt)) && e.Entity.DeletedAt is not null).Select(e => e.Entity.Id).ToList();
        var talks = db.ChangeTracker.Entries<Interaction>().Where(e => IsGoing(e, nameof(Interaction.DeletedAt)) && e.Entity.DeletedAt is not null).Select(e => (Guid?)e.Entity.Id).ToList();
        return contacts.Count + talks.Count == 0 ? null : (within, ct) => within.PromptPreviews.Where(p => contacts.Contains(p.ContactId) || talks.Contains(p.InteractionId)).ExecuteDeleteAsync(ct);
    }

    public IEnumerable<LiveTopic> Topics(AppDbContext db)
    {
        if (db.ChangeTracker.Entries().Any(e => e.Entity is PromptHead or PromptAddition or PromptPolicy or PromptPreview && e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)) yield return LiveTopic.Prompts;
    }

    private static bool IsGoing(EntityEntry entry, string deleted) => entry.State == EntityState.Modified && entry.Property(deleted).IsModified;
}
