using Microsoft.AspNetCore.Components;

namespace CrmAi.Web.Shared;

/// <summary>Takes somebody who is not signed in, or no longer, to where they can, and back afterwards.</summary>
public sealed class ToSignIn : ComponentBase
{
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private PageScripts Scripts { get; set; } = null!;

    protected override Task OnAfterRenderAsync(bool firstRender) => firstRender ? Scripts.LeaveAsync(Address(Navigation)) : Task.CompletedTask;

    public static string Address(NavigationManager navigation) =>
        "/sign-in?returnUrl=" + Uri.EscapeDataString("/" + navigation.ToBaseRelativePath(navigation.Uri));
}
