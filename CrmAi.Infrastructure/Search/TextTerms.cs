using System.Collections.Frozen;
using CrmAi.Domain.Search;

namespace CrmAi.Infrastructure.Search;

/// <summary>What a search must find in what was said: a term as it is, or all that begin so.</summary>
internal readonly record struct AskedTerm(string Text, bool IsBeginning);

/// <summary>
/// Breaks what was said into terms: each pair of neighbouring Chinese characters, the last of each run of them, and the beginnings of other words. Pairs that stand in nearly every
/// text are left out; a text has so many terms and no more.
/// </summary>
internal static class TextTerms
{
    /// <summary>Of the text only so many characters count, and of its terms so many.</summary>
    public const int MaxText = 4_000, MaxTerms = 200;

    private static readonly FrozenSet<char> Particles = "的了吗呢吧啊嘛哦嗯呀".ToFrozenSet();
    private static readonly FrozenSet<char> Common = "我你您他她它们这那在是有不也都就还要会可以个一上下来去到说和跟与或给把被让没很再又但而从向对后前里得过".ToFrozenSet();
    private static readonly FrozenSet<string> Kept = ((string[])["了解", "目的", "的确", "不得", "不对", "不过", "不要", "没有", "对方"]).ToFrozenSet();

    public static IReadOnlyCollection<string> Of(string? subject, string content, string? transcript)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in (string?[])[subject, content, transcript])
        {
            if (string.IsNullOrEmpty(text)) continue;
            foreach (var run in Runs(FoldedText.Of(SearchTerms.Cut(text, MaxText)).Text))
            {
                if (!IsHan(run[0])) terms.Add(SearchTerms.Cut(run, InteractionSearchTerm.MaxLength));
                else
                {
                    for (var i = 0; i + 1 < run.Length; i++) if (Tells(run[i], run[i + 1])) terms.Add(run.Substring(i, 2));
                    if (!Particles.Contains(run[^1])) terms.Add(run[^1..]);
                }
                if (terms.Count >= MaxTerms) return terms;
            }
        }
        return terms;
    }

    /// <summary>None where the words stand in nearly every text.</summary>
    /// <param name="words">Folded.</param>
    public static IReadOnlyList<AskedTerm> Asked(IEnumerable<string> words)
    {
        var asked = new List<AskedTerm>();
        foreach (var run in words.SelectMany(Runs))
        {
            if (!IsHan(run[0])) asked.Add(new(SearchTerms.Cut(run, InteractionSearchTerm.MaxLength), run.Length < InteractionSearchTerm.MaxLength));
            else if (run.Length == 1) asked.Add(new(run, true));
            else for (var i = 0; i + 1 < run.Length; i++) if (Tells(run[i], run[i + 1])) asked.Add(new(run.Substring(i, 2), false));
        }
        return asked;
    }

    private static bool Tells(char first, char second) =>
        Kept.Contains(string.Concat(first, second)) || (!Particles.Contains(first) && !Particles.Contains(second) && !(Common.Contains(first) && Common.Contains(second)));

    // Runs of Chinese characters, and runs of other letters and digits.
    private static IEnumerable<string> Runs(string folded)
    {
        for (var i = 0; i < folded.Length;)
        {
            if (!IsWord(folded[i])) { i++; continue; }
            var start = i;
            var han = IsHan(folded[i]);
            while (i < folded.Length && IsWord(folded[i]) && IsHan(folded[i]) == han) i++;
            yield return folded[start..i];
        }
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c);

    private static bool IsHan(char c) => c is (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF');
}
