using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>What is done with a contact as a whole.</summary>
internal sealed partial class Contacts
{
    private const int MaxShares = 30;

    public Task<Result<Saved>> ArchiveAsync(Guid id, bool archived, CancellationToken ct) =>
        ChangeAsync(id, archived ? "contact.archive" : "contact.unarchive", (viewer, contact) => viewer.MayChange(contact), (_, _, contact) =>
        {
            contact.IsArchived = archived;
            return null;
        }, ct);

    public Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct, int? version = null) =>
        ChangeAsync(id, "contact.delete", (viewer, contact) => viewer.MayGovern(contact), (_, _, contact) =>
        {
            if (version is { } read && contact.Version != read) return Error.Conflict;
            contact.DeletedAt = Now;
            return null;
        }, ct);

    public Task<Result<Saved>> RestoreAsync(Guid id, CancellationToken ct) =>
        ChangeAsync(id, "contact.restore", (viewer, contact) => viewer.MayGovern(contact), (_, _, contact) =>
        {
            if (contact.DeletedAt is not { } deleted) return Error.NotFound;
            if (contact.MergedIntoId is not null) return new("merge.restore", null);
            if (deleted < Now.AddDays(-IHistory.UndoDays)) return new("undo.late", null, IHistory.UndoDays);
            contact.DeletedAt = null;
            return null;
        }, ct, deletedToo: true);

    public async Task<Result<Saved>> AssignAsync(Guid id, Guid ownerId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var owner = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == ownerId && u.IsActive, ct);
        return await ChangeAsync(id, "contact.assign", (viewer, contact) => viewer.MayGovern(contact), (_, viewer, contact) =>
        {
            if (owner is null || !Permissions.Allow(owner.Role, Operation.WriteContacts) || !IsColleague(viewer, owner)) return new("user.unknown", nameof(ownerId));
            if (contact.OwnerId == owner.Id) return null;
            // Folders are their owner's own, and so is the order in them.
            (contact.OwnerId, contact.TeamId, contact.FolderId, contact.Position) = (owner.Id, owner.TeamId, null, 0);
            return null;
        }, ct);
    }

    public async Task<Result<Saved>> ShareAsync(Guid id, IReadOnlyList<ShareEdit> shares, CancellationToken ct)
    {
        if (shares.Count > MaxShares) return new Error("list.long", nameof(shares), MaxShares);
        await using var read = await contexts.CreateDbContextAsync(ct);
        var ids = shares.Select(s => s.UserId).ToHashSet();
        var known = await read.Users.Where(u => ids.Contains(u.Id) && u.IsActive).Select(u => u.Id).ToListAsync(ct);
        return await ChangeAsync(id, "contact.share", (viewer, contact) => viewer.MayGovern(contact), (db, _, contact) =>
        {
            // Somebody with whom it is shared already may have left since.
            if (ids.Any(u => !known.Contains(u) && contact.Shares.TrueForAll(s => s.UserId != u))) return new("user.unknown", nameof(shares));
            db.ContactShares.RemoveRange(contact.Shares.Where(s => !ids.Contains(s.UserId)));
            foreach (var (person, mayChange) in shares.GroupBy(s => s.UserId).Select(g => (g.Key, g.Any(s => s.MayChange))))
            {
                if (person == contact.OwnerId) continue;
                if (contact.Shares.Find(s => s.UserId == person) is { } present) present.MayChange = mayChange;
                else db.ContactShares.Add(new() { ContactId = contact.Id, UserId = person, MayChange = mayChange, CreatedAt = Now });
            }
            return null;
        }, ct);
    }

    private async Task<Result<Saved>> ChangeAsync(Guid id, string name, Func<Viewer, Contact, bool> may, Func<AppDbContext, Viewer, Contact, Error?> change, CancellationToken ct, bool deletedToo = false)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var contact = await db.Contacts.VisibleTo(viewer, deletedToo).Include(c => c.Shares).SingleOrDefaultAsync(c => c.Id == id, ct);
        if (contact is null) return Error.NotFound;
        if (!may(viewer, contact)) return Error.Forbidden;
        if (change(db, viewer, contact) is { } refusal) return refusal;
        return await SaveAsync(db, contact, name, viewer, ct);
    }

    // Whom one may make an owner: one's own team, anybody for an administrator.
    private static bool IsColleague(Viewer viewer, User other) =>
        viewer.Role == Role.Admin || other.Id == viewer.Id || (other.TeamId is { } team && viewer.TeamIds.Contains(team));
}
