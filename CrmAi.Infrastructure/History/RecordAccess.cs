using CrmAi.Domain.Accounts;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.PromptTexts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;
using CrmAi.Domain.Views;
using CrmAi.Infrastructure.Contacts;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.History;

/// <summary>What a viewer may do with one record's history, deleted records included.</summary>
/// <param name="MayGovern">Give it away, share it, delete it, and take such things back.</param>
internal sealed record RecordAccess(bool MayChange, bool MayReadChannels, bool MayGovern)
{
    private static readonly RecordAccess Own = new(true, true, true);

    /// <summary>Keep a conversation to its author, and show it again.</summary>
    public bool MayHide { get; init; } = true;

    /// <summary>What gives a contact away, shows it to others, or makes it come and go.</summary>
    private static readonly string[] Governed = [nameof(Contact.OwnerId), nameof(Contact.Visibility), nameof(Contact.DeletedAt)];

    /// <summary>Whether a command's part in a record may be taken back.</summary>
    public bool MayUndo(ChangeEntry entry, IReadOnlyList<RecordedField> fields) =>
        MayChange && !(entry.RecordType == nameof(PromptHead) && fields.Any(f => f.Field == nameof(PromptHead.LatestVersion))) && !RegistryParts.IsRefresh(entry, fields)
        && (MayHide || entry.RecordType != nameof(Interaction) || fields.All(f => f.Field != nameof(Interaction.IsPrivate)))
        && (MayGovern || !(entry.RecordType == nameof(ContactShare) || (entry.RecordType is nameof(Contact) or nameof(Account) && (entry.Kind != ChangeKind.Updated || fields.Any(f => Governed.Contains(f.Field))))));

    /// <summary>The record of an entry, also where the row itself is gone: then its contact decides, or who it was that removed it.</summary>
    public static async Task<RecordAccess?> OfAsync(AppDbContext db, Viewer viewer, ChangeSet set, ChangeEntry entry, CancellationToken ct)
    {
        // Where the label itself comes or goes, it does so for everybody's contacts.
        if (entry.RecordType == nameof(ContactTag) && set.Entries.Exists(e => e.RecordType == nameof(Tag)))
            return Contacts.Tags.MayDelete(viewer) ? Own : new(false, false, false);
        if (entry.RecordType == nameof(Tag) && entry.Kind != ChangeKind.Updated && set.UserId != viewer.Id && !Contacts.Tags.MayDelete(viewer)) return new(false, false, false);
        if (entry.Kind == ChangeKind.Deleted && entry.RecordType is nameof(Folder) or nameof(SavedView)) return set.UserId == viewer.Id ? Own : null;
        return await OfAsync(db, viewer, entry.RecordType, entry.RecordId, ct, entry.ContactId);
    }

    /// <summary>Null: may not even know of it.</summary>
    /// <param name="contactId">Whom the record is about, where that is known: parts of a contact that are gone are judged by it.</param>
    public static async Task<RecordAccess?> OfAsync(AppDbContext db, Viewer viewer, string recordType, Guid id, CancellationToken ct, Guid? contactId = null) => recordType switch
    {
        nameof(Contact) => Of(viewer, await db.Contacts.VisibleTo(viewer, deletedToo: true).Include(c => c.Shares).AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct)),
        nameof(Account) => Of(viewer, await db.Accounts.VisibleTo(viewer, deletedToo: true).AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct)),
        nameof(RegistryEntry) => await OfAsync(db, viewer, nameof(Account), id, ct),
        nameof(NameConfirmation) => await OfAsync(db, viewer, nameof(Contact), id, ct),
        nameof(Interaction) => await OfInteractionAsync(db, viewer, id, ct),
        nameof(ContactTag) or nameof(ContactShare) or nameof(ContactPhoto) or nameof(ProfileCorrection) => contactId is { } contact ? await OfAsync(db, viewer, nameof(Contact), contact, ct) : null,
        nameof(TaskItem) => await db.Tasks.VisibleTo(viewer, db, deletedToo: true).AnyAsync(t => t.Id == id, ct) ? Own : null,
        nameof(BusinessCard) => await db.BusinessCards.VisibleTo(viewer, db).AnyAsync(c => c.Id == id, ct) ? Own : null,
        nameof(CardCorrection) => await db.CardCorrections.AnyAsync(x => x.Id == id && db.BusinessCards.VisibleTo(viewer, db).Any(c => c.Id == x.CardId), ct) ? Own : null,
        nameof(Attachment) => await OfAttachmentAsync(db, viewer, id, ct),
        nameof(Folder) => await db.Folders.AnyAsync(f => f.Id == id && f.OwnerId == viewer.Id, ct) ? Own : null,
        nameof(SavedView) => await db.Views.AnyAsync(v => v.Id == id && v.OwnerId == viewer.Id, ct) || viewer.May(Operation.Administer) ? Own : null,
        // Versions stay, so that what made a result can be read; another publication is what takes one back.
        nameof(PromptVersion) => viewer.May(Operation.Administer) ? new(false, true, false) : null,
        nameof(PromptAddition) => await db.PromptAdditions.AnyAsync(a => a.Id == id && a.UserId == viewer.Id, ct) ? Own : null,
        nameof(DuplicateDismissal) => await db.DuplicateDismissals.AnyAsync(d => d.Id == id && (d.Kind == MergeKind.Account ? db.Accounts.VisibleTo(viewer, true).Count(a => a.Id == d.FirstId || a.Id == d.SecondId) : db.Contacts.VisibleTo(viewer, true).Count(c => c.Id == d.FirstId || c.Id == d.SecondId)) == 2, ct) && viewer.May(Operation.WriteContacts) ? Own : null,
        nameof(Tag) => viewer.May(Operation.ManageTags) ? Own : null,
        nameof(User) => id == viewer.Id ? Own : null,
        nameof(Domain.CustomFields.CustomField) => viewer.May(Operation.ManageCustomFields) ? Own : null,
        _ => viewer.May(Operation.Administer) ? Own : null,
    };

    private static RecordAccess? Of(Viewer viewer, IOwned? row) => row is null ? null : new(viewer.MayChange(row), viewer.MayReadChannels(row), viewer.MayGovern(row));

    private static async Task<RecordAccess?> OfInteractionAsync(AppDbContext db, Viewer viewer, Guid id, CancellationToken ct)
    {
        var found = await db.Interactions.VisibleTo(viewer, db, deletedToo: true).Include(i => i.Contact).ThenInclude(c => c!.Shares).AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct);
        if (found is null) return null;
        var may = viewer.May(Operation.WriteInteractions) && (found.AuthorId == viewer.Id || viewer.MayChange(found.Contact!));
        return new(may, viewer.MayReadChannels(found.Contact!), may) { MayHide = Interactions.Interactions.MayHide(viewer, found.AuthorId) };
    }

    private static async Task<RecordAccess?> OfAttachmentAsync(AppDbContext db, Viewer viewer, Guid id, CancellationToken ct)
    {
        var file = await db.Attachments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, ct);
        if (file is null) return null;
        return file.InteractionId is { } interaction ? await OfAsync(db, viewer, nameof(Interaction), interaction, ct) : file.UploadedBy == viewer.Id ? Own : null;
    }
}
