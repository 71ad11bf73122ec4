using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Web.Shared;

namespace CrmAi.Web.Contacts;

/// <summary>What a contact's fields are chosen from, and what their keys are called.</summary>
public sealed record ContactLookups(IReadOnlyList<FolderRow> Folders, IReadOnlyList<TagRow> Tags, IReadOnlyList<CustomFieldRow> Custom)
{
    public static readonly ContactLookups None = new([], [], []);

    public IReadOnlyList<Choice<Guid?>> FolderChoices => [.. Folders.Select(f => new Choice<Guid?>(f.Id, f.Name, f.Depth))];

    /// <summary>With the folders it stands in, "重点 / 华东".</summary>
    public string? Folder(Guid? id) => id is not { } known ? null
        : Folders.FirstOrDefault(f => f.Id == known) is not { } folder ? "…"
        : folder.ParentId is { } parent ? $"{Folder(parent)} / {folder.Name}" : folder.Name;

    public string TagNames(IEnumerable<Guid> ids) => string.Join(", ", ids.Select(id => Tags.FirstOrDefault(t => t.Id == id)?.Name ?? "…").Order(StringComparer.CurrentCulture));

    public static async Task<ContactLookups> ReadAsync(IFolders folders, ITags tags, ICustomFields fields, CancellationToken ct) =>
        new(await folders.ListAsync(ct), await tags.ListAsync(ct), await fields.ListAsync(CustomFieldTarget.Contact, archivedToo: true, ct));
}
