using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.AiRuns;

/// <summary>What models were asked, the latest call first, read on as one scrolls.</summary>
public sealed partial class CallList : LiveComponent
{
    private const int PageSize = 50;

    private List<AiCallRow>? items;
    private AiFilter? shown;
    private string? next;
    private bool reading;

    [Inject] private IAiCalls Calls { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;

    [Parameter, EditorRequired] public AiFilter Filter { get; set; } = null!;
    [Parameter, EditorRequired] public IReadOnlyList<LiveTopic> Topics { get; set; } = [];

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
            var fresh = page.Items.Select(c => c.Id).ToHashSet();
            var last = page.Items[^1];
            items = [.. page.Items, .. items.Where(c => c.At <= last.At && !fresh.Contains(c.Id))];
        }
    }

    private async Task MoreAsync()
    {
        if (reading || next is null || items is null) return;
        reading = true;
        var (wanted, list) = (Filter.Chosen, items);
        if (await PageAsync(next, PageSize, Gone) is { } page && wanted == Filter.Chosen && list == items)
        {
            var known = items.Select(c => c.Id).ToHashSet();
            items.AddRange(page.Items.Where(c => !known.Contains(c.Id)));
            next = page.Next;
        }
        reading = false;
    }

    private async Task<Page<AiCallRow>?> PageAsync(string? after, int take, CancellationToken ct)
    {
        var result = await Calls.PageAsync(Filter.Calls(Clock), after, take, ct);
        if (result.Succeeded) return result.Value;
        items ??= [];
        Toasts.Problem(L.Of(result.Errors));
        return null;
    }
}
