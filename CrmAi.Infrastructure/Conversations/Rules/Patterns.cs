using System.Text.RegularExpressions;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>A pattern found in a clause; <paramref name="Start"/> and <paramref name="Length"/> count the clause's folded characters.</summary>
sealed record Hit(Clause Clause, string Section, double Weight, int Start, int Length, Match Match)
{
    public int End => Start + Length;

    /// <summary>Raw place of what the pattern itself covers.</summary>
    public (int Start, int End) Raw => (Clause.Folded.RawStart(Start), Clause.Folded.RawEnd(End));
}

/// <summary>The patterns of one lexicon file.</summary>
sealed class Patterns
{
    readonly List<Pattern> hits;
    readonly ILookup<string, Pattern> exceptions;

    sealed record Pattern(LexiconEntry Entry, string[] Words, Lazy<Regex> Regex)
    {
        public Match? In(string text)
        {
            if (Words.Length > 0 && !Words.Any(w => text.Contains(w, StringComparison.Ordinal))) return null;
            var match = Regex.Value.Match(text);
            return match.Success && match.Length > 0 ? match : null;
        }
    }

    public Patterns(IEnumerable<LexiconEntry> entries, IReadOnlyDictionary<string, string> slots, IReadOnlyDictionary<char, char> simplified)
    {
        var all = entries.Select(e =>
        {
            var folded = FoldedText.Fold(e.Pattern, simplified);
            var (expression, words) = PatternSyntax.Read(folded, slots, problem => new LexiconException(e.File, e.Line, problem));
            return new Pattern(e, words, new(() => PatternSyntax.Compile(expression)));
        }).ToList();
        hits = all.Where(p => !p.Entry.IsException).ToList();
        exceptions = all.Where(p => p.Entry.IsException).ToLookup(p => p.Entry.Section);
    }

    /// <summary>What the file finds in a clause, exceptions taken out; an exception under <c>[*]</c> holds for all sections.</summary>
    public IEnumerable<Hit> In(Clause clause)
    {
        var text = clause.Folded.Text;
        if (text.Length == 0) yield break;
        foreach (var pattern in hits)
        {
            if (pattern.In(text) is not { } match) continue;
            var (start, end) = (match.Index, match.Index + match.Length);
            while (start < end - 1 && !char.IsLetterOrDigit(text[start]) && text[start] < 128) start++;
            while (end > start + 1 && text[end - 1] is ' ') end--;
            if (Excepted(pattern.Entry.Section, text, start, end) || Excepted("*", text, start, end)) continue;
            yield return new(clause, pattern.Entry.Section, pattern.Entry.Weight, start, end - start, match);
        }
    }

    public bool AnyIn(Clause clause, string? section = null) => In(clause).Any(h => section is null || h.Section == section);

    bool Excepted(string section, string text, int start, int end) =>
        exceptions[section].Any(x => x.In(text) is { } m && m.Index < end && m.Index + m.Length > start);
}
