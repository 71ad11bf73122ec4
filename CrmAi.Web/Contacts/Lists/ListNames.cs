using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;

namespace CrmAi.Web.Contacts.Lists;

/// <summary>What the rows of the list only name by id: folders, tags and people.</summary>
public sealed class ListNames(Viewer me, IReadOnlyList<FolderRow> folders, IReadOnlyList<TagRow> tags, IReadOnlyList<UserRow> people)
{
    private readonly Dictionary<Guid, TagRow> tagsById = tags.ToDictionary(t => t.Id);
    private readonly Dictionary<Guid, FolderRow> foldersById = folders.ToDictionary(f => f.Id);
    private readonly Dictionary<Guid, UserRow> peopleById = people.ToDictionary(p => p.Id);

    public Viewer Me => me;

    public IReadOnlyList<FolderRow> Folders => folders;

    public IReadOnlyList<TagRow> Tags => tags;

    public IReadOnlyList<UserRow> People => people;

    public bool MayWrite => me.May(Operation.WriteContacts);

    public TagRow? Tag(Guid id) => tagsById.GetValueOrDefault(id);

    public FolderRow? Folder(Guid id) => foldersById.GetValueOrDefault(id);

    public string? Person(Guid id) => peopleById.GetValueOrDefault(id)?.Name;

    /// <summary>The folders around one, the outermost last.</summary>
    public IEnumerable<FolderRow> Around(FolderRow folder)
    {
        for (var parent = folder.ParentId; parent is { } id && Folder(id) is { } found; parent = found.ParentId) yield return found;
    }
}
