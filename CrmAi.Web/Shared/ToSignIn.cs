using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Shared;

/// <summary>Takes somebody who is not signed in, or no longer, to where they can, and back afterwards.</summary>
public sealed class ToSignIn : ComponentBase
{
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    protected override void OnInitialized() => Navigation.NavigateTo(Address(Navigation), forceLoad: true);

    public static string Address(NavigationManager navigation) =>
        "/sign-in?returnUrl=" + Uri.EscapeDataString("/" + navigation.ToBaseRelativePath(navigation.Uri));
}
