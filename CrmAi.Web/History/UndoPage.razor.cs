using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.History;

/// <summary>What was done lately and can be taken back, and what was taken back and can be done again.</summary>
public sealed partial class UndoPage : LiveComponent
{
    private const int PageSize = 30, MostAtOnce = 100;

    private List<UndoRow>? items;
    private IReadOnlyList<UndoScope> scopes = [];
    private UndoScope scope;
    private UndoList? read;
    private string? next, focus;
    private bool ready, reading;

    [Inject] private IUndoing Undoing { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private PageScripts Scripts { get; set; } = null!;

    [Parameter] public string? Part { get; set; }

    private UndoList List => Part == "undone" ? UndoList.Undone : UndoList.Undoable;

    private string Address => List == UndoList.Undone ? "/undo/undone" : "/undo";

    protected override async Task OnInitializedAsync()
    {
        Watch(LiveTopic.Changes, LiveTopic.User((await CurrentUser.GetAsync(Gone)).Id));
        scopes = await Undoing.ScopesAsync(Gone);
        ready = true;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (!ready || read == List) return;
        (read, items, next) = (List, null, null);
        await ReadAsync(Gone);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (focus is not { } place) return;
        focus = null;
        await Scripts.FocusAsync(place, Gone);
    }

    private async Task ChooseAsync(UndoScope wanted)
    {
        (scope, items, next) = (wanted, null, null);
        await ReadAsync(Gone);
    }

    /// <summary>Reads again what is shown, so that the place one reads at stays.</summary>
    protected override async Task ReadAsync(CancellationToken ct)
    {
        if (scopes.Count == 0)
        {
            items = [];
            return;
        }
        var wanted = (List, scope);
        if (await PageAsync(null, Math.Clamp(items?.Count ?? 0, PageSize, MostAtOnce), ct) is not { } page || wanted != (List, scope)) return;
        if (items is null || items.Count <= page.Items.Count || page.Next is null) (items, next) = ([.. page.Items], page.Next);
        else
        {
            var fresh = page.Items.Select(i => i.Id).ToHashSet();
            items = [.. page.Items, .. items.Skip(page.Items.Count).Where(i => !fresh.Contains(i.Id))];
        }
    }

    private async Task MoreAsync()
    {
        if (reading || next is null || items is null) return;
        reading = true;
        var (wanted, list) = ((List, scope), items);
        if (await PageAsync(next, PageSize, Gone) is { } page && wanted == (List, scope) && list == items)
        {
            var known = items.Select(i => i.Id).ToHashSet();
            items.AddRange(page.Items.Where(i => !known.Contains(i.Id)));
            next = page.Next;
        }
        reading = false;
    }

    private async Task<Page<UndoRow>?> PageAsync(string? after, int take, CancellationToken ct)
    {
        var result = await Undoing.ListAsync(List, scope, after, take, ct);
        if (result.Succeeded) return result.Value;
        items ??= [];
        Toasts.Problem(L.Of(result.Errors));
        return null;
    }

    // The keyboard goes on with the row that takes its place.
    private async Task DoneAsync(UndoRow row)
    {
        var at = items?.FindIndex(i => i.Id == row.Id) ?? -1;
        await ReadAsync(Gone);
        if (at >= 0) focus = items!.Count == 0 ? ".undoing .rows" : $"[data-undo='{items[Math.Min(at, items.Count - 1)].Id}'] .act button";
    }
}
