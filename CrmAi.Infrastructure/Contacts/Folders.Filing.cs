using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>Contacts into folders, and their order there.</summary>
internal sealed partial class Folders
{
    public async Task<Result<Saved>> FileAsync(IReadOnlyList<Guid> contactIds, Guid? folderId, Guid? before, CancellationToken ct)
    {
        var ids = contactIds.Distinct().ToList();
        if (ids.Count == 0) return Error.NotFound;
        if (ids.Count > Folder.MaxFiled) return new Error("list.long", nameof(contactIds), Folder.MaxFiled);
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var seen = await db.Contacts.VisibleTo(viewer).Include(c => c.Shares).Where(c => ids.Contains(c.Id)).AsNoTracking().ToListAsync(ct);
        if (seen.Count != ids.Count) return Error.NotFound;
        if (!seen.TrueForAll(c => c.OwnerId == viewer.Id && viewer.MayChange(c))) return Error.Forbidden;
        if (folderId is { } target && !await db.Folders.AnyAsync(f => f.Id == target && f.OwnerId == viewer.Id, ct)) return new Error("folder.unknown", nameof(folderId));

        var there = db.Contacts.VisibleTo(viewer).Where(c => c.OwnerId == viewer.Id && c.FolderId == folderId);
        if (before is { } named && !await there.AnyAsync(c => c.Id == named, ct)) return Error.NotFound;
        var next = await NextAsync(there, ids, before, ct);
        var places = await PlacesAsync(there, ids, next, ct);
        // Making room and putting down happen together, or neither.
        await using var transaction = places is null ? await db.Database.BeginTransactionAsync(ct) : null;
        places ??= await MakeRoomAsync(there, next!, ids.Count, ct);
        var rows = await db.Contacts.VisibleTo(viewer).Where(c => ids.Contains(c.Id)).ToListAsync(ct);
        foreach (var (contact, place) in InTheirOrder(rows, ids).Zip(places)) (contact.FolderId, contact.Position) = (folderId, place);
        var command = db.Begin("contact.file", viewer, Now);
        if (await db.TrySaveAsync(ct) is { } refusal) return refusal;
        if (transaction is not null) await transaction.CommitAsync(ct);
        return new Saved(ids[0], rows.Single(c => c.Id == ids[0]).Version, command.Id);
    }

    private async Task<double[]?> PlacesAsync(IQueryable<Contact> there, List<Guid> moving, Place? next, CancellationToken ct)
    {
        if (next is null) return FolderPlaces.AtEnd(time.GetUtcNow(), moving.Count);
        var last = await Before(there, next).Where(c => !moving.Contains(c.Id)).OrderByDescending(c => c.Position).ThenByDescending(c => c.Id).Select(c => (double?)c.Position).FirstOrDefaultAsync(ct);
        return FolderPlaces.Between(last, next.Position, moving.Count);
    }

    // All before it go down by one statement, past versions and history, since their order stays. Up would meet those yet to come.
    private static async Task<double[]> MakeRoomAsync(IQueryable<Contact> there, Place next, int count, CancellationToken ct)
    {
        double room = count + 1;
        await Before(there, next).ExecuteUpdateAsync(set => set.SetProperty(c => c.Position, c => c.Position - room), ct);
        return FolderPlaces.Between(next.Position - room, next.Position, count)!;
    }

    // A selection dropped onto one of its own stands before the next that stays.
    private static async Task<Place?> NextAsync(IQueryable<Contact> there, List<Guid> moving, Guid? before, CancellationToken ct)
    {
        if (before is not { } id) return null;
        var at = await there.Where(c => c.Id == id).Select(c => new Place(c.Id, c.Position)).SingleAsync(ct);
        if (!moving.Contains(id)) return at;
        return await there.Where(c => (c.Position > at.Position || (c.Position == at.Position && c.Id > at.Id)) && !moving.Contains(c.Id)).OrderBy(c => c.Position).ThenBy(c => c.Id)
            .Select(c => new Place(c.Id, c.Position)).FirstOrDefaultAsync(ct);
    }

    private static IQueryable<Contact> Before(IQueryable<Contact> there, Place next) =>
        there.Where(c => c.Position < next.Position || (c.Position == next.Position && c.Id < next.Id));

    // As they stand in their folder; those of several folders, one folder after the other as they were named.
    private static IEnumerable<Contact> InTheirOrder(List<Contact> rows, List<Guid> named)
    {
        var byId = rows.ToDictionary(c => c.Id);
        return named.Select(id => byId[id]).GroupBy(c => c.FolderId).SelectMany(folder => folder.OrderBy(c => c.Position).ThenBy(c => c.Id));
    }

    private sealed record Place(Guid Id, double Position);
}
