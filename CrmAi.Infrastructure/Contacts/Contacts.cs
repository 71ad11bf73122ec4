using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

internal sealed partial class Contacts(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, FieldCipher cipher, TimeProvider time) : IContacts
{
    private const int MaxTake = 200;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<ContactSlice> ListAsync(ContactQuery query, int start, int count, CancellationToken ct, ListAnchor? near = null)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = ContactLists.Narrow(db.Contacts.VisibleTo(viewer), query, viewer).Matching(db, cipher, viewer, query.Search);
        var total = await found.OrderBy(c => c.Id).Take(Slice<ContactRow>.CountLimit).CountAsync(ct);
        var rows = await ContactLists.Ordered(found, query.Order).Skip(Math.Max(0, start)).Take(Math.Clamp(count, 0, MaxTake)).Select(ContactLists.Row(db, viewer)).ToListAsync(ct);
        return new(rows, total, null, null);
    }

    public async Task<Result<Page<ContactDetail>>> PageAsync(ContactQuery query, string? after, int take, CancellationToken ct)
    {
        take = Math.Clamp(take, 1, MaxTake);
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = db.Contacts.VisibleTo(viewer).Matching(db, cipher, viewer, query.Search);
        if (after is not null)
        {
            if (Cursor.Parse(after) is not { } cursor) return new Error("cursor.unknown", nameof(after));
            found = found.Where(c => c.Id > cursor.Id);
        }
        var rows = await ContactMapping.WithParts(found.OrderBy(c => c.Id).Take(take + 1)).AsNoTracking().ToListAsync(ct);
        var people = await PeopleAsync(db, rows, ct);
        var page = rows.Take(take).Select(c => ContactMapping.Detail(c, people, viewer)).ToList();
        return new Page<ContactDetail>(page, rows.Count > take ? new Cursor(rows[take - 1].CreatedAt, rows[take - 1].Id).ToString() : null);
    }

    public async Task<ContactDetail?> GetAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var contact = await ContactMapping.WithParts(db.Contacts.VisibleTo(viewer)).AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct);
        return contact is null ? null : ContactMapping.Detail(contact, await PeopleAsync(db, [contact], ct), viewer);
    }

    public async Task<Result<Saved>> AddAsync(ContactEdit edit, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.WriteContacts)) return Error.Forbidden;
        var errors = ContactRules.Check(edit, DateOnly.FromDateTime(Now));
        if (errors.Count > 0) return Result.Refused<Saved>(errors);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var contact = new Contact { Name = "", OwnerId = viewer.Id, TeamId = viewer.TeamId, CreatedAt = Now };
        if (await ContactWriting.ApplyAsync(db, viewer, contact, edit, Now, ct) is { Count: > 0 } refusals) return Result.Refused<Saved>(refusals);
        db.Contacts.Add(contact);
        var command = db.Begin("contact.add", viewer, Now);
        await db.SaveChangesAsync(ct);
        return new Saved(contact.Id, contact.Version, command.Id);
    }

    public async Task<Result<Saved>> UpdateAsync(Guid id, int version, ContactEdit edit, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var contact = await db.Contacts.VisibleTo(viewer).Include(c => c.Account).Include(c => c.Tags).Include(c => c.Shares).AsSplitQuery().SingleOrDefaultAsync(c => c.Id == id, ct);
        if (contact is null) return Error.NotFound;
        if (!viewer.MayChange(contact)) return Error.Forbidden;
        var errors = ContactRules.Check(edit, DateOnly.FromDateTime(Now));
        if (errors.Count > 0) return Result.Refused<Saved>(errors);
        if (contact.Version != version) return Error.Conflict;
        if (await ContactWriting.ApplyAsync(db, viewer, contact, edit, Now, ct) is { Count: > 0 } refusals) return Result.Refused<Saved>(refusals);
        return await SaveAsync(db, contact, "contact.edit", viewer, ct);
    }

    public Task<IReadOnlyList<ContactGroup>> GroupsAsync(ContactQuery query, ContactGrouping by, CancellationToken ct) => throw new NotImplementedException();

    private async Task<Result<Saved>> SaveAsync(AppDbContext db, Contact contact, string name, Viewer viewer, CancellationToken ct)
    {
        contact.UpdatedAt = Now;
        var command = db.Begin(name, viewer, Now);
        try { await db.SaveChangesAsync(ct); }
        catch (DbUpdateConcurrencyException) { return Error.Conflict; }
        return new Saved(contact.Id, contact.Version, command.Id);
    }

    private static async Task<Dictionary<Guid, string>> PeopleAsync(AppDbContext db, IReadOnlyList<Contact> contacts, CancellationToken ct)
    {
        var ids = contacts.Select(c => c.OwnerId).Concat(contacts.SelectMany(c => c.Shares).Select(s => s.UserId)).Distinct().ToList();
        return await db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, ct);
    }
}
