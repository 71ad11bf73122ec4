namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>Cuts text into sentences and clauses. Every span is exact; a run without punctuation is cut at a bearable length.</summary>
static class Segmentation
{
    /// <summary>Stands in for characters that must not be read.</summary>
    public const char Blank = '\u0001';

    const int Longest = 400;
    static readonly string[] Abbreviations = ["mr", "mrs", "ms", "dr", "vs", "etc", "e.g", "i.e", "inc", "ltd", "co", "no", "st", "approx", "a.m", "p.m", "prof"];
    static readonly string[] Contrasts = [" but ", " however ", " although ", " though ", " yet "];

    /// <summary>Sentences of a run of text, as raw spans.</summary>
    public static IEnumerable<(int Start, int End)> Sentences(string text, int start, int end)
    {
        var from = start;
        for (var i = start; i < end; i++)
        {
            if (!EndsSentence(text, i, end) && i - from < Longest * 2) continue;
            if (Trimmed(text, from, i + 1) is { } span) yield return span;
            from = i + 1;
        }

        if (Trimmed(text, from, end) is { } last) yield return last;
    }

    /// <summary>Clauses of a sentence, as raw spans.</summary>
    public static IEnumerable<(int Start, int End)> Clauses(string text, int start, int end)
    {
        start = AfterListNumber(text, start, end);
        var from = start;
        for (var i = start; i < end; i++)
        {
            var before = i > from && StartsContrast(text, i, end);
            if (!before && !EndsClause(text, i, end) && i - from < Longest) continue;
            if (Trimmed(text, from, i) is { } span) yield return span;
            from = before || i - from >= Longest ? i : i + 1;
        }

        if (Trimmed(text, from, end) is { } last) yield return last;
    }

    // "3. ", "3、", "3) ", "三、", "• ": the number of a point is no part of what it says.
    static int AfterListNumber(string text, int start, int end)
    {
        var i = start;
        while (i < end && i - start < 3 && (char.IsAsciiDigit(text[i]) || "一二三四五六七八九十".Contains(text[i], StringComparison.Ordinal))) i++;
        var next = i + 1 < end ? text[i + 1] : Blank;
        if (i == start) return start < end && text[start] is '•' or '*' or '-' or '●' or '◆' or '①' or '②' or '③' or '④' or '⑤' or '⑥' ? start + 1 : start;
        var marked = i < end && (text[i] is '、' or ')' or '）' or '．' || (text[i] == '.' && !char.IsAsciiDigit(next)));
        return marked && i + 1 < end ? i + 1 : start;
    }

    static bool EndsSentence(string text, int i, int end)
    {
        var c = text[i];
        if (c is '。' or '！' or '？' or '!' or '?' or '；' or ';' or '\n' or '\r' or '…' or Blank) return true;
        if (c != '.') return false;
        if (i + 1 < end && !char.IsWhiteSpace(text[i + 1]) && !FoldedText.IsHan(text[i + 1]) && text[i + 1] is not ('"' or '”' or Blank)) return false;
        // A list's "1." and an abbreviation's full stop end nothing.
        var word = i;
        while (word > 0 && (char.IsLetterOrDigit(text[word - 1]) || text[word - 1] == '.') && i - word < 8) word--;
        var before = text[word..i];
        return before.Length > 0 && !Abbreviations.Contains(before, StringComparer.OrdinalIgnoreCase) && !(before.Length == 1 && char.IsAsciiLetterOrDigit(before[0]) && (word == 0 || text[word - 1] is '\n' or ' '));
    }

    static bool EndsClause(string text, int i, int end)
    {
        switch (text[i])
        {
            case '，' or '：' or '（' or '）' or '(' or ')' or '—' or '|' or '【' or '】' or '《' or '》' or Blank:
                return true;
            case ',' or ':':
                return !(i > 0 && i + 1 < end && char.IsDigit(text[i - 1]) && char.IsDigit(text[i + 1])) && !(i + 1 < end && text[i + 1] == '/');
            case '.' or '。' or '！' or '？' or '!' or '?' or '；' or ';' or '\n' or '\r' or '…':
                return EndsSentence(text, i, end);
            default:
                return false;
        }
    }

    static bool StartsContrast(string text, int i, int end)
    {
        if (text[i] == '但') return text[i - 1] is not ('不' or '非');
        return text[i] == ' ' && Contrasts.Any(w => end - i >= w.Length && string.Compare(text, i, w, 0, w.Length, StringComparison.OrdinalIgnoreCase) == 0);
    }

    static (int Start, int End)? Trimmed(string text, int start, int end)
    {
        while (start < end && IsEdge(text[start])) start++;
        while (end > start && IsEdge(text[end - 1])) end--;
        if (start < end && char.IsLowSurrogate(text[start])) start++;
        return start < end ? (start, end) : null;
    }

    static bool IsEdge(char c) =>
        char.IsWhiteSpace(c) || c is '，' or '。' or ',' or '.' or '；' or ';' or '、' or '：' or ':' or '！' or '!' or '？' or '?' or '“' or '”' or '"' or '…' or '·' or Blank or '（' or '）' or '(' or ')' or '—' or '-';
}
