namespace CrmAi.Domain.Interactions;

/// <summary>A line that holds something, without the white space around it.</summary>
internal readonly record struct ChatLine(int Start, int End, bool AfterBlank)
{
    public int Length => End - Start;
}

internal static class ChatLines
{
    /// <summary>The text with full-width forms, odd spaces and direction marks made plain; every character keeps its place, so that spans hold for both.</summary>
    public static string Fold(string text) => string.Create(text.Length, text, static (folded, source) =>
    {
        for (var i = 0; i < folded.Length; i++)
            folded[i] = Fold(source[i]);
    });

    public static List<ChatLine> Split(string folded)
    {
        var lines = new List<ChatLine>();
        var afterBlank = false;
        for (var start = 0; start < folded.Length;)
        {
            var end = start;
            while (end < folded.Length && !IsBreak(folded[end]))
                end++;
            var (first, last) = Trim(folded, start, end);
            if (first < last)
                lines.Add(new ChatLine(first, last, afterBlank));
            afterBlank = first >= last;
            start = end + (end + 1 < folded.Length && folded[end] == '\r' && folded[end + 1] == '\n' ? 2 : 1);
        }
        return lines;
    }

    public static (int Start, int End) Trim(string folded, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(folded[start]))
            start++;
        while (end > start && char.IsWhiteSpace(folded[end - 1]))
            end--;
        return (start, end);
    }

    public static int SkipSpaces(string folded, int at, int end)
    {
        while (at < end && folded[at] == ' ')
            at++;
        return at;
    }

    public static bool IsHan(char c) => c is >= '\u4E00' and <= '\u9FFF' or >= '\u3400' and <= '\u4DBF';

    /// <summary>Whether the text reads as Chinese: a fifth of its letters is enough, as English terms are mixed in freely.</summary>
    public static bool IsChinese(string folded)
    {
        var (han, letters) = (0, 0);
        foreach (var c in folded.AsSpan(0, Math.Min(folded.Length, 20_000)))
        {
            if (IsHan(c))
                han++;
            if (char.IsLetter(c))
                letters++;
        }
        return han > 0 && han * 5 >= letters;
    }

    static bool IsBreak(char c) => c is '\n' or '\r' or '\v' or '\f' or '\u0085' or '\u2028' or '\u2029';

    static char Fold(char c) => c switch
    {
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\t' or '\u00A0' or '\u3000' or '\u202F' or '\u2007' or '\u2009' or '\u200B' or '\uFEFF' => ' ',
        '\u200E' or '\u200F' or >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' => ' ',
        '\u2236' or '\uFE30' or '\uFE55' => ':',
        '\u2013' => '-',
        '\u2018' or '\u2019' => '\'',
        '\u201C' or '\u201D' => '"',
        '\u3010' => '[',
        '\u3011' => ']',
        _ => c,
    };
}
