using CrmAi.Domain.Conversations;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>
/// Other vendors in the running: names of vendors.txt, and names in places where only a rival stands ("选了X", "go with X").
/// A system that ours is only to be connected with is none.
/// </summary>
static class Competitors
{
    public static IEnumerable<Finding> In(Conversation conversation, LexiconFiles lexicons)
    {
        var found = new Dictionary<string, Finding>(StringComparer.OrdinalIgnoreCase);
        void Add(Clause clause, int start, int length, double confidence)
        {
            var evidence = conversation.Evidence(clause.Folded.RawStart(start), clause.Folded.RawEnd(start + length));
            var name = evidence.QuoteIn(conversation.Input.Text)!;
            found.TryAdd(name, new(FindingKind.Competitor, evidence, confidence) { Value = name });
        }

        foreach (var clause in conversation.Clauses.Where(c => c.Voice != Voice.Us))
        {
            var marks = lexicons.Competitors.In(clause).ToList();
            var rival = marks.Any(h => h.Section is "rival" or "compare");
            var linked = marks.Any(h => h.Section == "integration");
            var vendors = lexicons.Vendors.In(clause).ToList();
            foreach (var vendor in vendors)
            {
                if (vendor.IsPlatform ? Covered(vendor, marks) : !linked || marks.Any(h => h.Section == "rival" && Overlaps(h, vendor.Start, vendor.Start + vendor.Length))) Add(clause, vendor.Start, vendor.Length, rival ? 0.9 : 0.7);
            }

            if (linked) continue;
            foreach (var hit in marks.Where(h => h.Section == "rival"))
            {
                foreach (var (start, length) in Names(hit, conversation.Input.Text, lexicons))
                {
                    if (!vendors.Any(v => v.Start < start + length && v.Start + v.Length > start)) Add(clause, start, length, 0.6);
                }
            }
        }

        return found.Values;
    }

    static bool Covered(VendorHit vendor, List<Hit> marks) =>
        marks.Any(h => h.Section == "rival" && h.Match.Groups["name"] is { Success: true } g && g.Index <= vendor.Start && g.Index + g.Length >= vendor.Start + vendor.Length);

    static bool Overlaps(Hit hit, int start, int end) => hit.Start < end && hit.End > start;

    // The slot may hold a list: "富勒和唯智", "X, Y and Z".
    static IEnumerable<(int Start, int Length)> Names(Hit hit, string raw, LexiconFiles lexicons)
    {
        if (hit.Match.Groups["name"] is not { Success: true } slot) yield break;
        var text = hit.Clause.Text;
        var start = slot.Index;
        for (var i = slot.Index; i <= slot.Index + slot.Length; i++)
        {
            var joint = i < slot.Index + slot.Length ? JointAt(text, i) : 1;
            if (joint == 0) continue;
            if (Plausible(hit.Clause, start, i, raw, lexicons) is { } name) yield return name;
            start = i + joint;
            i += joint - 1;
        }
    }

    static int JointAt(string text, int i) =>
        text[i] is '和' or '跟' or '与' or '、' or '及' or '或' or '/' ? 1 : string.CompareOrdinal(text, i, " and ", 0, 5) == 0 ? 5 : string.CompareOrdinal(text, i, " or ", 0, 4) == 0 ? 4 : 0;

    // A Latin name is written with capital letters: the first run of such words in the place.
    static (int Start, int End) Capitalised(Clause clause, int start, int end, string raw)
    {
        bool Starts(int i) => char.IsUpper(raw[clause.Folded.RawStart(i)]);
        while (start < end && !Starts(start))
        {
            var blank = clause.Text.IndexOf(' ', start, end - start);
            if (blank < 0) return (start, start);
            start = blank + 1;
        }

        for (var i = start; i < end; i++)
        {
            if (clause.Text[i] == ' ' && (i + 1 >= end || !Starts(i + 1))) return (start, i);
        }

        return (start, end);
    }

    static (int Start, int Length)? Plausible(Clause clause, int start, int end, string raw, LexiconFiles lexicons)
    {
        var text = clause.Text;
        while (start < end && text[start] == ' ') start++;
        while (end > start && text[end - 1] == ' ') end--;
        if (start < end && text[start] < 128 && text[start] != ' ') (start, end) = Capitalised(clause, start, end, raw);
        if (end - start < 2 || end - start > 24) return null;
        var part = new Clause(FoldedText.Of(raw, clause.Folded.RawStart(start), clause.Folded.RawEnd(end) - clause.Folded.RawStart(start), lexicons.Simplified), clause.Start, clause.End, 0, clause.Voice);
        if (lexicons.Competitors.AnyIn(part, "no name")) return null;
        return text[start] < 128 || end - start <= 8 ? (start, end - start) : null;
    }
}
