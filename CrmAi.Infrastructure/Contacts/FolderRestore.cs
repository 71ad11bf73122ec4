using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>Puts a folder's name back, and the folder into the one in which it stood.</summary>
internal sealed class FolderRestore(TimeProvider time) : IRestorable
{
    public string RecordType => nameof(Folder);

    public IReadOnlyCollection<string> Fields { get; } = [nameof(Place.Name), nameof(Place.ParentId)];

    public async Task<Result<OpenRecord>> OpenAsync(AppDbContext db, Viewer viewer, Guid id, CancellationToken ct)
    {
        var tree = await FolderTree.ReadAsync(db, viewer.Id, ct);
        if (tree.Find(id) is not { } folder) return Error.NotFound;
        return new OpenRecord(folder.Version, EditPatch.Of(new Place(folder.Name, folder.ParentId)), new HashSet<Guid>(), null, async (patch, _, token) =>
        {
            var (place, now) = (patch.Edit<Place>(), time.GetUtcNow());
            if (Folders.PlaceError(tree, id, place.ParentId, place.Name) is { } refused) return refused;
            if (folder.ParentId != place.ParentId) (folder.ParentId, folder.Position) = (place.ParentId, FolderPlaces.End(now));
            folder.Name = place.Name;
            var command = db.Begin("folder.putback", viewer, now.UtcDateTime);
            return await db.TrySaveAsync(token) is { } refusal ? refusal : new Saved(folder.Id, folder.Version, command.Id);
        });
    }

    private sealed record Place(string Name, Guid? ParentId);
}
