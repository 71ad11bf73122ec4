using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

internal sealed class Contacts(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ContactReading reading, TimeProvider time) : IContacts
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public Task<ContactSlice> ListAsync(ContactQuery query, int start, int count, CancellationToken ct, ListAnchor? near = null) => reading.ListAsync(query, start, count, near, ct);

    public Task<IReadOnlyList<ContactGroup>> GroupsAsync(ContactQuery query, ContactGrouping by, CancellationToken ct) => reading.GroupsAsync(query, by, ct);

    public Task<Result<Page<ContactDetail>>> PageAsync(ContactQuery query, string? after, int take, CancellationToken ct) => reading.PageAsync(query, after, take, ct);

    public async Task<ContactDetail?> GetAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var contact = await db.Contacts.VisibleTo(viewer).Include(c => c.Account).Include(c => c.Tags).ThenInclude(t => t.Tag).AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct);
        if (contact is null) return null;
        return ContactMapping.Detail(contact, (await OwnersAsync(db, [contact], ct))[contact.OwnerId], viewer);
    }

    public async Task<Result<Saved>> AddAsync(ContactEdit edit, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.WriteContacts)) return Error.Forbidden;
        var errors = ContactRules.Check(edit, DateOnly.FromDateTime(Now));
        if (errors.Count > 0) return Result.Refused<Saved>(errors);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var contact = new Contact { Name = "", OwnerId = viewer.Id, TeamId = viewer.TeamId, CreatedAt = Now };
        if (await ApplyAsync(db, viewer, contact, edit, ct) is { } refusal) return refusal;
        db.Contacts.Add(contact);
        var command = db.Begin("contact.add", viewer, Now);
        await db.SaveChangesAsync(ct);
        return new Saved(contact.Id, contact.Version, command.Id);
    }

    public async Task<Result<Saved>> UpdateAsync(Guid id, int version, ContactEdit edit, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var contact = await db.Contacts.VisibleTo(viewer).Include(c => c.Account).SingleOrDefaultAsync(c => c.Id == id, ct);
        if (contact is null) return Error.NotFound;
        if (!viewer.MayChange(contact)) return Error.Forbidden;
        var errors = ContactRules.Check(edit, DateOnly.FromDateTime(Now));
        if (errors.Count > 0) return Result.Refused<Saved>(errors);
        if (contact.Version != version) return Error.Conflict;
        if (await ApplyAsync(db, viewer, contact, edit, ct) is { } refusal) return refusal;
        return await SaveAsync(db, contact, "contact.edit", viewer, ct);
    }

    public async Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var contact = await db.Contacts.VisibleTo(viewer).SingleOrDefaultAsync(c => c.Id == id, ct);
        if (contact is null) return Error.NotFound;
        if (!viewer.MayChange(contact)) return Error.Forbidden;
        contact.DeletedAt = Now;
        return await SaveAsync(db, contact, "contact.delete", viewer, ct);
    }

    public Task<Result<Saved>> ArchiveAsync(Guid id, bool archived, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> AssignAsync(Guid id, Guid ownerId, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> ShareAsync(Guid id, IReadOnlyList<ShareEdit> shares, CancellationToken ct) => throw new NotImplementedException();

    public Task<Result<Saved>> RestoreAsync(Guid id, CancellationToken ct) => throw new NotImplementedException();

    private async Task<Result<Saved>> SaveAsync(AppDbContext db, Contact contact, string name, Viewer viewer, CancellationToken ct)
    {
        contact.UpdatedAt = Now;
        var command = db.Begin(name, viewer, Now);
        try { await db.SaveChangesAsync(ct); }
        catch (DbUpdateConcurrencyException) { return Error.Conflict; }
        return new Saved(contact.Id, contact.Version, command.Id);
    }

    private async Task<Error?> ApplyAsync(AppDbContext db, Viewer viewer, Contact contact, ContactEdit edit, CancellationToken ct)
    {
        if (edit.FolderId is { } folder && folder != contact.FolderId && !await db.Folders.AnyAsync(f => f.Id == folder && f.OwnerId == viewer.Id, ct))
            return new("folder.unknown", nameof(edit.FolderId));
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
            contact.Account = await FindOrMakeAsync(db, viewer, edit.Company.Trim(), edit.Visibility, ct);
            contact.AccountId = contact.Account.Id;
        }
        ContactMapping.Apply(contact, edit);
        contact.UpdatedAt = Now;
        return null;
    }

    private async Task<Account> FindOrMakeAsync(AppDbContext db, Viewer viewer, string name, Visibility visibility, CancellationToken ct)
    {
        var folded = Account.Fold(name);
        var found = await db.Accounts.VisibleTo(viewer).OrderBy(a => a.Id).FirstOrDefaultAsync(a => a.NameFolded == folded, ct);
        if (found is not null) return found;
        // As hidden as the contact that names it.
        var made = new Account { Name = name, Visibility = visibility, OwnerId = viewer.Id, TeamId = viewer.TeamId, CreatedAt = Now, UpdatedAt = Now };
        db.Accounts.Add(made);
        return made;
    }

    private static async Task<Dictionary<Guid, string>> OwnersAsync(AppDbContext db, IReadOnlyList<Contact> contacts, CancellationToken ct)
    {
        var ids = contacts.Select(c => c.OwnerId).Distinct().ToList();
        return await db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, ct);
    }
}
