using System.Text;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>
/// A run of text made comparable: lower case, half width, simplified characters, no invisible characters,
/// no blanks beside Chinese. Every character knows the place it came from.
/// </summary>
sealed class FoldedText
{
    readonly int[] starts;
    readonly int[] ends;

    FoldedText(string text, int[] starts, int[] ends)
    {
        Text = text;
        this.starts = starts;
        this.ends = ends;
    }

    public string Text { get; }

    /// <summary>Place in the raw text of the folded character at <paramref name="index"/>.</summary>
    public int RawStart(int index) => starts[index];

    /// <summary>Place just after the raw character that the folded run up to <paramref name="end"/> ends with.</summary>
    public int RawEnd(int end) => ends[end - 1];

    /// <summary>The same text with one character in place of a run of it, so that patterns can speak of "a rival" whatever its name.</summary>
    public FoldedText Marked(int rawStart, int rawEnd, char mark)
    {
        var from = Array.FindIndex(starts, s => s >= rawStart);
        var to = Array.FindLastIndex(ends, e => e <= rawEnd);
        if (from < 0 || to < from) return this;
        return new(
            $"{Text.AsSpan(0, from)}{mark}{Text.AsSpan(to + 1)}",
            [.. starts.AsSpan(0, from), starts[from], .. starts.AsSpan(to + 1)],
            [.. ends.AsSpan(0, from), ends[to], .. ends.AsSpan(to + 1)]);
    }

    public static FoldedText Of(string raw, int start, int length, IReadOnlyDictionary<char, char> simplified)
    {
        var text = new StringBuilder(length);
        var places = new List<int>(length);
        for (var i = start; i < start + length; i++)
        {
            var c = Fold(raw[i], simplified);
            if (c == '\0') continue;
            if (c == ' ')
            {
                if (text.Length == 0 || text[^1] == ' ' || IsHan(text[^1])) continue;
            }
            else if (IsHan(c) && text.Length > 0 && text[^1] == ' ')
            {
                text.Length--;
                places.RemoveAt(places.Count - 1);
            }

            text.Append(c);
            places.Add(i);
        }

        return new(text.ToString(), [.. places], [.. places.Select(p => p + 1)]);
    }

    public static string Fold(string raw, IReadOnlyDictionary<char, char> simplified) => Of(raw, 0, raw.Length, simplified).Text;

    public static bool IsHan(char c) => c is >= '\u3400' and <= '\u9fff' or >= '\uf900' and <= '\ufaff' or >= '\u3040' and <= '\u30ff';

    static char Fold(char c, IReadOnlyDictionary<char, char> simplified)
    {
        if (c is '\u200b' or '\u200c' or '\u200d' or '\u2060' or '\ufeff' or '\u00ad' or '\ufe0f') return '\0';
        if (char.IsWhiteSpace(c)) return ' ';
        if (c is >= '\uff01' and <= '\uff5e') c = (char)(c - 0xfee0);
        if (c is '\u2018' or '\u2019') return '\'';
        if (c is '\u201c' or '\u201d' or '\u300c' or '\u300d') return '"';
        if (simplified.TryGetValue(c, out var simple)) return simple;
        return char.ToLowerInvariant(c);
    }
}
