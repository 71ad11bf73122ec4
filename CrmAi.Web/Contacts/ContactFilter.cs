using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Users;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace CrmAi.Web.Contacts;

public enum ContactTab { Mine, Team, Week }

public enum ListGrouping { None, Folder, Industry, Seniority, Decade }

/// <summary>Last contact within so many days, not for so many days, or never.</summary>
public enum ContactedWhen { Within7, Within30, Within90, Not30, Not90, Never }

/// <summary>What the list shows, as it stands in the address. Two are equal where their addresses are.</summary>
public sealed record ContactFilter(ContactTab Tab = ContactTab.Mine, string? Search = null, Priority? Priority = null, DealStage? Stage = null, Guid? Folder = null)
{
    public const int MaxTags = 10;

    public bool Unfiled { get; init; }
    public IReadOnlyList<Guid> Tags { get; init; } = [];
    public Guid? Owner { get; init; }
    public ContactedWhen? Contacted { get; init; }
    public Seniority? Seniority { get; init; }
    public Lifecycle? Lifecycle { get; init; }

    /// <summary>Empty for companies without one.</summary>
    public string? Industry { get; init; }

    /// <summary>1980 for those born from 1980 to 1989.</summary>
    public int? Decade { get; init; }
    public bool Archived { get; init; }

    /// <summary>Null for the tab's own.</summary>
    public ContactOrder? Order { get; init; }

    /// <summary>Null for the tab's own.</summary>
    public ListGrouping? Group { get; init; }

    /// <summary>The saved view that this began with.</summary>
    public Guid? View { get; init; }

    public ContactOrder UsualOrder => Tab == ContactTab.Week ? ContactOrder.FollowUp : ContactOrder.LastContact;

    public ContactOrder ShownOrder => Order ?? UsualOrder;

    // Folders are one's own, so they sort nobody else's contacts.
    public ListGrouping UsualGroup => Tab == ContactTab.Mine && !Archived ? ListGrouping.Folder : ListGrouping.None;

    /// <summary>A search looks through all groups at once.</summary>
    public ListGrouping ShownGroup => Search is not null || (Group == ListGrouping.Folder && Tab == ContactTab.Team) ? ListGrouping.None : Group ?? UsualGroup;

    public bool IsNarrowed => Conditions().Any();

    /// <summary>The same tab and look without any condition.</summary>
    public ContactFilter Cleared => new(Tab) { Order = Order, Group = Group, View = View };

    /// <summary>Without the condition that opens a group.</summary>
    public ContactFilter Closed => ShownGroup switch
    {
        ListGrouping.Folder => this with { Folder = null, Unfiled = false },
        ListGrouping.Industry => this with { Industry = null },
        ListGrouping.Seniority => this with { Seniority = null },
        ListGrouping.Decade => this with { Decade = null },
        _ => this,
    };

