using System.Text;

namespace CrmAi.Domain.Shared;

/// <summary>
/// Text of a field that has one line: line ends and other control characters, with the space around them, are one space, and none stands at either end.
/// What turns the direction of writing is no such character and stays.
/// </summary>
public static class OneLine
{
    public static string Of(string text)
    {
        if (!text.Any(Breaks)) return text.Trim();
        var line = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var from = i;
            var broken = false;
            for (; i < text.Length && (Breaks(text[i]) || char.IsWhiteSpace(text[i])); i++) broken |= Breaks(text[i]);
            if (broken) line.Append(' ');
            else line.Append(text, from, i - from);
            if (i < text.Length) line.Append(text[i++]);
        }
        return line.ToString().Trim();
    }

    /// <summary>Null where nothing is left.</summary>
    public static string? OrNone(string? text) => text is null || Of(text) is not { Length: > 0 } line ? null : line;

    public static IReadOnlyList<string> Each(IReadOnlyList<string> texts) => [.. texts.Select(Of)];

    private static bool Breaks(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';
}
