using CrmAi.Domain.Accounts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Web.Contacts;
using CrmAi.Web.History;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.Accounts;

/// <summary>One company: who works there, what was said with them, what it is worth, and its particulars.</summary>
public sealed partial class AccountPane : LiveComponent
{
    private AccountEditing editing = null!;
    private AccountOverview? overview;
    private AccountTalk? talk;
    private string pane = "summary";
    private bool missing, mayAdd;
    private Guid? added;

    [Inject] private IAccounts Accounts { get; set; } = null!;
    [Inject] private Domain.Duplicates.IMerges Merges { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Undo Undo { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private PageActions Actions { get; set; } = null!;

    [Parameter, EditorRequired] public Guid Id { get; set; }
    [Parameter, EditorRequired] public AccountFilter Filter { get; set; } = new();
    [Parameter] public EventCallback<string> OnNamed { get; set; }

    private IEnumerable<(string Name, string Title)> Panes => [("summary", L["account.pane.summary"]), ("talk", L["account.pane.talk"]), ("fields", L["account.pane.fields"])];

    protected override async Task OnInitializedAsync()
    {
        editing = new(Id, Accounts, Undo, Dialogs, L);
        editing.Changed += Refresh;
        Watch(LiveTopic.Account(Id));
        mayAdd = (await CurrentUser.GetAsync(Gone)).May(Operation.WriteContacts);
        await ReadAsync(Gone);
    }

    protected override async Task ReadAsync(CancellationToken ct)
    {
        var read = await Accounts.GetAsync(Id, ct);
        missing = read is null;
        if (read is null)
        {
            // One that was made part of another is looked for there.
            if (await Merges.SurvivorOfAsync(Domain.Duplicates.MergeKind.Account, Id, ct) is { } survivor) Navigation.NavigateTo($"/accounts/{survivor}", replace: true);
            return;
        }
        editing.Show(read);
        OfferActions(read);
        StateHasChanged();
        await OnNamed.InvokeAsync(read.Fields.Name);
        if (await Accounts.OverviewAsync(Id, ct) is not { } found) return;
        overview = found;
        // What is said with anybody there changes the numbers too.
        Watch([LiveTopic.Account(Id), .. found.Contacts.Select(c => LiveTopic.Contact(c.Id))]);
        if (talk is not null) await talk.ReadAgainAsync();
    }

    private void Refresh() => InvokeAsync(StateHasChanged);

    private async Task EditAsync()
    {
        if (!editing.IsRead || await AccountDialog.OpenAsync(Dialogs, L["account.edit"], editing.Account) is not { } saved) return;
        await ReadAsync(Gone);
        Undo.Offer(L["account.saved"], saved, () => ReadAsync(Gone));
    }

    private async Task AddContactAsync()
    {
        var fields = editing.Fields;
        if (await ContactDialog.OpenAsync(Dialogs, L["account.people.add.tip", fields.Name], new(Id, fields.Name, fields.Industry, fields.City)) is not { } saved) return;
        added = saved.Id;
        await ReadAsync(Gone);
        Undo.Offer(L["account.people.added", fields.Name], saved, () => ReadAsync(Gone));
    }

    private async Task ArchiveAsync()
    {
        var archived = !editing.Account.IsArchived;
        var result = await Accounts.ArchiveAsync(Id, archived, Gone);
        if (!Told(result)) return;
        await ReadAsync(Gone);
        Undo.Offer(L[archived ? "account.archived" : "account.unarchived", editing.Fields.Name], result.Value, () => ReadAsync(Gone));
    }

    private async Task DeleteAsync()
    {
        var result = await Accounts.DeleteAsync(Id, Gone);
        if (!Told(result)) return;
        var address = Filter.Address(Id);
        Undo.Offer(L["account.deleted", editing.Fields.Name], result.Value, () =>
        {
            Navigation.NavigateTo(address);
            return Task.CompletedTask;
        });
        Navigation.NavigateTo(Filter.Address(null));
    }

    private bool Told(Result<Saved> result)
    {
        if (!result.Succeeded) Toasts.Problem(L.Of(result.Errors));
        return result.Succeeded;
    }

    private Task HistoryAsync() => HistoryDialog.OpenAsync(Dialogs, L["history.title"], "Account", Id, LiveTopic.Account(Id));

    // What the palette offers while this company is shown.
    private void OfferActions(AccountDetail shown)
    {
        var actions = new List<PageAction>();
        if (mayAdd) actions.Add(new("person_add", L["account.people.add.tip", shown.Fields.Name], () => InvokeAsync(AddContactAsync), L["palette.words.add"]));
        if (shown.MayChange) actions.Add(new("edit", L["account.edit"], () => InvokeAsync(EditAsync), L["palette.words.edit"]));
        actions.Add(new("history", L["history.title"], () => InvokeAsync(HistoryAsync), L["palette.words.history"]));
        if (shown.Fields.Phone is { Length: > 0 } phone) actions.Add(new("call", L["palette.call", phone], Words: L["palette.words.call"], Address: $"tel:{phone}"));
        if (shown.MayChange)
        {
            actions.Add(new(shown.IsArchived ? "unarchive" : "archive", L[shown.IsArchived ? "account.unarchive" : "account.archive"], () => InvokeAsync(ArchiveAsync), L["palette.words.archive"]));
            actions.Add(new("delete", L["account.delete"], () => InvokeAsync(DeleteAsync), L["palette.words.delete"]));
        }
        Actions.Offer(this, shown.Fields.Name, actions);
    }

    public override async ValueTask DisposeAsync()
    {
        Actions.Withdraw(this);
        editing.Changed -= Refresh;
        editing.Dispose();
        await base.DisposeAsync();
    }
}
