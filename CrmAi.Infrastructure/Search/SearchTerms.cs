using CrmAi.Domain.Contacts;

namespace CrmAi.Infrastructure.Search;

/// <summary>
/// Breaks texts into the terms that a search seeks by their beginning. Every suffix is a term, so any part of a text is found,
/// one or two Chinese characters too, by an index on either database.
/// </summary>
internal static class SearchTerms
{
    /// <summary>Suffixes of the folded text, cut to <see cref="ContactSearchTerm.MaxLength"/>.</summary>
    public static IEnumerable<string> Suffixes(string folded)
    {
        for (var i = 0; i < folded.Length; i++)
        {
            if (folded[i] == ' ' || char.IsLowSurrogate(folded[i])) continue;
            yield return Cut(folded[i..]);
        }
    }

    /// <summary>Pinyin from each syllable on, and initials from each on: "zhangsan", "san"; "zs", "s".</summary>
    public static IEnumerable<string> Readings(IReadOnlyList<string> syllables)
    {
        for (var i = 0; i < syllables.Count; i++)
        {
            yield return Cut(string.Concat(syllables.Skip(i)));
            yield return Cut(string.Concat(syllables.Skip(i).Select(s => s[0])));
        }
    }

    /// <summary>What the words of a search must begin with; at most eight words count. A telephone number is one word, however its digits are set apart.</summary>
    public static IReadOnlyList<string> Words(string? search)
    {
        var folded = ContactKeys.Fold(search);
        return IsNumber(folded) ? [folded.Replace(" ", "", StringComparison.Ordinal)] : [.. folded.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(8)];
    }

    private static bool IsNumber(string folded) => folded.Count(char.IsAsciiDigit) >= 4 && folded.All(c => char.IsAsciiDigit(c) || c is ' ' or '-' or '+' or '(' or ')');

    public static string Cut(string term) => Cut(term, ContactSearchTerm.MaxLength);

    /// <summary>The last characters of a word that is longer than a term, as a term has them.</summary>
    public static string End(string word)
    {
        var end = word[^ContactSearchTerm.MaxLength..];
        return char.IsLowSurrogate(end[0]) ? end[1..] : end;
    }

    /// <summary>The beginning of a text, never ending within a surrogate pair: half of one is stored like any other half.</summary>
    public static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
