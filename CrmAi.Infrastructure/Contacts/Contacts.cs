using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

internal sealed partial class Contacts(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ContactReading reading, TimeProvider time) : IContacts
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public Task<ContactSlice> ListAsync(ContactQuery query, int start, int count, CancellationToken ct, ListAnchor? near = null) => reading.ListAsync(query, start, count, near, ct);

    public Task<IReadOnlyList<ContactGroup>> GroupsAsync(ContactQuery query, ContactGrouping by, CancellationToken ct) => reading.GroupsAsync(query, by, ct);

    public Task<Result<Page<ContactDetail>>> PageAsync(ContactQuery query, string? after, int take, CancellationToken ct) => reading.PageAsync(query, after, take, ct);

    public async Task<ContactDetail?> GetAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await db.Contacts.VisibleTo(viewer).Where(c => c.Id == id).Read(db, viewer).ToListAsync(ct);
        return (await ContactRows.DetailsAsync(db, viewer, found, ct)).SingleOrDefault();
    }

    public async Task<Result<Saved>> AddAsync(ContactEdit edit, CancellationToken ct)
    {
        edit = ContactMapping.Normal(edit);
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
        edit = ContactMapping.Normal(edit);
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

    private async Task<Result<Saved>> SaveAsync(AppDbContext db, Contact contact, string name, Viewer viewer, CancellationToken ct)
    {
        contact.UpdatedAt = Now;
        var command = db.Begin(name, viewer, Now);
        if (await db.TrySaveAsync(ct) is { } refusal) return refusal;
        return new Saved(contact.Id, contact.Version, command.Id);
    }
}
