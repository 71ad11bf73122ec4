using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.AiRuns;

/// <summary>What analysts did, what it cost and what became of it. Everything that decides what is shown stands in the address.</summary>
public sealed partial class AiPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private AiFilter filter = new();
    private AiRunChoices? choices;
    private IReadOnlyList<LiveTopic> topics = [];
    private RunContact? contact;
    private bool mayAdminister, refused;

    [Inject] private IAiRuns Runs { get; set; } = null!;
    [Inject] private IContacts Contacts { get; set; } = null!;
    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Tab { get; set; }
    [SupplyParameterFromQuery] private string? Period { get; set; }
    [SupplyParameterFromQuery] private string? Type { get; set; }
    [SupplyParameterFromQuery] private string? Analyst { get; set; }
    [SupplyParameterFromQuery] private string? Person { get; set; }
    [SupplyParameterFromQuery(Name = "contact")] private string? OfContact { get; set; }
    [SupplyParameterFromQuery] private string? State { get; set; }
    [SupplyParameterFromQuery] private string? Rating { get; set; }
    [SupplyParameterFromQuery] private string? Outcome { get; set; }
    [SupplyParameterFromQuery] private string? Run { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var viewer = await CurrentUser.GetAsync(gone.Token);
        mayAdminister = viewer.May(Operation.Administer);
        var found = await Runs.ChoicesAsync(gone.Token);
        refused = !found.Succeeded;
        if (refused) return;
        choices = found.Value;
        topics = viewer.Role is Role.Admin or Role.Analyst ? [LiveTopic.AiRuns] : [.. choices.People.Select(p => LiveTopic.AiRunsOf(p.Id))];
    }

    protected override async Task OnParametersSetAsync()
    {
        filter = AiFilter.Parse(Tab, Period, Type, Analyst, Person, OfContact, State, Rating, Outcome, Run);
        if (filter.Tab == AiTab.Settings && !mayAdminister) filter = filter with { Tab = AiTab.Runs };
        if (filter.Contact == contact?.Id) return;
        contact = filter.Contact is { } id ? new(id, (await Contacts.GetAsync(id, gone.Token))?.Fields.Name ?? L["ai.contact.unknown"]) : null;
    }

    private void Go(AiFilter wanted) => Navigation.NavigateTo(wanted.Address, replace: true);

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }
}
