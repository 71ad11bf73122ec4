using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace CrmAi.Web.Contacts;

/// <summary>The contact's open pane stays while the list beside it changes.</summary>
internal static class KeptPane
{
    public static string WithPane(this NavigationManager navigation, string address) =>
        QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query).TryGetValue("pane", out var pane) && address.StartsWith("/contacts/", StringComparison.Ordinal)
            ? QueryHelpers.AddQueryString(address, "pane", pane.ToString()) : address;
}
