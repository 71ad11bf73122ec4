using CrmAi.Domain.Contacts;
using CrmAi.Domain.Notifications;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Notifications;

/// <summary>Whoever is given a contact, or let into one, by somebody else is told; of long work once, however many it gives. What is only taken back is not told.</summary>
internal sealed class ContactNews : ISavingRule
{
    public Task BeforeAsync(AppDbContext db, CancellationToken ct)
    {
        if (db.Command is not { UndoOf: null, Command: not ("bulk.undo" or "import.undo") } command) return Task.CompletedTask;
        foreach (var contact in db.ChangeTracker.Entries<Contact>().Where(e => e.State == EntityState.Modified && e.Property(c => c.OwnerId).IsModified && e.Entity.OwnerId != command.UserId).Select(e => e.Entity).ToList())
        {
            if (command.GroupId is { } group) Tell(NotificationKind.ContactAssigned, contact.OwnerId, $"contacts.assigned:{group:N}", null);
            else Tell(NotificationKind.ContactAssigned, contact.OwnerId, $"contact.assigned:{command.Id:N}", contact.Id);
        }
        foreach (var share in db.ChangeTracker.Entries<ContactShare>().Where(e => e.State == EntityState.Added && e.Entity.UserId != command.UserId).Select(e => e.Entity).ToList())
            Tell(NotificationKind.ContactShared, share.UserId, $"contact.shared:{command.Id:N}:{share.ContactId:N}", share.ContactId);
        return Task.CompletedTask;

        void Tell(NotificationKind kind, Guid userId, string key, Guid? contactId) => NotificationRows.Add(db, userId, kind, key, contactId, null, command.At);
    }
}
