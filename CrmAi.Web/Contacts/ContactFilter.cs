using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Users;
using CrmAi.Domain.Views;
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
    public string Text => ViewFilter.Write(Pairs());

    /// <param name="query">The address's part behind the question mark. What nobody could have chosen is left out.</param>
    public static ContactFilter Parse(string? query, ContactTab usual)
    {
        var values = QueryHelpers.ParseQuery(query);
        string? Of(string name) => values.TryGetValue(name, out var found) && !StringValues.IsNullOrEmpty(found) ? found[0] : null;
        Guid? Id(string name) => Guid.TryParse(Of(name), out var id) ? id : null;
        var (search, folder) = (Of(ViewFilter.Search)?.Trim(), Id(ViewFilter.Folder));
        return new(Known<ContactTab>(Of(ViewFilter.Tab)) ?? usual, search is { Length: > 0 and <= 100 } ? search : null, Known<Priority>(Of(ViewFilter.Priority)), Known<DealStage>(Of(ViewFilter.Stage)), folder)
        {
            Unfiled = folder is null && Of(ViewFilter.Unfiled) == "1",
            Tags = values.TryGetValue(ViewFilter.Tag, out var tags) ? [.. tags.Select(t => Guid.TryParse(t, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty).Distinct().Take(MaxTags)] : [],
            Owner = Id(ViewFilter.Owner),
            Contacted = Known<ContactedWhen>(Of(ViewFilter.Contacted)),
            Seniority = Known<Seniority>(Of(ViewFilter.Seniority)),
            Lifecycle = Known<Lifecycle>(Of(ViewFilter.Lifecycle)),
            Industry = values.TryGetValue(ViewFilter.Industry, out var industry) && industry.Count > 0 && industry[0]?.Length <= 100 ? industry[0] : null,
            Decade = int.TryParse(Of(ViewFilter.Decade), NumberStyles.None, CultureInfo.InvariantCulture, out var decade) && decade is >= 1900 and <= 2100 && decade % 10 == 0 ? decade : null,
            Archived = Of(ViewFilter.Archived) == "1",
            Order = Known<ContactOrder>(Of(ViewFilter.Order)),
            Group = Known<ListGrouping>(Of(ViewFilter.Group)),
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
        yield return new(ViewFilter.Tab, Lower(Tab));
        foreach (var condition in Conditions()) yield return condition;
        if (ShownOrder != UsualOrder) yield return new(ViewFilter.Order, Lower(ShownOrder));
        if (Group is { } group && group != UsualGroup) yield return new(ViewFilter.Group, Lower(group));
    }

    private IEnumerable<KeyValuePair<string, string>> Conditions()
    {
        if (Search is { } search) yield return new(ViewFilter.Search, search);
        if (Priority is { } priority) yield return new(ViewFilter.Priority, Lower(priority));
        if (Stage is { } stage) yield return new(ViewFilter.Stage, Lower(stage));
        if (Folder is { } folder) yield return new(ViewFilter.Folder, folder.ToString());
        else if (Unfiled) yield return new(ViewFilter.Unfiled, "1");
        foreach (var tag in Tags) yield return new(ViewFilter.Tag, tag.ToString());
        if (Owner is { } owner) yield return new(ViewFilter.Owner, owner.ToString());
        if (Contacted is { } contacted) yield return new(ViewFilter.Contacted, Lower(contacted));
        if (Seniority is { } seniority) yield return new(ViewFilter.Seniority, Lower(seniority));
        if (Lifecycle is { } lifecycle) yield return new(ViewFilter.Lifecycle, Lower(lifecycle));
        if (Industry is { } industry) yield return new(ViewFilter.Industry, industry);
        if (Decade is { } decade) yield return new(ViewFilter.Decade, decade.ToString(CultureInfo.InvariantCulture));
        if (Archived) yield return new(ViewFilter.Archived, "1");
    }

    private static string Lower<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static DateTime Ago(UserClock clock, int days) => clock.Utc(clock.Now.Date.AddDays(-days));

    // A number is no name, even where some value has it.
    private static T? Known<T>(string? text) where T : struct, Enum =>
        text is { Length: > 0 } && char.IsLetter(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}
