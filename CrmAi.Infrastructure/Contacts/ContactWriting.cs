using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.CustomFields;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>Puts what was entered into a contact's row and the rows beside it.</summary>
internal static class ContactWriting
{
    /// <summary>All that stands against it; where that is anything, nothing may be saved.</summary>
    public static async Task<List<Error>> ApplyAsync(AppDbContext db, Viewer viewer, Contact contact, ContactEdit edit, DateTime now, CancellationToken ct)
    {
        var errors = new List<Error>();
        var isNew = db.Entry(contact).State == EntityState.Detached;
        if (await FolderAsync(db, viewer, contact, edit, ct) is { } folder) errors.Add(folder);
        if (!isNew && edit.Visibility != contact.Visibility && !viewer.MayGovern(contact)) errors.Add(Error.Forbidden with { Field = nameof(edit.Visibility) });
        if (await AccountAsync(db, viewer, contact, edit, now, ct) is { } account) errors.Add(account);
        if (await TagsAsync(db, contact, edit.TagIds, ct) is { } tags) errors.Add(tags);
        var custom = await CustomValues.ApplyAsync(db, CustomFieldTarget.Contact, edit.Custom, isNew ? null : contact.Custom, ct);
        errors.AddRange(custom.Errors);
        if (errors.Count > 0) return errors;
        ContactMapping.Apply(contact, edit);
        contact.Custom = custom.Value;
        contact.UpdatedAt = now;
        return errors;
    }

    // A folder is its owner's own: others neither see it nor take the contact out of it.
    private static async Task<Error?> FolderAsync(AppDbContext db, Viewer viewer, Contact contact, ContactEdit edit, CancellationToken ct)
    {
        var files = contact.OwnerId == viewer.Id;
        if (edit.FolderId is { } folder && folder != contact.FolderId && !(files && await db.Folders.AnyAsync(f => f.Id == folder && f.OwnerId == viewer.Id, ct))) return new("folder.unknown", nameof(edit.FolderId));
        if (files) contact.FolderId = edit.FolderId;
        return null;
    }

    private static async Task<Error?> AccountAsync(AppDbContext db, Viewer viewer, Contact contact, ContactEdit edit, DateTime now, CancellationToken ct)
    {
        if (edit.AccountId is { } account)
        {
            if (account != contact.AccountId && !await db.Accounts.VisibleTo(viewer).AnyAsync(a => a.Id == account, ct)) return new("account.unknown", nameof(edit.AccountId));
            contact.AccountId = account;
        }
        else if (string.IsNullOrWhiteSpace(edit.Company))
        {
            // A deleted one was not shown, and so is not taken away: it comes back when it is restored.
            if (contact.Account is not { DeletedAt: not null }) contact.AccountId = null;
        }
        else
        {
            contact.Account = await FindOrMakeAsync(db, viewer, edit.Company, edit.Visibility, now, ct);
            contact.AccountId = contact.Account.Id;
        }
        return null;
    }

    /// <summary>The company of this name that the viewer may see, or a new one.</summary>
    public static async Task<Account> FindOrMakeAsync(AppDbContext db, Viewer viewer, string name, Visibility visibility, DateTime now, CancellationToken ct)
    {
        var folded = Account.Fold(name);
        var found = await db.Accounts.VisibleTo(viewer).OrderBy(a => a.Id).FirstOrDefaultAsync(a => a.NameFolded == folded, ct);
        if (found is not null) return found;
        // As hidden as the contact that names it.
        var made = new Account { Name = name, Visibility = visibility, OwnerId = viewer.Id, TeamId = viewer.TeamId, CreatedAt = now, UpdatedAt = now };
        db.Accounts.Add(made);
        return made;
    }

    private static async Task<Error?> TagsAsync(AppDbContext db, Contact contact, IReadOnlyList<Guid> wanted, CancellationToken ct)
    {
        var added = wanted.Except(contact.Tags.Select(t => t.TagId)).ToList();
        if (added.Count > 0 && await db.Tags.CountAsync(t => added.Contains(t.Id), ct) != added.Count) return new("tag.unknown", nameof(ContactEdit.TagIds));
        db.ContactTags.RemoveRange(contact.Tags.Where(t => !wanted.Contains(t.TagId)));
        db.ContactTags.AddRange(added.Select(id => new ContactTag { ContactId = contact.Id, TagId = id }));
        return null;
    }
}
