using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Duplicates;

internal static class MergeWords
{
    /// <summary>Names of fields that an undo left as they are; those without a name are told as others.</summary>
    public static string Fields(IStringLocalizer<Text> words, IEnumerable<string> fields) =>
        string.Join(words["namecard.match.and"], fields.Select(f => words["field." + f] is { ResourceNotFound: false } name ? name.Value : words["merge.field.other"].Value).Distinct());
}
