using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Contacts;

/// <summary>Folders of one's own, nested, and which of one's contacts stand in them, in which order.</summary>
public interface IFolders
{
    /// <summary>Parents before their children, each level in its order, with how many contacts each holds itself, archived ones left out.</summary>
    Task<IReadOnlyList<FolderRow>> ListAsync(CancellationToken ct);

    /// <summary>Errors: folder.name.empty, folder.name.taken (beside it), text.long, folder.unknown (parent), folder.deep, folder.limit (200).</summary>
    Task<Result<Saved>> AddAsync(string name, Guid? parentId, CancellationToken ct);

    /// <summary>Errors: as for adding; not_found, conflict.</summary>
    Task<Result<Saved>> RenameAsync(Guid id, int version, string name, CancellationToken ct);

    /// <summary>Into another folder or to the top (null), before one that stands there, or last. Errors: not_found, conflict, folder.unknown, folder.circle, folder.deep, folder.name.taken.</summary>
    Task<Result<Saved>> MoveAsync(Guid id, Guid? parentId, Guid? before, CancellationToken ct);

    /// <summary>Its contacts and folders go to its parent, at the end. Undone through history. Errors: not_found, conflict, folder.used (args: how many, where it holds more than 5,000 contacts).</summary>
    /// <param name="version">The one that was read, where it matters that nobody changed it since; null for whichever it is.</param>
    Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct, int? version = null);

    /// <summary>
    /// Puts contacts that one owns into a folder (null: none), before another contact there or last, keeping their order among themselves. One change set.
    /// At most 500. Errors: not_found, forbidden (not the owner), conflict, folder.unknown, list.long.
    /// </summary>
    Task<Result<Saved>> FileAsync(IReadOnlyList<Guid> contactIds, Guid? folderId, Guid? before, CancellationToken ct);
}

public sealed record FolderRow(Guid Id, int Version, string Name, Guid? ParentId, int Depth, int Contacts);
