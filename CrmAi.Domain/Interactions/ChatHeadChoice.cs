using System.Buffers;

namespace CrmAi.Domain.Interactions;

/// <summary>Decides which lines that look like heads are: by how sure their form is, who is known, and what recurs.</summary>
internal static class ChatHeadChoice
{
    static readonly SearchValues<char> SentenceSigns = SearchValues.Create("。!?,…~;");

    /// <summary>Heads by index of their line; none where the text is no talk between people.</summary>
    public static Dictionary<int, ChatHead> Choose(string text, string folded, List<ChatLine> lines, ChatSides sides)
    {
        var found = new List<(int Line, ChatHead Head)>();
        var labels = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            if (ChatHeads.Read(folded, text, lines[i]) is { } head)
                found.Add((i, head));
            else if (i + 1 < lines.Count && ChatHeads.ReadTwoLines(folded, text, lines[i], lines[i + 1]) is { } tall
                && (sides.Of(tall.Name) != ChatSide.Unknown || ChatWords.LooksLikePerson(tall.Name)))
                found.Add((i++, tall));
            else if (IsLabelled(folded, lines[i]))
                labels++;
        }
        var stamped = ChooseStamped(found.Where(f => f.Head.Form != HeadForm.Colon).ToList(), lines, sides);
        if (stamped.Count > 0)
            return stamped.ToDictionary(f => f.Line, f => f.Head);
        var colons = found.Where(f => f.Head.Form == HeadForm.Colon).ToList();
        return ChooseColons(colons, labels, folded, lines, sides).ToDictionary(f => f.Line, f => f.Head);
    }

    static List<(int Line, ChatHead Head)> ChooseStamped(List<(int Line, ChatHead Head)> found, List<ChatLine> lines, ChatSides sides)
    {
        var counts = Counts(found);
        var sure = found.Where(f => f.Head.Certain || IsSomebody(f.Head, counts, sides)).Where(f => HasWords(f, lines)).ToList();
        var forms = sure.Select(f => f.Head.Form).ToHashSet();
        var settled = found.Where(f => f.Head.Certain || IsSomebody(f.Head, counts, sides)
            || forms.Contains(f.Head.Form)).ToList();
        return sure.Count == 0 ? [] : settled;
    }

    static List<(int Line, ChatHead Head)> ChooseColons(
        List<(int Line, ChatHead Head)> found, int labels, string folded, List<ChatLine> lines, ChatSides sides)
    {
        if (found.Count == 1)
            return IsLoneTurn(found[0], folded, lines, sides) ? found : [];
        if (found.Count == 0 || labels >= found.Count)
            return [];
        var counts = Counts(found);
        var known = found.Count(f => sides.Of(f.Head.Name) != ChatSide.Unknown);
        var recurs = counts.Values.Any(c => c >= 2);
        var fromStart = found[0].Line == 0 && found.Count * 2 >= lines.Count;
        if (known == 0 && !recurs && !(fromStart && found.All(f => ChatWords.LooksLikePerson(f.Head.Name))))
            return [];
        // One voice that is no known person is a list with a repeated label.
        if (known == 0 && counts.Count == 1 && !ChatWords.LooksLikePerson(found[0].Head.Name))
            return [];
        return found.Where(f => counts.Count == 2 || IsSomebody(f.Head, counts, sides)).ToList();
    }

    static bool IsLoneTurn((int Line, ChatHead Head) found, string folded, List<ChatLine> lines, ChatSides sides)
    {
        if (found.Line != 0)
            return false;
        var (head, line) = (found.Head, lines[0]);
        // "王经理：" over a letter greets; "张三:" over words is a copied message.
        if (!head.HasBody)
            return lines.Count > 1 && ChatWords.LooksLikePerson(head.Name) && ChatWords.TitleLength(head.Key) == 0 && head.Name.Length > 1;
        return sides.Of(head.Name) != ChatSide.Unknown
            && folded.AsSpan(head.Body, line.End - head.Body).ContainsAny(SentenceSigns);
    }

    static bool IsSomebody(ChatHead head, Dictionary<string, int> counts, ChatSides sides) =>
        counts[head.Key] >= 2 || sides.Of(head.Name) != ChatSide.Unknown || ChatWords.LooksLikePerson(head.Name);

    static bool HasWords((int Line, ChatHead Head) found, List<ChatLine> lines) =>
        found.Head.HasBody || found.Line + 1 < lines.Count;

    static Dictionary<string, int> Counts(List<(int Line, ChatHead Head)> found) =>
        found.GroupBy(f => f.Head.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

    static bool IsLabelled(string folded, ChatLine line)
    {
        var front = folded.AsSpan(line.Start, Math.Min(line.Length, 30));
        return front.IndexOf(':') is > 0 and var colon && ChatWords.IsLabel(ChatSides.Key(front[..colon].ToString()));
    }
}
