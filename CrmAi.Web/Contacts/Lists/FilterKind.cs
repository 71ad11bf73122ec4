using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Contacts.Lists;

/// <summary>A condition's value as the address writes it.</summary>
public readonly record struct FilterValue(string Text)
{
    public override string ToString() => Text;
}

/// <summary>One kind of condition, its values and where the filter keeps it.</summary>
/// <param name="Set">The filter with this value, or without the condition.</param>
public sealed record FilterKind(string Name, string Label, string Icon, IReadOnlyList<(FilterValue, string)> Values, FilterValue? Value, Func<FilterValue?, ContactFilter> Set)
{
    public const string Tag = "tag", Industry = "industry", Decade = "decade";

    private const string Unfiled = "none";

    /// <summary>All kinds that this list can be narrowed by.</summary>
    /// <param name="groups">Industries and decades that occur, once they were asked for.</param>
    public static IReadOnlyList<FilterKind> Of(ContactFilter filter, ListNames names, Func<ContactGrouping, IReadOnlyList<ContactGroup>> groups, IStringLocalizer<Text> words)
    {
        var grouping = ListSections.Grouping(filter, names);
        List<FilterKind> kinds =
        [
            Enum("priority", "flag", filter.Priority, value => filter with { Priority = value }, words["field.Priority"], words),
            Enum("stage", "steppers", filter.Stage, value => filter with { Stage = value }, words["field.Stage"], words),
            new(Tag, words["filter.tag"], "sell", [.. names.Tags.Where(t => !filter.Tags.Contains(t.Id)).Select(t => (Of(t.Id), t.Name))], null,
                value => value is { } v && filter.Tags.Count < ContactFilter.MaxTags ? filter with { Tags = [.. filter.Tags, Guid.Parse(v.Text)] } : filter),
            Enum("contacted", "history", filter.Contacted, value => filter with { Contacted = value }, words["filter.contacted"], words),
        ];
        if (filter.Tab != ContactTab.Team && names.Folders.Count > 0 && grouping != ListGrouping.Folder)
            kinds.Add(new("folder", words["field.FolderId"], "folder", [.. names.Folders.Select(f => (Of(f.Id), Indented(f))), (new(Unfiled), words["list.unfiled"].Value)],
                filter.Folder is { } id ? Of(id) : filter.Unfiled ? new(Unfiled) : null,
                value => filter with { Folder = Guid.TryParse(value?.Text, out var folder) ? folder : null, Unfiled = value?.Text == Unfiled }));
        if (filter.Tab == ContactTab.Team || filter.Owner is not null)
            kinds.Add(new("owner", words["field.OwnerId"], "person", [.. names.People.Select(p => (Of(p.Id), p.Name))], filter.Owner is { } owner ? Of(owner) : null,
                value => filter with { Owner = value is { } v ? Guid.Parse(v.Text) : null }));
        if (grouping != ListGrouping.Seniority) kinds.Add(Enum("seniority", "badge", filter.Seniority, value => filter with { Seniority = value }, words["field.Seniority"], words));
        kinds.Add(Enum("lifecycle", "cycle", filter.Lifecycle, value => filter with { Lifecycle = value }, words["field.Lifecycle"], words));
        if (grouping != ListGrouping.Industry) kinds.Add(IndustryOf(filter, groups(ContactGrouping.Industry), words));
        if (grouping != ListGrouping.Decade) kinds.Add(DecadeOf(filter, groups(ContactGrouping.BirthDecade), words));
        kinds.Add(new("archived", words["filter.archived"], "archive", [(new("1"), words["filter.archived"].Value)], filter.Archived ? new("1") : null, value => filter with { Archived = value is not null }));
        return kinds;
    }

    private static FilterKind IndustryOf(ContactFilter filter, IReadOnlyList<ContactGroup> groups, IStringLocalizer<Text> words)
    {
        // None has a name of its own among the choices, for a choice of nothing means any.
        static string Key(string industry) => industry.Length == 0 ? Unfiled : "=" + industry;
        var found = groups.Select(g => g.Key).ToList();
        if (filter.Industry is { } set && !found.Contains(set)) found.Add(set);
        return new(Industry, words["filter.industry"], "factory", [.. found.Select(i => (new FilterValue(Key(i)), i.Length == 0 ? words["list.group.none"].Value : i))],
            filter.Industry is { } industry ? new(Key(industry)) : null,
            value => filter with { Industry = value?.Text == Unfiled ? "" : value?.Text[1..] });
    }

    private static FilterKind DecadeOf(ContactFilter filter, IReadOnlyList<ContactGroup> groups, IStringLocalizer<Text> words)
    {
        var found = groups.Select(g => int.TryParse(g.Key, CultureInfo.InvariantCulture, out var decade) ? decade : 0).Where(d => d > 0).ToList();
        if (filter.Decade is { } set && !found.Contains(set)) found.Add(set);
        return new(Decade, words["filter.decade"], "cake", [.. found.Order().Select(d => (Number(d), words["list.decade", ListSections.Decade(d)].Value))],
            filter.Decade is { } decade ? Number(decade) : null,
            value => filter with { Decade = value is { } v ? int.Parse(v.Text, CultureInfo.InvariantCulture) : null });
    }

    private static FilterKind Enum<T>(string name, string icon, T? value, Func<T?, ContactFilter> set, string label, IStringLocalizer<Text> words) where T : struct, Enum => new(name, label, icon,
        [.. System.Enum.GetValues<T>().Select(v => (new FilterValue(v.ToString()), words.Of(v)))], value is { } known ? new(known.ToString()) : null, v => set(v is { } chosen ? System.Enum.Parse<T>(chosen.Text) : null));

    private static FilterValue Of(Guid id) => new(id.ToString());

    private static FilterValue Number(int number) => new(number.ToString(CultureInfo.InvariantCulture));

    private static string Indented(FolderRow folder) => new string('\u2003', folder.Depth) + folder.Name;
}
