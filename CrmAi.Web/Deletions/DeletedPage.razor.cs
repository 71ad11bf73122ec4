using CrmAi.Domain.Deletions;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Deletions;

/// <summary>What was deleted lately and can be brought back, read on as one scrolls.</summary>
public sealed partial class DeletedPage : LiveComponent
{
    private const int PageSize = 50, MostAtOnce = 200;
    private static readonly IReadOnlyList<DeletedKind?> Kinds = [null, .. Enum.GetValues<DeletedKind>()];

    private List<DeletedRow>? items;
    private DeletedKind? kind;
    private string? next, focus;
    private bool ready, reading;

    [Inject] private IDeletions Deletions { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private PageScripts Scripts { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Kind { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Watch(LiveTopic.ContactsOf((await CurrentUser.GetAsync(Gone)).Id), LiveTopic.Deletions);
        ready = true;
    }

    protected override async Task OnParametersSetAsync()
    {
        var wanted = Enum.TryParse<DeletedKind>(Kind, ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : (DeletedKind?)null;
        if (!ready || (items is not null && wanted == kind)) return;
        (kind, items, next) = (wanted, null, null);
        await ReadAsync(Gone);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (focus is not { } place) return;
        focus = null;
        await Scripts.FocusAsync(place, Gone);
    }

    /// <summary>Reads again what is shown, so that the place one reads at stays.</summary>
    protected override async Task ReadAsync(CancellationToken ct)
    {
        var wanted = kind;
        if (await PageAsync(null, Math.Clamp(items?.Count ?? 0, PageSize, MostAtOnce), ct) is not { } page || wanted != kind) return;
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
        var (wanted, list) = (kind, items);
        if (await PageAsync(next, PageSize, Gone) is { } page && wanted == kind && list == items)
        {
            var known = items.Select(i => i.Id).ToHashSet();
            items.AddRange(page.Items.Where(i => !known.Contains(i.Id)));
            next = page.Next;
        }
        reading = false;
    }

    private async Task<Page<DeletedRow>?> PageAsync(string? after, int take, CancellationToken ct)
    {
        var result = await Deletions.ListAsync(kind, after, take, ct);
        if (result.Succeeded) return result.Value;
        items ??= [];
        Toasts.Problem(L.Of(result.Errors));
        return null;
    }

    // The keyboard goes on with the row that takes its place.
    private void Restored(DeletedRow row)
    {
        Toasts.Show(L["deleted.restored", row.Name], L["deleted.open"], () =>
        {
            Navigation.NavigateTo(AddressOf(row));
            return Task.CompletedTask;
        });
        var at = items?.FindIndex(i => i.Id == row.Id) ?? -1;
        if (at < 0) return;
        items!.RemoveAt(at);
        focus = items.Count == 0 ? ".deleted .rows" : $"[data-deleted='{items[Math.Min(at, items.Count - 1)].Id}'] button";
    }

    private static string Address(DeletedKind? kind) => kind is { } one ? $"/deleted?kind={one}" : "/deleted";

    private static string AddressOf(DeletedRow row) => row switch
    {
        { Kind: DeletedKind.Task } => $"/tasks?task={row.Id}",
        { Kind: DeletedKind.Account } => $"/accounts/{row.Id}",
        { Talk: { } talk } => Accounts.AccountTalk.Address(talk.ContactId, row.Id),
        _ => $"/contacts/{row.Id}",
    };
}
