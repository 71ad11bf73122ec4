using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Contacts.Lists;

/// <summary>Puts contacts and folders where a person wants them, says so and offers to take it back. Each answers whether it was done.</summary>
public sealed class Filing(IFolders folders, Undo undo, Toasts toasts, IStringLocalizer<Text> words)
{
    /// <summary>More than this is a change to many, done as a job.</summary>
    public const int MaxAtOnce = 500;

    /// <param name="to">Null for none.</param>
    public async Task<bool> FileAsync(IReadOnlyList<Guid> contacts, FolderRow? to, Func<Task> after, CancellationToken ct) =>
        Tell(await folders.FileAsync(contacts, to?.Id, null, ct), to is null ? words["filed.none", contacts.Count] : words["filed.into", contacts.Count, to.Name], after);

    public async Task<bool> OrderAsync(IReadOnlyList<Guid> contacts, Guid? folder, Guid? before, Func<Task> after, CancellationToken ct) =>
        Tell(await folders.FileAsync(contacts, folder, before, ct), words["filed.order"], after);

    public async Task<bool> AddAsync(string name, Guid? parent, Func<Task> after, CancellationToken ct) =>
        Tell(await folders.AddAsync(name, parent, ct), words["folder.added", name], after);

    public async Task<bool> RenameAsync(FolderRow folder, string name, Func<Task> after, CancellationToken ct) =>
        Tell(await folders.RenameAsync(folder.Id, folder.Version, name, ct), words["folder.renamed", name], after);

    public async Task<bool> MoveAsync(FolderRow folder, Guid? parent, Guid? before, Func<Task> after, CancellationToken ct) =>
        Tell(await folders.MoveAsync(folder.Id, parent, before, ct), words["folder.moved", folder.Name], after);

    public async Task<bool> DeleteAsync(FolderRow folder, Func<Task> after, CancellationToken ct) =>
        Tell(await folders.DeleteAsync(folder.Id, ct), words["folder.deleted", folder.Name], after);

    private bool Tell(Result<Saved> result, string done, Func<Task> after)
    {
        if (result.Succeeded) undo.Offer(done, result.Value, after);
        else toasts.Problem(words.Of(result.Errors));
        return result.Succeeded;
    }
}
