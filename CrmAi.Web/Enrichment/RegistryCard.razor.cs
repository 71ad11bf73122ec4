using System.Globalization;
using CrmAi.Domain.Accounts;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Shared;
using CrmAi.Web.Accounts;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace CrmAi.Web.Enrichment;

/// <summary>The register's word on one company, live: a choice or a refresh of anybody's shows as it comes.</summary>
public sealed partial class RegistryCard : LiveComponent
{
    private RegistryView? view;
    private bool adopting;

    [Inject] private IRegistryEntries Entries { get; set; } = null!;
    [Inject] private DialogService Dialogs { get; set; } = null!;
    [Inject] private UserClock Clock { get; set; } = null!;
    [Inject] private Undo Undo { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter, EditorRequired] public AccountEditing Editing { get; set; } = null!;

    private Guid Id => Editing.Account.Id;

    /// <summary>Opens the search; also from outside the card.</summary>
    public async Task FindAsync()
    {
        var fields = Editing.Fields;
        if (await RegistryDialog.OpenAsync(Dialogs, L["enrichment.companies"], Id, fields.Name, null, fields.City, view?.Entry?.SourceId) is not { } saved) return;
        await ReadAsync(Gone);
        Undo.Offer(L["enrichment.picked.done", view?.Entry?.Facts.Name ?? fields.Name], saved, () => ReadAsync(Gone));
    }

    protected override async Task OnInitializedAsync()
    {
        Watch(LiveTopic.Account(Id), LiveTopic.JobOn(Id));
        await ReadAsync(Gone);
    }

    protected override async Task ReadAsync(CancellationToken ct) => view = await Entries.GetAsync(Id, ct);

    private IEnumerable<(string Label, string Value)> Facts(CompanyFacts facts)
    {
        var all = new (string Key, string? Value)[]
        {
            ("LegalRepresentative", facts.LegalRepresentative), ("Capital", facts.Capital), ("Founded", facts.Founded is { } day ? EnrichmentWords.Day(day) : null), ("Industry", facts.Industry.Count > 0 ? string.Join(" › ", facts.Industry) : null),
            ("Form", facts.Form), ("CreditCode", facts.CreditCode), ("Staff", Staff(facts)), ("Address", facts.Address), ("FormerNames", facts.FormerNames.Count > 0 ? string.Join("、", facts.FormerNames) : null),
        };
        return all.Where(f => !string.IsNullOrEmpty(f.Value)).Select(f => (L[$"field.Registry.{f.Key}"].Value, f.Value!));
    }

    private string? Staff(CompanyFacts facts) => facts.Insured is { } insured ? string.Join(" · ", new[] { facts.Staff, L["enrichment.insured", insured.ToString("N0", CultureInfo.CurrentCulture)].Value }.Where(t => t is not null)) : facts.Staff;

    private string Label(string field) => field == nameof(AccountEdit.Name) ? L["field.account.Name"] : L["field." + field];

    private int Age(RegistryFields entry) => (int)(Clock.UtcNow - entry.CheckedAt).TotalDays;

    private async Task AdoptAsync(RegistryDifference difference)
    {
        adopting = true;
        var errors = await Editing.SaveAsync(difference.Field, Label(difference.Field), edit => RegistryDifferences.Adopt(edit, difference));
        adopting = false;
        if (errors.Count > 0) Toasts.Problem(L.Of(errors));
        await ReadAsync(Gone);
    }

    private async Task RefreshAsync()
    {
        var result = await Entries.RefreshAsync(Id, CancellationToken.None);
        if (!result.Succeeded) Toasts.Problem(L.Of(result.Errors));
        await ReadAsync(Gone);
    }

    private async Task VerifyAsync()
    {
        var result = await Entries.VerifyAsync(Id, CancellationToken.None);
        if (!result.Succeeded) Toasts.Problem(L.Of(result.Errors));
        await ReadAsync(Gone);
    }

    private async Task RemoveAsync()
    {
        var result = await Entries.RemoveAsync(Id, CancellationToken.None);
        await ReadAsync(Gone);
        if (result.Succeeded) Undo.Offer(L["enrichment.removed"], result.Value, () => ReadAsync(Gone));
        else Toasts.Problem(L.Of(result.Errors));
    }
}
