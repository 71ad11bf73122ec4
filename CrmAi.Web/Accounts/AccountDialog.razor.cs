using System.Text.Json;
using CrmAi.Domain.Accounts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.Accounts;

/// <summary>Adds or edits a company beside the page. What is entered stays, whatever the outcome.</summary>
public sealed partial class AccountDialog : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource gone = new();
    private AccountForm form = new(new());
    private IReadOnlyList<Error> errors = [];
    private IReadOnlyList<string> industries = [];
    private IReadOnlyList<CustomFieldRow> custom = [];
    private CrmAi.Web.Duplicates.DuplicateWarning? warning;
    private string? record;
    private int version, generation;
    private bool saving, restored, focused;

    [Inject] private IAccounts Accounts { get; set; } = null!;
    [Inject] private IDuplicates Duplicates { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private ICustomFields CustomFields { get; set; } = null!;
    [Inject] private Drafts Drafts { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private PageScripts Scripts { get; set; } = null!;

    /// <summary>Null to add one.</summary>
    [Parameter] public AccountDetail? Account { get; set; }

    private AccountEdit Edit => form.Edit;

    private CompanyFields Matched => new() { Name = Edit.Name, ShortName = Edit.ShortName, Website = Edit.Website, Phone = Edit.Phone, City = Edit.City };

    private AccountEdit Before => Account?.Fields ?? new();

    public static async Task<Saved?> OpenAsync(DialogService dialogs, string title, AccountDetail? account) =>
        await dialogs.OpenSideAsync<AccountDialog>(title, new() { [nameof(Account)] = account! }, new SideDialogOptions { Width = "min(620px, 100vw)", CloseDialogOnOverlayClick = false, ShowMask = true, AutoFocusFirstElement = false }) as Saved;

    protected override async Task OnInitializedAsync()
    {
        form = new(Before);
        version = Account?.Version ?? 0;
        custom = await CustomFields.ListAsync(CustomFieldTarget.Account, archivedToo: false, gone.Token);
        industries = await Accounts.IndustriesAsync(gone.Token);
        var key = Drafts.Record((await CurrentUser.GetAsync(gone.Token)).Id, "account", Account?.Id);
        if ((await Drafts.ReadAsync(key, gone.Token)).TryGetValue("fields", out var kept)) Restore(kept);
        record = key;
    }

    // See ContactDialog.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (focused || record is null) return;
        focused = true;
        try { await Scripts.FocusAsync("#a-Name", gone.Token); }
        catch (OperationCanceledException) { }
    }

    private void Restore(string json)
    {
        try
        {
            if (JsonSerializer.Deserialize<AccountEdit>(json) is not { } draft) return;
            form.Edit = draft;
            restored = true;
        }
        catch (JsonException) { } // written by an older version of the page: the texts are kept one by one
    }

    private string? About(string field) => L.About(errors, field);

    private async Task SetAsync(AccountEdit edit)
    {
        form.Edit = edit;
        if (record is not null) await Drafts.KeepAsync(record, "fields", JsonSerializer.Serialize(edit), gone.Token);
    }

    private async Task<string?> OwnAsync(Guid field, string? value)
    {
        await SetAsync(Edit.WithCustom(field, value));
        return null;
    }

    private async Task SaveAsync()
    {
        if (saving) return;
        var read = form.Read();
        errors = read.Errors;
        if (errors.Count > 0) return;
        saving = true;
        StateHasChanged();
        try
        {
            var result = Account is null ? await Accounts.AddAsync(read.Value, gone.Token) : await Accounts.UpdateAsync(Account.Id, version, read.Value, gone.Token);
            if (result.Succeeded) await CloseAsync(result.Value);
            else if (result.Errors.Any(e => e.Code == Error.Conflict.Code)) await SettleAsync(read.Value);
            else errors = result.Errors;
        }
        finally
        {
            saving = false;
        }
    }

    private async Task SettleAsync(AccountEdit mine)
    {
        if (await Accounts.GetAsync(Account!.Id, gone.Token) is not { } latest)
        {
            errors = [Error.NotFound];
            return;
        }
        if (await ConflictDialog.SettleAsync(Dialogs, L, AccountFields.All(L, custom), Before, mine, latest.Fields) is not { } settled) return;
        var result = await Accounts.UpdateAsync(Account.Id, latest.Version, settled, gone.Token);
        if (result.Succeeded) await CloseAsync(result.Value);
        else (errors, version) = (result.Errors, latest.Version);
    }

    private async Task CloseAsync(Saved saved)
    {
        await Drafts.ClearAsync(record!, gone.Token);
        if (Account is null) foreach (var other in warning?.Others ?? []) await Duplicates.DismissAsync(saved.Id, other, gone.Token, MergeKind.Account);
        Dialogs.CloseSide(saved);
    }

    private async Task DiscardAsync()
    {
        await Drafts.ClearAsync(record!, gone.Token);
        (form, errors, restored) = (new(Before), [], false);
        generation++;
    }

    public async ValueTask DisposeAsync()
    {
        await gone.CancelAsync();
        gone.Dispose();
    }
}
