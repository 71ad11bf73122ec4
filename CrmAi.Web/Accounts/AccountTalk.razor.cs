using CrmAi.Domain.Accounts;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Accounts;

/// <summary>What was said with anybody at a company, read on as one scrolls; each leads to its conversation.</summary>
public sealed partial class AccountTalk : ComponentBase, IDisposable
{
    private const int PageSize = 20;

    private readonly CancellationTokenSource gone = new();
    private List<AccountInteraction>? items;
    private string? next;
    private bool reading;

    [Inject] private IAccounts Accounts { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter, EditorRequired] public Guid Id { get; set; }

    /// <summary>The place of a conversation on its contact's page.</summary>
    public static string Address(Guid contactId, Guid interactionId) => $"/contacts/{contactId}?interaction={interactionId}&start=0&length=0";

    protected override async Task OnInitializedAsync()
    {
        if (await PageAsync(null) is { } page) (items, next) = ([.. page.Items], page.Next);
    }

    /// <summary>Lays the newest page over what is shown, so that the place one reads at stays.</summary>
    public async Task ReadAgainAsync()
    {
        if (items is null || await PageAsync(null) is not { } page) return;
        if (items.Count <= PageSize || page.Next is null) (items, next) = ([.. page.Items], page.Next);
        else
        {
            var fresh = page.Items.Select(i => i.Id).ToHashSet();
            var last = page.Items[^1].Id;
            var older = items.FindIndex(i => i.Id == last);
            items = [.. page.Items, .. items.Skip(older < 0 ? 0 : older + 1).Where(i => !fresh.Contains(i.Id))];
        }
        StateHasChanged();
    }

    private async Task MoreAsync()
    {
        if (reading || next is null || items is null) return;
        reading = true;
        if (await PageAsync(next) is { } page)
        {
            var known = items.Select(i => i.Id).ToHashSet();
            items.AddRange(page.Items.Where(i => !known.Contains(i.Id)));
            next = page.Next;
        }
        reading = false;
    }

    private async Task<Page<AccountInteraction>?> PageAsync(string? after)
    {
        var result = await Accounts.InteractionsAsync(Id, after, PageSize, gone.Token);
        if (result.Succeeded) return result.Value;
        items ??= [];
        if (result.Errors[0].Code != Error.NotFound.Code) Toasts.Problem(L.Of(result.Errors));
        return null;
    }

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }
}
