using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Contacts;
using CrmAi.Web.History;
using CrmAi.Web.Shared;
using Microsoft.JSInterop;

namespace CrmAi.Web.Contacts.Lists;

// Folders, and what is moved between them or within one.
public sealed partial class ListBody
{
    private readonly HashSet<Guid> unfolded = [];
    private readonly HashSet<Guid> leaving = [];
    private readonly Dictionary<string, int> shifts = [];
    private FolderEdit? editing;
    private bool optimistic;

    private sealed record FolderEdit(FolderRow? Folder, Guid? Parent, bool IsNew);

    /// <summary>Asks for the name of a new folder at the top.</summary>
    public void BeginFolder()
    {
        editing = new(null, null, true);
        StateHasChanged();
    }

    /// <param name="kind">"row" or "folder".</param>
    /// <param name="place">"into" or "before" the target; "last" where there is none.</param>
    [JSInvokable]
    public async Task Dropped(string kind, Guid id, string place, string? target)
    {
        var at = Guid.TryParse(target, out var known) ? known : (Guid?)null;
        if (kind == "folder" && Names.Folder(id) is { } folder) await (place == "into" ? MoveAsync(folder, at, null) : MoveAsync(folder, at is { } next ? Names.Folder(next)?.ParentId : null, at));
        else if (place == "into") await FileAsync(id, at);
        else if (CanReorder) await OrderAsync(Picked(id), at);
    }

    [JSInvokable]
    public async Task MoveToFolder(Guid id)
    {
        if (!Names.MayWrite || Filter.Tab == ContactTab.Team) return;
        if (await PickDialog.OpenAsync(Dialogs, L["filed.choose"], FolderChoices.Of(Names, L["list.unfiled"])) is { } choice) await FileAsync(id, choice.Id);
    }

    /// <param name="step">1 down, -1 up.</param>
    [JSInvokable]
    public async Task Nudge(Guid id, int step)
    {
        if (!CanReorder || ranges.PlaceOf(id) is not { } place) return;
        var (to, next) = (place + step, step > 0 ? place + 2 : place - 1);
        if (to < 0 || to >= total) return;
        if (next < total && ranges.At(next) is null) return;
        await OrderAsync([id], ranges.At(next)?.Id);
    }

    private IReadOnlyList<Guid> Picked(Guid id) => selection.Has(id) && !selection.IsAll ? [.. selection.Named] : [id];

    // At once on the page; back again where it is refused.
    private async Task FileAsync(Guid id, Guid? folder)
    {
        if (folder is { } wanted && Names.Folder(wanted) is null) return;
        if (selection.Has(id) && (selection.IsAll || selection.Count(total) > Filing.MaxAtOnce))
        {
            await Bulk.StartAsync(selection.Request(query, BulkAction.File, folder, null), gone.Token);
            ClearPicked();
            return;
        }
        var ids = Picked(id);
        var leaves = (Filter.Folder is not null && Filter.Folder != folder) || (Filter.Unfiled && folder is not null);
        if (leaves)
        {
            leaving.UnionWith(ids);
            shifts[Filter.Folder?.ToString() ?? ListSections.None] = -ids.Count;
            shifts[folder?.ToString() ?? ListSections.None] = ids.Count;
        }
        StateHasChanged();
        var done = await Filing.FileAsync(ids, folder is { } to ? Names.Folder(to) : null, ChangedAsync, gone.Token);
        if (done) selection.Clear();
        await ChangedAsync();
        leaving.Clear();
        shifts.Clear();
        StateHasChanged();
    }

    private async Task OrderAsync(IReadOnlyList<Guid> ids, Guid? before)
    {
        if (before is { } id && ids.Contains(id)) return;
        if (ranges.Move(ids, before) && list is not null)
        {
            optimistic = true;
            await list.RefreshDataAsync();
            StateHasChanged();
        }
        await Filing.OrderAsync(ids, Filter.Folder, before, ChangedAsync, gone.Token);
        optimistic = false;
        await ChangedAsync();
    }

    private void Fold(ListSection section)
    {
        if (section.Folder is not { } folder) return;
        if (!unfolded.Remove(folder.Id)) unfolded.Add(folder.Id);
        BuildSections();
    }

    private void AddInside(ListSection section)
    {
        if (section.Folder is not { } folder) return;
        unfolded.Add(folder.Id);
        editing = new(null, folder.Id, true);
        BuildSections();
    }

    private async Task NameAsync(string? name)
    {
        var edit = editing;
        editing = null;
        if (name is null || edit is null) return;
        if (edit.IsNew) await Filing.AddAsync(name, edit.Parent, ChangedAsync, gone.Token);
        else if (edit.Folder is { } folder) await Filing.RenameAsync(folder, name, ChangedAsync, gone.Token);
        await ChangedAsync();
    }

    private async Task MoveFolderAsync(ListSection section)
    {
        if (section.Folder is not { } folder) return;
        var choices = FolderChoices.Of(Names, L["folder.top"], f => f.Id != folder.Id && Names.Around(f).All(p => p.Id != folder.Id));
        if (await PickDialog.OpenAsync(Dialogs, L["folder.move.where", folder.Name], choices) is { } choice) await MoveAsync(folder, choice.Id, null);
    }

    private async Task MoveAsync(FolderRow folder, Guid? parent, Guid? before)
    {
        if (folder.Id == parent || folder.Id == before) return;
        if (await Filing.MoveAsync(folder, parent, before, ChangedAsync, gone.Token) && parent is { } id) unfolded.Add(id);
        await ChangedAsync();
    }

    private async Task FolderHistoryAsync(ListSection section)
    {
        if (section.Folder is not { } folder) return;
        await HistoryDialog.OpenAsync(Dialogs, L["history.of", folder.Name], nameof(Folder), folder.Id);
        await ChangedAsync();
    }

    private async Task DeleteFolderAsync(ListSection section)
    {
        if (section.Folder is not { } folder) return;
        if (await Filing.DeleteAsync(folder, ChangedAsync, gone.Token) && Filter.Folder == folder.Id) Navigation.NavigateTo(Navigation.WithPane(Filter.Closed.Address(Selected)));
        await ChangedAsync();
    }

    // A notice outlives the list it came from.
    private Task ChangedAsync() => gone.IsCancellationRequested ? Task.CompletedTask : InvokeAsync(() => OnChanged.InvokeAsync());
}
