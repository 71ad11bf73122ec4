namespace CrmAi.Domain.PromptTexts;

public enum DiffKind { Same, Removed, Added }

/// <param name="From">Where the changed run of characters begins; the whole line where it has no counterpart.</param>
public sealed record DiffLine(DiffKind Kind, string Text, int From, int Length);

/// <summary>What differs between two texts, line by line, and within a line that was reworded the characters that did.</summary>
public static class LineDiff
{
    /// <summary>The longest common subsequence of lines; of a run of removed lines and the run that follows, line by line, what lies between their common beginning and end.</summary>
    public static IReadOnlyList<DiffLine> Between(string before, string after)
    {
        var (a, b) = (before.ReplaceLineEndings("\n").Split('\n'), after.ReplaceLineEndings("\n").Split('\n'));
        var common = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
            for (var j = b.Length - 1; j >= 0; j--)
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        var (lines, removed, added) = (new List<DiffLine>(), new List<string>(), new List<string>());
        var (x, y) = (0, 0);
        while (x < a.Length || y < b.Length)
        {
            if (x < a.Length && y < b.Length && a[x] == b[y])
            {
                Turn(lines, removed, added);
                lines.Add(new(DiffKind.Same, a[x], 0, 0));
                (x, y) = (x + 1, y + 1);
            }
            else if (y == b.Length || (x < a.Length && common[x + 1, y] >= common[x, y + 1])) removed.Add(a[x++]);
            else added.Add(b[y++]);
        }
        Turn(lines, removed, added);
        return lines;
    }

    private static void Turn(List<DiffLine> lines, List<string> removed, List<string> added)
    {
        for (var i = 0; i < removed.Count; i++) lines.Add(Line(DiffKind.Removed, removed[i], i < added.Count ? added[i] : null));
        for (var i = 0; i < added.Count; i++) lines.Add(Line(DiffKind.Added, added[i], i < removed.Count ? removed[i] : null));
        removed.Clear();
        added.Clear();
    }

    private static DiffLine Line(DiffKind kind, string text, string? other)
    {
        if (other is null) return new(kind, text, 0, text.Length);
        var most = Math.Min(text.Length, other.Length);
        var (begin, end) = (0, 0);
        while (begin < most && text[begin] == other[begin]) begin++;
        while (end < most - begin && text[^(end + 1)] == other[^(end + 1)]) end++;
        // Never through the middle of a character.
        if (begin > 0 && char.IsHighSurrogate(text[begin - 1])) begin--;
        if (end > 0 && char.IsLowSurrogate(text[^end])) end--;
        return new(kind, text, begin, text.Length - begin - end);
    }
}
