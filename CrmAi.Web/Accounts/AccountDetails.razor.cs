using CrmAi.Domain.Accounts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Accounts;

/// <summary>A company's fields beside its page.</summary>
public sealed partial class AccountDetails : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private IReadOnlyList<UserRow> people = [];
    private IReadOnlyList<string> industries = [];
    private IReadOnlyList<CustomFieldRow> custom = [];
    private string? problem;

    [Inject] private IUsers Users { get; set; } = null!;
    [Inject] private IAccounts Accounts { get; set; } = null!;
    [Inject] private ICustomFields CustomFields { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;

    [Parameter, EditorRequired] public AccountEditing Editing { get; set; } = null!;
    [Parameter] public EventCallback OnAddresses { get; set; }

    private CompanyFields Matched => new() { Name = Editing.Fields.Name, ShortName = Editing.Fields.ShortName, Website = Editing.Fields.Website, Phone = Editing.Fields.Phone, City = Editing.Fields.City };

    // Somebody of another team may own it.
    private IReadOnlyList<Choice<Guid?>> Owners => [.. people.Select(p => new Choice<Guid?>(p.Id, p.Name)).Concat(people.Any(p => p.Id == Editing.Account.OwnerId) ? [] : [new Choice<Guid?>(Editing.Account.OwnerId, Editing.Account.Owner)])];

    protected override async Task OnInitializedAsync()
    {
        Editing.DraftRecord = Drafts.Record((await CurrentUser.GetAsync(gone.Token)).Id, "account-details", Editing.Account.Id);
        people = [.. (await Users.ColleaguesAsync(gone.Token)).Where(p => Permissions.Allow(p.Role, Operation.WriteContacts))];
        industries = await Accounts.IndustriesAsync(gone.Token);
        custom = await CustomFields.ListAsync(CustomFieldTarget.Account, archivedToo: true, gone.Token);
        Editing.Custom = custom;
    }

    private static int? Count(string? text) => AccountForm.TryCount(text ?? "", out var count) ? count : null;

    // A currency named with the amount is taken with it.
    private static AccountEdit Taken(AccountEdit edit, string? text) =>
        text is null || Amounts.Read(text) is not { } amount ? edit with { RevenueMinor = null } : edit with { RevenueMinor = (long)Math.Round(amount.Value * 100), Currency = amount.Currency ?? edit.Currency };

    private async Task AssignAsync(Guid? owner)
    {
        if (owner is { } id) problem = await Editing.AssignAsync(id, people.FirstOrDefault(p => p.Id == id)?.Name ?? "");
    }

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }
}
