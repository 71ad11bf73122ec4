using CrmAi.Domain.Shared;
using CrmAi.Domain.Views;
using CrmAi.Web.History;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.Contacts.Lists;

/// <summary>The lists one works with: built-in ones, then saved views, with a mark where the list has left its view.</summary>
public sealed partial class ViewTabs : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private IReadOnlyList<ViewRow> views = [];
    private bool read;

    [Inject] private IViews Views { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Undo Undo { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter, EditorRequired] public ContactFilter Filter { get; set; } = new();
    [Parameter] public Guid? Selected { get; set; }

    private ViewRow? Current => Filter.View is { } id ? views.FirstOrDefault(v => v.Id == id) : null;

    // What one searches for is no change to the view.
    private bool IsChanged => Current is { } view && (Filter with { Search = null }).Text != (Opened(view) with { Search = null }).Text;

    protected override Task OnInitializedAsync() => ReadAsync();

    protected override void OnParametersSet() => OpenBare();

    private static ContactFilter Opened(ViewRow view) => ContactFilter.Parse("?" + view.Fields.Filter, ContactTab.Mine) with { View = view.Id };

    private async Task ReadAsync()
    {
        views = await Views.ListAsync(gone.Token);
        read = true;
        OpenBare();
    }

    // An address that names a view and no more means the view as it was saved.
    private void OpenBare()
    {
        if (!read || Current is not { } view || new Uri(Navigation.Uri).Query != $"?view={view.Id}") return;
        Navigation.NavigateTo(Navigation.WithPane(Opened(view).Address(Selected)), replace: true);
    }

    private async Task AddAsync()
    {
        var filter = Filter with { View = null };
        if (await ViewDialog.OpenAsync(Dialogs, L["view.add"], new ViewEdit { Filter = filter.Text }, edit => Views.AddAsync(edit, gone.Token)) is not { } saved) return;
        await ReadAsync();
        Undo.Offer(L["view.added", views.FirstOrDefault(v => v.Id == saved.Id)?.Fields.Name ?? ""], saved, ReadAgainAsync);
        Navigation.NavigateTo(Navigation.WithPane((filter with { View = saved.Id }).Address(Selected)));
    }

    private Task KeepAsync() => UpdateAsync(view => view.Fields with { Filter = (Filter with { View = null }).Text }, "view.saved");

    private Task ShareAsync() => UpdateAsync(view => view.Fields with { IsShared = !view.Fields.IsShared }, Current?.Fields.IsShared == true ? "view.unshared" : "view.shared");

    private async Task RenameAsync()
    {
        if (Current is not { } view) return;
        if (await ViewDialog.OpenAsync(Dialogs, L["view.rename"], view.Fields, edit => Views.UpdateAsync(view.Id, view.Version, edit, gone.Token)) is not { } saved) return;
        await ReadAsync();
        Undo.Offer(L["view.saved", Current?.Fields.Name ?? ""], saved, ReadAgainAsync);
    }

    private async Task UpdateAsync(Func<ViewRow, ViewEdit> change, string done)
    {
        if (Current is not { } view) return;
        var result = await Views.UpdateAsync(view.Id, view.Version, change(view), gone.Token);
        if (result.Succeeded) Undo.Offer(L[done, view.Fields.Name], result.Value, ReadAgainAsync);
        else Toasts.Problem(L.Of(result.Errors));
        await ReadAsync();
    }

    private async Task HistoryAsync()
    {
        if (Current is not { } view) return;
        var isAsSaved = !IsChanged;
        await HistoryDialog.OpenAsync(Dialogs, L["history.of", view.Fields.Name], nameof(SavedView), view.Id);
        if (gone.IsCancellationRequested) return;
        await ReadAsync();
        // What was put back is what the list shows, unless one had left the view.
        if (isAsSaved && Current is { } now && IsChanged) Navigation.NavigateTo(Navigation.WithPane(Opened(now).Address(Selected)));
    }

    private async Task DeleteAsync()
    {
        if (Current is not { } view) return;
        var result = await Views.DeleteAsync(view.Id, gone.Token);
        if (!result.Succeeded)
        {
            Toasts.Problem(L.Of(result.Errors));
            return;
        }
        Undo.Offer(L["view.deleted", view.Fields.Name], result.Value, ReadAgainAsync);
        Navigation.NavigateTo(Navigation.WithPane((Filter with { View = null }).Address(Selected)));
        await ReadAsync();
    }

    // A notice outlives the list it came from.
    private async Task ReadAgainAsync()
    {
        if (gone.IsCancellationRequested) return;
        await InvokeAsync(ReadAsync);
        StateHasChanged();
    }

    public void Dispose() => gone.Cancel();
}
