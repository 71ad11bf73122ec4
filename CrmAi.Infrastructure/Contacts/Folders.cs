using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

internal sealed partial class Folders(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, TimeProvider time) : IFolders
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<IReadOnlyList<FolderRow>> ListAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var tree = await FolderTree.ReadAsync(db, viewer.Id, ct);
        if (tree.Count == 0) return [];
        var counts = await db.Contacts.VisibleTo(viewer).Where(c => c.OwnerId == viewer.Id && c.FolderId != null && !c.IsArchived)
            .GroupBy(c => c.FolderId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return [.. tree.Ordered().Select(f => new FolderRow(f.Folder.Id, f.Folder.Version, f.Folder.Name, f.Folder.ParentId, f.Depth, counts.GetValueOrDefault(f.Folder.Id)))];
    }

    public async Task<Result<Saved>> AddAsync(string name, Guid? parentId, CancellationToken ct)
    {
        name = OneLine.Of(name);
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.WriteContacts)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var tree = await FolderTree.ReadAsync(db, viewer.Id, ct);
        var folder = new Folder { OwnerId = viewer.Id, Name = name, ParentId = parentId, Position = FolderPlaces.End(time.GetUtcNow()) };
        if (parentId is { } parent && tree.Find(parent) is null) return new Error("folder.unknown", nameof(parentId));
        if (tree.DepthOf(parentId) >= Folder.MaxDepth) return new Error("folder.deep", nameof(parentId), Folder.MaxDepth);
        if (tree.Count >= Folder.MaxPerPerson) return new Error("folder.limit", null, Folder.MaxPerPerson);
        if (NameError(tree, folder.Id, parentId, name) is { } refusal) return refusal;
        db.Folders.Add(folder);
        return await SaveAsync(db, folder, "folder.add", viewer, ct);
    }

    public async Task<Result<Saved>> RenameAsync(Guid id, int version, string name, CancellationToken ct)
    {
        name = OneLine.Of(name);
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var tree = await FolderTree.ReadAsync(db, viewer.Id, ct);
        if (tree.Find(id) is not { } folder) return Error.NotFound;
        if (NameError(tree, id, folder.ParentId, name) is { } refusal) return refusal;
        if (folder.Version != version) return Error.Conflict;
        folder.Name = name;
        return await SaveAsync(db, folder, "folder.rename", viewer, ct);
    }

    public async Task<Result<Saved>> MoveAsync(Guid id, Guid? parentId, Guid? before, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var tree = await FolderTree.ReadAsync(db, viewer.Id, ct);
        if (tree.Find(id) is not { } folder) return Error.NotFound;
        if (PlaceError(tree, id, parentId, folder.Name) is { } refusal) return refusal;
        if (before == id) before = tree.Children(folder.ParentId).SkipWhile(f => f.Id != id).Skip(1).FirstOrDefault()?.Id;
        var beside = tree.Children(parentId).Where(f => f.Id != id).ToList();
        var at = before is { } next ? beside.FindIndex(f => f.Id == next) : beside.Count;
        if (at < 0) return Error.NotFound;
        folder.ParentId = parentId;
        Put(folder, beside, at);
        return await SaveAsync(db, folder, "folder.move", viewer, ct);
    }

    public async Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct, int? version = null)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var tree = await FolderTree.ReadAsync(db, viewer.Id, ct);
        if (tree.Find(id) is not { } folder) return Error.NotFound;
        if (version is { } read && folder.Version != read) return Error.Conflict;
        var inside = db.Contacts.VisibleTo(viewer, deletedToo: true).Where(c => c.FolderId == id);
        if (await inside.CountAsync(ct) is > Folder.MaxEmptied and var count) return new Error("folder.used", null, count);
        // Those deleted go along: they may come back.
        var contacts = await inside.OrderBy(c => c.Position).ThenBy(c => c.Id).ToListAsync(ct);
        foreach (var (contact, place) in contacts.Zip(FolderPlaces.AtEnd(time.GetUtcNow(), contacts.Count))) (contact.FolderId, contact.Position) = (folder.ParentId, place);
        var names = tree.Children(folder.ParentId).Where(f => f.Id != id).Select(f => f.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var children = tree.Children(id).ToList();
        foreach (var (child, place) in children.Zip(FolderPlaces.AtEnd(time.GetUtcNow(), children.Count)))
        {
            (child.ParentId, child.Position) = (folder.ParentId, place);
            for (var (plain, number) = (child.Name, 2); !names.Add(child.Name); number++) child.Name = Numbered(plain, number);
        }
        db.Folders.Remove(folder);
        return await SaveAsync(db, folder, "folder.delete", viewer, ct);
    }

    private static void Put(Folder folder, List<Folder> beside, int at)
    {
        if (at == beside.Count) folder.Position = beside.Count == 0 ? 0 : beside[^1].Position + 1;
        else if (FolderPlaces.Between(at == 0 ? null : beside[at - 1].Position, beside[at].Position, 1) is [var place]) folder.Position = place;
        else
        {
            // No room left between the two: the few beside it are numbered anew.
            beside.Insert(at, folder);
            for (var i = 0; i < beside.Count; i++) beside[i].Position = i;
        }
    }

    private static string Numbered(string name, int number)
    {
        var suffix = $" ({number})";
        return (name.Length + suffix.Length > Folder.MaxName ? name[..(Folder.MaxName - suffix.Length)] : name) + suffix;
    }

    /// <summary>Why a folder that there is cannot stand under that name in another; null where it can.</summary>
    internal static Error? PlaceError(FolderTree tree, Guid id, Guid? parentId, string name)
    {
        if (parentId is { } parent && tree.Find(parent) is null) return new Error("folder.unknown", nameof(parentId));
        if (tree.IsWithin(parentId, id)) return new Error("folder.circle", nameof(parentId));
        if (tree.DepthOf(parentId) + tree.HeightOf(id) > Folder.MaxDepth) return new Error("folder.deep", nameof(parentId), Folder.MaxDepth);
        return NameError(tree, id, parentId, name);
    }

    private static Error? NameError(FolderTree tree, Guid id, Guid? parentId, string name)
    {
        if (name.Length == 0) return new("folder.name.empty", nameof(name));
        if (name.Length > Folder.MaxName) return new("text.long", nameof(name), Folder.MaxName);
        var taken = tree.Children(parentId).Any(f => f.Id != id && string.Equals(f.Name, name, StringComparison.OrdinalIgnoreCase));
        return taken ? new("folder.name.taken", nameof(name)) : null;
    }

    private async Task<Result<Saved>> SaveAsync(AppDbContext db, Folder folder, string name, Viewer viewer, CancellationToken ct)
    {
        var command = db.Begin(name, viewer, Now);
        if (await db.TrySaveAsync(ct) is { } refusal) return refusal;
        return new Saved(folder.Id, folder.Version, command.Id);
    }
}
