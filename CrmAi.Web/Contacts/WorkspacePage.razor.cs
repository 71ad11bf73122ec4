using System.Globalization;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Contacts;

/// <summary>The list of contacts and beside it the one chosen. Everything that decides what is shown stands in the address.</summary>
public sealed partial class WorkspacePage : ComponentBase
{
    private ContactFilter filter = new();
    private ContactTab? usual;
    private string? name;
    private Guid? named;

    [Inject] private ICurrentUser CurrentUser { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Parameter] public Guid? Id { get; set; }

    [SupplyParameterFromQuery] private string? Interaction { get; set; }
    [SupplyParameterFromQuery] private string? Start { get; set; }
    [SupplyParameterFromQuery] private string? Length { get; set; }

    /// <summary>The sentence that the address points to.</summary>
    private Evidence? Target => Guid.TryParse(Interaction, out var interaction) ? new Evidence(interaction, Place(Start), Place(Length)) : null;

    // Who sells begins with their own contacts, everybody else with the team's.
    protected override async Task OnInitializedAsync() =>
        usual = (await CurrentUser.GetAsync(CancellationToken.None)).Role == Role.SalesRep ? ContactTab.Mine : ContactTab.Team;

    protected override void OnParametersSet()
    {
        var parsed = ContactFilter.Parse(new Uri(Navigation.Uri).Query, usual ?? ContactTab.Mine);
        if (parsed != filter) filter = parsed;
        if (Id != named) name = null;
    }

    // Addresses are typed and cut by people: what is no place in a text counts as its beginning.
    private static int Place(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place <= Domain.Interactions.Interaction.MaxContent ? place : 0;

    private void Name(string value) => (name, named) = (value, Id);
}
