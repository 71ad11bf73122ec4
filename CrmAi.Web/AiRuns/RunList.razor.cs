using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace CrmAi.Web.AiRuns;

/// <summary>Runs, the latest first, read on as one scrolls; one of them opens beside the list.</summary>
public sealed partial class RunList : LiveComponent
{
    private const int PageSize = 50;

    private List<AiRunRow>? items;
    private AiFilter? shown;
    private string? next;
    private bool reading;

    [Inject] private IAiRuns Runs { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private PageScripts Scripts { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;

    [Parameter, EditorRequired] public AiFilter Filter { get; set; } = null!;
    [Parameter, EditorRequired] public IReadOnlyList<LiveTopic> Topics { get; set; } = [];

    /// <summary>Nobody's runs but one's own: whose they are need not be told.</summary>
    [Parameter] public bool Alone { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (shown == Filter.Chosen) return;
        Watch(Topics);
        (shown, items, next) = (Filter.Chosen, null, null);
        await ReadAsync(Gone);
    }

    /// <summary>Reads again what is shown, so that the place one reads at stays.</summary>
    protected override async Task ReadAsync(CancellationToken ct)
    {
        var wanted = Filter.Chosen;
        if (await PageAsync(null, Math.Clamp(items?.Count ?? 0, PageSize, IAiRuns.MaxTake), ct) is not { } page || wanted != Filter.Chosen) return;
        if (items is null || items.Count <= page.Items.Count || page.Next is null) (items, next) = ([.. page.Items], page.Next);
        else
        {
            // New ones push others down: those further down than was read again stay.
            var fresh = page.Items.Select(r => r.Id).ToHashSet();
            var last = page.Items[^1];
            items = [.. page.Items, .. items.Where(r => r.At <= last.At && !fresh.Contains(r.Id))];
        }
    }

    private async Task MoreAsync()
    {
        if (reading || next is null || items is null) return;
        reading = true;
        var (wanted, list) = (Filter.Chosen, items);
        if (await PageAsync(next, PageSize, Gone) is { } page && wanted == Filter.Chosen && list == items)
        {
            var known = items.Select(r => r.Id).ToHashSet();
            items.AddRange(page.Items.Where(r => !known.Contains(r.Id)));
            next = page.Next;
        }
        reading = false;
    }

    private async Task<Page<AiRunRow>?> PageAsync(string? after, int take, CancellationToken ct)
    {
        var result = await Runs.PageAsync(Filter.Runs(Clock), after, take, ct);
        if (result.Succeeded) return result.Value;
        items ??= [];
        Toasts.Problem(L.Of(result.Errors));
        return null;
    }

    private Task Key(KeyboardEventArgs pressed) => pressed.Key == "Escape" && Filter.Run is not null ? Close() : Task.CompletedTask;

    // The keyboard goes on where it came from.
    private async Task Close()
    {
        var run = Filter.Run;
        Navigation.NavigateTo(Filter.Chosen.Address, replace: true);
        await Scripts.FocusAsync($"[data-run='{run}']", Gone);
    }
}
