using CrmAi.Domain.Contacts;

namespace CrmAi.Web.Contacts.Lists;

public static class FolderChoices
{
    /// <summary>Folders to choose from, after the place outside of all of them.</summary>
    public static IReadOnlyList<PickChoice> Of(ListNames names, string outside, Func<FolderRow, bool>? fits = null) =>
        [new("", outside, "folder_off"), .. names.Folders.Where(f => fits?.Invoke(f) != false).Select(f => new PickChoice(f.Id.ToString(), f.Name, "folder", Depth: f.Depth))];
}