    /// <summary>What a saved view keeps of it.</summary>
    public string Text => string.Join("&", Pairs().Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));

    /// <param name="query">The address's part behind the question mark. What nobody could have chosen is left out.</param>
    public static ContactFilter Parse(string? query, ContactTab usual)
    {
        var values = QueryHelpers.ParseQuery(query);
        string? Of(string name) => values.TryGetValue(name, out var found) && !StringValues.IsNullOrEmpty(found) ? found[0] : null;
        Guid? Id(string name) => Guid.TryParse(Of(name), out var id) ? id : null;
        var (search, folder) = (Of("q")?.Trim(), Id("folder"));
        return new(Known<ContactTab>(Of("tab")) ?? usual, search is { Length: > 0 and <= 100 } ? search : null, Known<Priority>(Of("priority")), Known<DealStage>(Of("stage")), folder)
        {
            Unfiled = folder is null && Of("unfiled") == "1",
            Tags = values.TryGetValue("tag", out var tags) ? [.. tags.Select(t => Guid.TryParse(t, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct().Take(MaxTags)] : [],
            Owner = Id("owner"),
            Contacted = Known<ContactedWhen>(Of("contacted")),
            Seniority = Known<Seniority>(Of("seniority")),
            Lifecycle = Known<Lifecycle>(Of("lifecycle")),
            Industry = values.TryGetValue("industry", out var industry) && industry.Count > 0 && industry[0]?.Length <= 100 ? industry[0] : null,
            Decade = int.TryParse(Of("decade"), NumberStyles.None, CultureInfo.InvariantCulture, out var decade) && decade is >= 1900 and <= 2100 && decade % 10 == 0 ? decade : null,
            Archived = Of("archived") == "1",
            Order = Known<ContactOrder>(Of("order")),
            Group = Known<ListGrouping>(Of("group")),
            View = Id("view"),
        };
    }

    /// <summary>The address of a contact, or of none, with this filter kept.</summary>
    public string Address(Guid? contactId)
    {
        var view = View is { } id ? $"&view={id}" : "";
        return $"{(contactId is { } contact ? $"/contacts/{contact}" : "/")}?{Text}{view}";
    }

    /// <summary>What is asked of the database. Days begin at midnight on the person's clock, so that the question stays the same while one scrolls.</summary>
    public ContactQuery Query(UserClock clock, Role role) => new(
        Tab != ContactTab.Team ? ContactScope.Mine : role is Role.Manager or Role.SalesRep ? ContactScope.Team : ContactScope.All,
        Search, Priority, Stage, Folder, Tab == ContactTab.Week ? clock.WeekEnds : null, ShownOrder)
    {
        Unfiled = Unfiled,
        TagIds = Tags,
        OwnerId = Owner,
        ContactedFrom = Contacted switch { ContactedWhen.Within7 => Ago(clock, 7), ContactedWhen.Within30 => Ago(clock, 30), ContactedWhen.Within90 => Ago(clock, 90), _ => null },
        ContactedBefore = Contacted switch { ContactedWhen.Not30 => Ago(clock, 30), ContactedWhen.Not90 => Ago(clock, 90), ContactedWhen.Never => DateTime.UnixEpoch.AddYears(-70), _ => null },
        Seniority = Seniority,
        Lifecycle = Lifecycle,
        Industry = Industry,
        BirthDecade = Decade,
        Archived = Archived,
    };

    public bool Equals(ContactFilter? other) => other is not null && View == other.View && Text == other.Text;

    public override int GetHashCode() => HashCode.Combine(View, Text);

    private IEnumerable<KeyValuePair<string, string>> Pairs()
    {
        yield return new("tab", Lower(Tab));
        foreach (var condition in Conditions()) yield return condition;
        if (ShownOrder != UsualOrder) yield return new("order", Lower(ShownOrder));
        if (Group is { } group && group != UsualGroup) yield return new("group", Lower(group));
    }

    private IEnumerable<KeyValuePair<string, string>> Conditions()
    {
        if (Search is { } search) yield return new("q", search);
        if (Priority is { } priority) yield return new("priority", Lower(priority));
        if (Stage is { } stage) yield return new("stage", Lower(stage));
        if (Folder is { } folder) yield return new("folder", folder.ToString());
        else if (Unfiled) yield return new("unfiled", "1");
        foreach (var tag in Tags) yield return new("tag", tag.ToString());
        if (Owner is { } owner) yield return new("owner", owner.ToString());
        if (Contacted is { } contacted) yield return new("contacted", Lower(contacted));
        if (Seniority is { } seniority) yield return new("seniority", Lower(seniority));
        if (Lifecycle is { } lifecycle) yield return new("lifecycle", Lower(lifecycle));
        if (Industry is { } industry) yield return new("industry", industry);
        if (Decade is { } decade) yield return new("decade", decade.ToString(CultureInfo.InvariantCulture));
        if (Archived) yield return new("archived", "1");
    }

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static DateTime Ago(UserClock clock, int days) => clock.Utc(clock.Now.Date.AddDays(-days));

    // A number is no name, even where some value has it.
    private static T? Known<T>(string? text) where T : struct, Enum =>
        text is { Length: > 0 } && char.IsLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
