using CrmAi.Domain.Search;

namespace CrmAi.Infrastructure.Search;

/// <summary>Where the words of a search are met in a text: as they are written, or by the readings and initials of its characters.</summary>
internal static class Highlights
{
    /// <param name="words">Folded.</param>
    public static FoundText Of(string text, IReadOnlyList<string> words)
    {
        var folded = FoldedText.Of(text);
        return new(text, Joined(words.Select(w => Find(folded, w)).OfType<FoundMark>()));
    }

    /// <summary>Whether every word is met.</summary>
    public static bool All(string text, IReadOnlyList<string> words)
    {
        var folded = FoldedText.Of(text);
        return words.All(w => Find(folded, w) is not null);
    }

    public static FoundMark? Find(FoldedText text, string word)
    {
        if (text.Find(word) is { } written) return written;
        if (!word.All(char.IsAsciiLetterLower)) return null;
        for (var i = 0; i < text.Text.Length; i++)
        {
            if (Pinyin.Of(text.Text[i], isFirst: i == 0).Any() && Read(text.Text, i, word, 0) is { } end) return text.Place(i, end - i);
        }
        return null;
    }

    // One character takes its initial or its whole reading; of the last one the beginning is enough.
    private static int? Read(string text, int at, string word, int typed)
    {
        if (typed == word.Length) return at;
        if (at == text.Length) return null;
        foreach (var reading in Pinyin.Of(text[at], isFirst: at == 0))
        {
            var rest = word.AsSpan(typed);
            if (reading.AsSpan().StartsWith(rest)) return at + 1;
            if (rest.StartsWith(reading) && Read(text, at + 1, word, typed + reading.Length) is { } whole) return whole;
            if (rest[0] == reading[0] && Read(text, at + 1, word, typed + 1) is { } initial) return initial;
        }
        return null;
    }

    private static List<FoundMark> Joined(IEnumerable<FoundMark> marks)
    {
        var joined = new List<FoundMark>();
        foreach (var mark in marks.OrderBy(m => m.Start))
        {
            if (joined is [.., var last] && mark.Start <= last.Start + last.Length) joined[^1] = new(last.Start, Math.Max(last.Length, mark.Start + mark.Length - last.Start));
            else joined.Add(mark);
        }
        return joined;
    }
}
