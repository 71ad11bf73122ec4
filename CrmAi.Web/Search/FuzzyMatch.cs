using System.Globalization;

namespace CrmAi.Web.Search;

/// <summary>How well a few typed letters fit the name of an action.</summary>
public static class FuzzyMatch
{
    /// <summary>0 where they do not fit; higher is better. Every typed word must fit somewhere; letters in order are enough.</summary>
    public static int Score(string typed, string text, string words = "")
    {
        var total = 0;
        foreach (var word in typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var best = Math.Max(Word(word, text) * 2, Word(word, words));
            if (best == 0) return 0;
            total += best;
        }
        return total;
    }

    private static int Word(string typed, string text)
    {
        var compare = CultureInfo.InvariantCulture.CompareInfo;
        const CompareOptions loose = CompareOptions.IgnoreCase | CompareOptions.IgnoreWidth | CompareOptions.IgnoreNonSpace;
        var at = compare.IndexOf(text, typed, loose);
        if (at == 0) return 100;
        if (at > 0) return char.IsLetterOrDigit(text[at - 1]) && char.IsAscii(text[at]) ? 50 : 80;
        return typed.Length > 1 && InOrder(typed, text) ? 20 : 0;
    }

    // Only within one word: letters gathered from a whole sentence fit anything.
    private static bool InOrder(string typed, string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Any(word =>
    {
        var next = 0;
        foreach (var letter in word)
        {
            if (next < typed.Length && char.ToUpperInvariant(letter) == char.ToUpperInvariant(typed[next])) next++;
        }
        return next == typed.Length;
    });
}
