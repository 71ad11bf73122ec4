using CrmAi.Domain.Contacts;
using CrmAi.Domain.Users;
using CrmAi.Web.Shared;

namespace CrmAi.Web.Contacts;

public enum ContactTab { Mine, Team, Week }

/// <summary>What the list shows, as it stands in the address.</summary>
public sealed record ContactFilter(ContactTab Tab = ContactTab.Mine, string? Search = null, Priority? Priority = null, DealStage? Stage = null, Guid? Folder = null)
{
    public bool IsNarrowed => Search is not null || Priority is not null || Stage is not null || Folder is not null;

    public static ContactFilter Parse(string? tab, ContactTab usual, string? search, string? priority, string? stage, string? folder) => new(
        Known<ContactTab>(tab) ?? usual,
        string.IsNullOrWhiteSpace(search) ? null : search.Trim(),
        Known<Priority>(priority),
        Known<DealStage>(stage),
        Guid.TryParse(folder, out var id) ? id : null);

    public ContactQuery Query(UserClock clock, Role role) => new(
        Tab != ContactTab.Team ? ContactScope.Mine : role == Role.Manager || role == Role.SalesRep ? ContactScope.Team : ContactScope.All,
        Search,
        Priority,
        Stage,
        Folder,
        Tab == ContactTab.Week ? clock.WeekEnds : null,
        Tab == ContactTab.Week ? ContactOrder.FollowUp : ContactOrder.LastContact);

    /// <summary>The address of a contact, or of none, with this filter kept.</summary>
    public string Address(Guid? contactId)
    {
        var path = contactId is { } id ? $"/contacts/{id}" : "/";
        return $"{path}?{string.Join("&", Pairs().Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"))}";
    }

    private IEnumerable<KeyValuePair<string, string>> Pairs()
    {
        yield return new("tab", Tab.ToString().ToLowerInvariant());
        if (Search is { } search) yield return new("q", search);
        if (Priority is { } priority) yield return new("priority", priority.ToString().ToLowerInvariant());
        if (Stage is { } stage) yield return new("stage", stage.ToString().ToLowerInvariant());
        if (Folder is { } folder) yield return new("folder", folder.ToString());
    }

    private static T? Known<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
