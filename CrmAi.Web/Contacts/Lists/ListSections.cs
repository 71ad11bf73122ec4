using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Contacts.Lists;

/// <summary>A heading that opens onto a part of the list.</summary>
/// <param name="Goes">The list once it is clicked: opened, or closed again. Null where it cannot be asked for.</param>
/// <param name="Unfolded">Whether its folders are shown; null where it has none.</param>
public sealed record ListSection(string Key, string Title, int? Count, ContactFilter? Goes, bool IsOpen)
{
    public int Depth { get; init; }
    public FolderRow? Folder { get; init; }
    public bool? Unfolded { get; init; }

    /// <summary>What may be dropped here goes to this folder; "none" takes it out of any.</summary>
    public string? Drop { get; init; }
}

/// <summary>The headings of a grouped list. At most one is open; the address says which.</summary>
public static class ListSections
{
    public const string None = "none", All = "all";

    /// <summary>A list without folders has nothing to group by them.</summary>
    public static ListGrouping Grouping(ContactFilter filter, ListNames names) =>
        filter.ShownGroup == ListGrouping.Folder && names.Folders.Count == 0 ? ListGrouping.None : filter.ShownGroup;

    /// <summary>Whether the folders hold fewer of the list than they hold in all.</summary>
    public static bool IsNarrowed(ContactFilter filter) => filter.Closed.IsNarrowed || filter.Tab != ContactTab.Mine;

    /// <param name="unfolded">Folders whose folders are shown, beside those around the open one.</param>
    public static IReadOnlyList<ListSection> OfFolders(ContactFilter filter, ListNames names, IReadOnlySet<Guid> unfolded, IReadOnlyDictionary<string, int> counts, IStringLocalizer<Text> words)
    {
        var closed = filter.Closed;
        var open = filter.Folder is { } id ? names.Folder(id) : null;
        var shown = unfolded.ToHashSet();
        if (open is not null) shown.UnionWith(names.Around(open).Select(f => f.Id));
        var parents = names.Folders.Select(f => f.ParentId).ToHashSet();
        var narrowed = IsNarrowed(filter);
        var sections = names.Folders.Where(f => names.Around(f).All(p => shown.Contains(p.Id))).Select(f => new ListSection(
            f.Id.ToString(), f.Name, narrowed ? Count(counts, f.Id.ToString()) : f.Contacts, filter.Folder == f.Id ? closed : closed with { Folder = f.Id }, filter.Folder == f.Id)
        {
            Depth = f.Depth,
            Folder = f,
            Unfolded = parents.Contains(f.Id) ? shown.Contains(f.Id) : null,
            Drop = f.Id.ToString(),
        }).ToList();
        sections.Add(new(None, words["list.unfiled"], Count(counts, None), filter.Unfiled ? closed : closed with { Unfiled = true }, filter.Unfiled) { Drop = None });
        sections.Add(new(All, words["list.all"], Count(counts, All), closed, filter is { Folder: null, Unfiled: false }));
        return sections;
    }

    public static IReadOnlyList<ListSection> OfGroups(ContactFilter filter, IReadOnlyList<ContactGroup> groups, IStringLocalizer<Text> words)
    {
        var closed = filter.Closed;
        var sections = groups.OrderBy(g => g.Key.Length == 0).ThenBy(g => Rank(filter.ShownGroup, g.Key)).Select(group =>
        {
            var opened = Opened(closed, filter.ShownGroup, group.Key);
            return new ListSection("g" + group.Key, Title(filter.ShownGroup, group.Key, words), group.Contacts, opened == filter ? closed : opened, opened == filter);
        });
        // A group that a change has emptied stays open until one leaves it.
        var all = sections.ToList();
        if (filter != closed && !all.Any(s => s.IsOpen)) all.Insert(0, new("gone", Title(filter.ShownGroup, OpenKey(filter), words), 0, closed, true));
        return all;
    }

    // Ranks and years in their own order; industries as they come, the largest first.
    private static int Rank(ListGrouping by, string key) => by switch
    {
        ListGrouping.Seniority => Enum.TryParse<Seniority>(key, out var seniority) ? (int)seniority : 0,
        ListGrouping.Decade => int.TryParse(key, CultureInfo.InvariantCulture, out var decade) ? decade : 0,
        _ => 0,
    };

    public static string Decade(int decade) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh" ? (decade % 100).ToString("00", CultureInfo.InvariantCulture) : decade.ToString(CultureInfo.InvariantCulture);

    private static int? Count(IReadOnlyDictionary<string, int> counts, string key) => counts.TryGetValue(key, out var count) ? count : null;

    private static ContactFilter? Opened(ContactFilter closed, ListGrouping by, string key) => by switch
    {
        ListGrouping.Industry => closed with { Industry = key },
        ListGrouping.Seniority => Enum.TryParse<Seniority>(key, out var seniority) ? closed with { Seniority = seniority } : null,
        _ => int.TryParse(key, CultureInfo.InvariantCulture, out var decade) ? closed with { Decade = decade } : null,
    };

    private static string OpenKey(ContactFilter filter) => filter.ShownGroup switch
    {
        ListGrouping.Industry => filter.Industry ?? "",
        ListGrouping.Seniority => filter.Seniority?.ToString() ?? "",
        _ => filter.Decade?.ToString(CultureInfo.InvariantCulture) ?? "",
    };

    private static string Title(ListGrouping by, string key, IStringLocalizer<Text> words) => key.Length == 0 ? words["list.group.none"] : by switch
    {
        ListGrouping.Seniority => Enum.TryParse<Seniority>(key, out var seniority) ? words.Of(seniority) : key,
        ListGrouping.Decade => int.TryParse(key, CultureInfo.InvariantCulture, out var decade) ? words["list.decade", Decade(decade)] : key,
        _ => key,
    };
}
