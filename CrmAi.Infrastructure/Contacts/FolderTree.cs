using CrmAi.Domain.Contacts;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>One person's folders: few enough to be walked in memory.</summary>
internal sealed class FolderTree
{
    private readonly Dictionary<Guid, Folder> folders;
    private readonly ILookup<Guid?, Folder> children;

    private FolderTree(IReadOnlyList<Folder> all)
    {
        folders = all.ToDictionary(f => f.Id);
        // One whose parent is gone stands at the top, so that it is never lost from sight.
        children = all.OrderBy(f => f.Position).ThenBy(f => f.Id).ToLookup(f => f.ParentId is { } parent && folders.ContainsKey(parent) ? f.ParentId : null);
    }

    public int Count => folders.Count;

    public static async Task<FolderTree> ReadAsync(AppDbContext db, Guid ownerId, CancellationToken ct) =>
        new(await db.Folders.Where(f => f.OwnerId == ownerId).ToListAsync(ct));

    public Folder? Find(Guid id) => folders.GetValueOrDefault(id);

    public IEnumerable<Folder> Children(Guid? id) => children[id];

    /// <summary>Parents before their children.</summary>
    public IEnumerable<(Folder Folder, int Depth)> Ordered(Guid? below = null, int depth = 0) =>
        children[below].SelectMany(f => Ordered(f.Id, depth + 1).Prepend((f, depth)));

    /// <summary>Folders from the top down to this one; 0 for the top itself.</summary>
    public int DepthOf(Guid? id) => id is { } folder && Find(folder) is { } found ? DepthOf(found.ParentId) + 1 : 0;

    /// <summary>Folders within each other from this one down, itself counted.</summary>
    public int HeightOf(Guid id) => 1 + children[id].Select(f => HeightOf(f.Id)).DefaultIfEmpty().Max();

    /// <summary>Whether it is this folder or one below it.</summary>
    public bool IsWithin(Guid? id, Guid folder) => id is { } found && (found == folder || (Find(found) is { } inner && IsWithin(inner.ParentId, folder)));
}
