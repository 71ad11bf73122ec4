using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Domain.Views;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.History;

/// <summary>What a viewer may do with one record's history, deleted records included.</summary>
internal sealed record RecordAccess(bool MayChange, bool MayReadChannels)
{
    private static readonly RecordAccess Own = new(true, true);

    /// <summary>The record of an entry, also where the row itself is gone: then its contact decides, or who it was that removed it.</summary>
    public static async Task<RecordAccess?> OfAsync(AppDbContext db, Viewer viewer, ChangeSet set, ChangeEntry entry, CancellationToken ct)
    {
        if (entry.RecordType == nameof(ContactTag))
        {
            // Where the label itself comes or goes, it does so for everybody's contacts.
            if (set.Entries.Exists(e => e.RecordType == nameof(Tag))) return new(Contacts.Tags.MayDelete(viewer), false);
            if (entry.ContactId is { } contact) return await OfAsync(db, viewer, nameof(Contact), contact, ct);
        }
        if (entry.Kind == ChangeKind.Deleted && entry.RecordType is nameof(Folder) or nameof(SavedView)) return set.UserId == viewer.Id ? Own : null;
        return await OfAsync(db, viewer, entry.RecordType, entry.RecordId, ct);
    }

    /// <summary>Null: may not even know of it.</summary>
    public static async Task<RecordAccess?> OfAsync(AppDbContext db, Viewer viewer, string recordType, Guid id, CancellationToken ct) => recordType switch
    {
        nameof(Contact) => Of(viewer, await db.Contacts.VisibleTo(viewer, deletedToo: true).AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct)),
        nameof(Account) => Of(viewer, await db.Accounts.VisibleTo(viewer, deletedToo: true).AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct)),
        nameof(Interaction) => await OfInteractionAsync(db, viewer, id, ct),
        nameof(ContactTag) => await OfTagAsync(db, viewer, id, ct),
        nameof(Attachment) => await OfAttachmentAsync(db, viewer, id, ct),
        nameof(Folder) => await db.Folders.AnyAsync(f => f.Id == id && f.OwnerId == viewer.Id, ct) ? Own : null,
        nameof(SavedView) => await db.Views.AnyAsync(v => v.Id == id && v.OwnerId == viewer.Id, ct) || viewer.May(Operation.Administer) ? Own : null,
        nameof(Tag) => viewer.May(Operation.ManageTags) ? Own : null,
        nameof(User) => id == viewer.Id ? Own : null,
        _ => viewer.May(Operation.Administer) ? Own : null,
    };

    private static RecordAccess? Of(Viewer viewer, IOwned? row) => row is null ? null : new(viewer.MayChange(row), viewer.MayReadChannels(row));

    private static async Task<RecordAccess?> OfInteractionAsync(AppDbContext db, Viewer viewer, Guid id, CancellationToken ct)
    {
        var found = await db.Interactions.VisibleTo(viewer, db, deletedToo: true).AsNoTracking().Where(i => i.Id == id).Select(i => new { i.AuthorId, i.Contact }).SingleOrDefaultAsync(ct);
        return found is null ? null : new(viewer.May(Operation.WriteInteractions) && (found.AuthorId == viewer.Id || viewer.MayChange(found.Contact!)), viewer.MayReadChannels(found.Contact!));
    }

    private static async Task<RecordAccess?> OfTagAsync(AppDbContext db, Viewer viewer, Guid id, CancellationToken ct)
    {
        var contact = await db.ContactTags.Where(t => t.Id == id).Select(t => (Guid?)t.ContactId).SingleOrDefaultAsync(ct);
        return contact is { } contactId ? await OfAsync(db, viewer, nameof(Contact), contactId, ct) : null;
    }

    private static async Task<RecordAccess?> OfAttachmentAsync(AppDbContext db, Viewer viewer, Guid id, CancellationToken ct)
    {
        var file = await db.Attachments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct);
        if (file is null) return null;
        return file.InteractionId is { } interaction ? await OfAsync(db, viewer, nameof(Interaction), interaction, ct) : file.UploadedBy == viewer.Id ? Own : null;
    }
}
