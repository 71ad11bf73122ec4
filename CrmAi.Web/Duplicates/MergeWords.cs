using CrmAi.Domain.Duplicates;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Duplicates;

internal static class MergeWords
{
    /// <summary>Names of fields that an undo left as they are; those without a name are told as others.</summary>
    public static string Fields(IStringLocalizer<Text> words, IEnumerable<string> fields) =>
        string.Join(words["namecard.match.and"], fields.Select(f => words["field." + f] is { ResourceNotFound: false } name ? name.Value : words["merge.field.other"].Value).Distinct());

    /// <summary>What speaks for two being one.</summary>
    public static string For(this IStringLocalizer<Text> words, IEnumerable<DuplicateReason> reasons) => string.Join(words["namecard.match.and"], reasons.Where(r => !DuplicateMatch.IsAgainst(r)).Select(r => words.Of(r)));

    /// <summary>What speaks against it.</summary>
    public static string Against(this IStringLocalizer<Text> words, IEnumerable<DuplicateReason> reasons) => string.Join(words["namecard.match.and"], reasons.Where(DuplicateMatch.IsAgainst).Select(r => words.Of(r)));

    /// <summary>Where records of a kind have their pages.</summary>
    public static string Segment(MergeKind kind) => kind == MergeKind.Account ? "accounts" : "contacts";
}
