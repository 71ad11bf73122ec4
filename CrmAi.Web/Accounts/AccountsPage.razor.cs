using CrmAi.Domain.Accounts;
using CrmAi.Domain.Exports;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Web.Exports;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.Accounts;

/// <summary>The companies one may see, read on as one scrolls. Everything that decides what is shown stands in the address.</summary>
public sealed partial class AccountsPage : LiveComponent
{
    private const int PageSize = 50, MostAtOnce = 200;
    private static readonly TimeSpan TypingRest = TimeSpan.FromMilliseconds(250);

    private AccountFilter filter = new();
    private AccountFilter? shown;
    private List<AccountDetail>? items;
    private IReadOnlyList<string> industries = [];
    private IReadOnlyList<UserRow> people = [];
    private CancellationTokenSource? typing;
    private string? next;
    private bool mayAdd, mayExport, ready, reading;

    [Inject] private IAccounts Accounts { get; set; } = null!;
    [Inject] private IUsers Users { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private PageScripts Scripts { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Q { get; set; }
    [SupplyParameterFromQuery] private string? Class { get; set; }
    [SupplyParameterFromQuery(Name = "industry")] private string? OfIndustry { get; set; }
    [SupplyParameterFromQuery] private string? Owner { get; set; }
    [SupplyParameterFromQuery] private string? Archived { get; set; }
    [SupplyParameterFromQuery] private string? Order { get; set; }

    private IEnumerable<(AccountClass, string)> Classes => Enum.GetValues<AccountClass>().Select(c => (c, L["header.class", L.Of(c)].Value));

    private int? Industry => filter.Industry is { } name && industries.ToList().IndexOf(name) is >= 0 and var at ? at : null;

    protected override async Task OnInitializedAsync()
    {
        var viewer = await CurrentUser.GetAsync(Gone);
        (mayAdd, mayExport) = (viewer.May(Operation.WriteContacts), viewer.May(Operation.ExportRecords));
        Watch(LiveTopic.ContactsOf(viewer.Id));
        industries = await Accounts.IndustriesAsync(Gone);
        people = await Users.ColleaguesAsync(Gone);
        ready = true;
    }

    protected override async Task OnParametersSetAsync()
    {
        filter = AccountFilter.Parse(Q, Class, OfIndustry, Owner, Archived, Order);
        if (!ready || filter == shown) return;
        if (filter.Industry is { } asked && !industries.Contains(asked)) industries = [.. industries, asked];
        items = null;
        await ReadAsync(Gone);
    }

    /// <summary>Reads again what is shown, so that the place one reads at stays.</summary>
    protected override async Task ReadAsync(CancellationToken ct)
    {
        var wanted = shown = filter;
        if (await PageAsync(null, Math.Clamp(items?.Count ?? 0, PageSize, MostAtOnce), ct) is not { } page || wanted != filter) return;
        if (items is null || items.Count <= page.Items.Count) (items, next) = ([.. page.Items], page.Next);
        else
        {
            var fresh = page.Items.Select(a => a.Id).ToHashSet();
            items = [.. page.Items, .. items.Skip(page.Items.Count).Where(a => !fresh.Contains(a.Id))];
        }
    }

    private async Task MoreAsync()
    {
        if (reading || next is null || items is null) return;
        reading = true;
        var (wanted, list) = (filter, items);
        if (await PageAsync(next, PageSize, Gone) is { } page && wanted == filter && list == items)
        {
            var known = items.Select(a => a.Id).ToHashSet();
            items.AddRange(page.Items.Where(a => !known.Contains(a.Id)));
            next = page.Next;
        }
        reading = false;
    }

    private async Task<Page<AccountDetail>?> PageAsync(string? after, int take, CancellationToken ct)
    {
        var result = await Accounts.PageAsync(filter.Query, after, take, ct);
        if (result.Succeeded) return result.Value;
        items ??= [];
        Toasts.Problem(L.Of(result.Errors));
        return null;
    }

    // The address follows the text after a short rest; each key restarts the rest.
    private async Task SearchAsync(ChangeEventArgs change)
    {
        if (typing is not null) await typing.CancelAsync();
        typing?.Dispose();
        typing = CancellationTokenSource.CreateLinkedTokenSource(Gone);
        var mine = typing.Token;
        try
        {
            await Task.Delay(TypingRest, mine);
            await Scripts.FollowAsync((filter with { Search = (change.Value as string)?.Trim() is { Length: > 0 } text ? text : null }).Address(null), mine);
        }
        catch (OperationCanceledException) { }
    }

    private void Go(AccountFilter wanted) => Navigation.NavigateTo(wanted.Address(null), replace: true);

    private Task ExportAsync() => ExportDialog.OpenAsync(Dialogs, L["export.title.accounts"], new(ExportKind.Accounts, default) { Accounts = filter.Query }, L["export.what.accounts"]);

    private async Task AddAsync()
    {
        if (await AccountDialog.OpenAsync(Dialogs, L["account.add"], null) is { } saved) Navigation.NavigateTo(filter.Address(saved.Id));
    }

    public override async ValueTask DisposeAsync()
    {
        typing?.Dispose();
        await base.DisposeAsync();
    }
}
