using System.Globalization;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Contacts.Lists;

/// <summary>What a saved view shows, in one line; of labels, folders and people that they are asked for, not which.</summary>
internal static class FilterWords
{
    public static string Of(string filter, IStringLocalizer<Text> words)
    {
        var shown = ContactFilter.Parse("?" + filter, ContactTab.Mine);
        string?[] parts =
        [
            words.Of(shown.Tab), shown.Search is { } search ? $"“{search}”" : null,
            shown.Priority is { } priority ? Named("field.Priority", words.Of(priority)) : null,
            shown.Stage is { } stage ? Named("field.Stage", words.Of(stage)) : null,
            shown.Contacted is { } contacted ? words.Of(contacted) : null,
            shown.Seniority is { } seniority ? words.Of(seniority) : null,
            shown.Lifecycle is { } lifecycle ? words.Of(lifecycle) : null,
            shown.Industry is { Length: > 0 } industry ? industry : null,
            shown.Decade is { } decade ? words["list.decade", ListSections.Decade(decade)].Value : null,
            shown.Folder is not null ? words["field.FolderId"].Value : shown.Unfiled ? words["list.unfiled"].Value : null,
            shown.Tags.Count > 0 ? $"{words["filter.tag"]} {shown.Tags.Count.ToString(CultureInfo.CurrentCulture)}" : null,
            shown.Owner is not null ? words["field.OwnerId"].Value : null, shown.Archived ? words["filter.archived"].Value : null,
            shown.ShownOrder != shown.UsualOrder ? words.Of(shown.ShownOrder) : null,
        ];
        return string.Join(" · ", parts.Where(p => !string.IsNullOrEmpty(p)));

        string Named(string key, string value) => $"{words[key]} {value}";
    }
}
