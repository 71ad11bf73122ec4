namespace CrmAi.Domain.Duplicates;

/// <summary>How two names go together, the closest last. Partial says nothing for or against: a surname with a title, initials, an English first name beside a Chinese one.</summary>
public enum NameRelation { Different, Partial, Close, Sound, Latin, Swapped, Same }

/// <summary>A name as it is compared: honorifics and brackets set aside, Chinese characters with their readings.</summary>
public sealed class NameForm
{
    private const int MaxReadings = 4;

    private static readonly string[] Doubles = ["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "司徒", "夏侯", "端木", "南宫"];
    private static readonly string[] Honorifics = ["先生", "女士", "小姐", "老师", "经理", "总监", "主任", "教授", "博士", "院长", "处长", "科长", "董事长", "总经理"];
    private static readonly string[] LatinTitles = ["mr", "mrs", "ms", "miss", "dr", "prof", "sir"];

    /// <summary>Simplified characters; empty for a name in letters.</summary>
    public string Han { get; private init; } = "";

    /// <summary>Words in letters, for a name without characters.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>Of the characters, syllable by syllable, the usual one first.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Readings { get; private init; } = [];

    /// <summary>Too little to tell people apart: "王总", "Kevin".</summary>
    public bool IsPartial { get; private init; }

    private int SurnameLength => Han.Length > 2 && Doubles.Contains(Han[..2]) ? 2 : 1;

    /// <param name="readings">Mandarin readings of Chinese text without tones, each as syllables.</param>
    public static NameForm? Of(string? text, Func<string, IReadOnlyList<IReadOnlyList<string>>> readings)
    {
        var folded = Characters.Fold(text);
        var bracket = folded.IndexOfAny(['(', '[', '【', '<', '/', '|']);
        if (bracket > 0) folded = folded[..bracket];
        var han = new string([.. folded.Where(Characters.IsHan)]);
        if (han.Length == 0)
        {
            string[] words = [.. folded.Replace("'", "", StringComparison.Ordinal).Split([' ', '-', '.', ',', '·', '_', '，', '、'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Any(char.IsLetterOrDigit)).Select(Vowels)];
            if (words.Length > 1 && LatinTitles.Contains(words[0])) words = words[1..];
            // An initial between two names says little.
            if (words.Count(w => w.Length > 1) > 1) words = [.. words.Where(w => w.Length > 1)];
            return words.Length == 0 ? null : new() { Words = words, IsPartial = words.Length == 1 && words[0].Length < 6 || words.All(w => w.Length == 1) };
        }
        if (Array.Find(Honorifics, h => han.Length > h.Length && han.EndsWith(h, StringComparison.Ordinal)) is { } title) han = han[..^title.Length];
        else if (han.Length == 2 && han[1] is '总' or '工' or '董' or '姐' or '哥') han = han[..1];
        return new() { Han = han, IsPartial = han.Length == 1, Readings = [.. readings(han).Where(r => r.Count > 0).Take(MaxReadings).Select(r => (IReadOnlyList<string>)[.. r.Select(Vowels)])] };
    }

    /// <summary>Letters of the name in their alphabet's order: the same for 张三, Zhang San and San Zhang. None for a partial name.</summary>
    public IEnumerable<string> Letters => IsPartial ? [] : (Han.Length > 0 ? Readings.Select(r => string.Concat(r)) : [string.Concat(Words)]).Select(l => string.Concat(l.Order())).Distinct();

    /// <summary>Parts that are right still where another is mistyped.</summary>
    public IEnumerable<string> Parts => Han.Length > 0 ? Readings.Take(1).SelectMany(r => r) : Words;

    public static NameRelation Between(NameForm a, NameForm b) => (a.Han.Length > 0, b.Han.Length > 0) switch
    {
        (true, true) => HanBoth(a, b),
        (true, false) => HanAndLatin(a, b),
        (false, true) => HanAndLatin(b, a),
        _ => LatinBoth(a.Words, b.Words),
    };

    private static NameRelation HanBoth(NameForm a, NameForm b)
    {
        if (a.Han == b.Han) return a.IsPartial ? NameRelation.Partial : NameRelation.Same;
        if (a.IsPartial || b.IsPartial) return a.Han.Contains(b.Han[0]) || b.Han.Contains(a.Han[0]) ? NameRelation.Partial : NameRelation.Different;
        if (a.Han.Length == b.Han.Length && (IsTurned(a.Han, b.Han, a.SurnameLength) || IsTurned(b.Han, a.Han, b.SurnameLength))) return NameRelation.Swapped;
        if (a.Readings.Any(x => b.Readings.Any(y => x.SequenceEqual(y)))) return NameRelation.Sound;
        if (a.Han.Length > 2 && b.Han.Length > 2 && TextChanges.Between(a.Han, b.Han, 1) == 1) return NameRelation.Close;
        return NameRelation.Different;
    }

    private static bool IsTurned(string name, string other, int surname) => name[surname..] + name[..surname] == other;

    private static NameRelation HanAndLatin(NameForm han, NameForm latin)
    {
        var best = NameRelation.Different;
        var joined = string.Concat(latin.Words);
        foreach (var reading in han.Readings)
        {
            var (surname, given) = (string.Concat(reading.Take(han.SurnameLength)), string.Concat(reading.Skip(han.SurnameLength)));
            if (reading.Count > 1 && Enumerable.Range(0, reading.Count).Any(turn => joined == string.Concat(reading.Skip(turn)) + string.Concat(reading.Take(turn)))) return NameRelation.Latin;
            if (joined.Length > 6 && given.Length > 0 && Math.Min(TextChanges.Between(joined, surname + given, 1), TextChanges.Between(joined, given + surname, 1)) == 1) best = Max(best, NameRelation.Close);
            if (latin.Words.Contains(surname) || latin.Words.Contains(given) || joined == string.Concat(reading.Select(s => s[..1]))) best = Max(best, NameRelation.Partial);
        }
        return best;
    }

    private static NameRelation LatinBoth(IReadOnlyList<string> a, IReadOnlyList<string> b)
    {
        var (x, y) = (string.Concat(a), string.Concat(b));
        if (x == y) return a.Count == 1 && x.Length < 6 ? NameRelation.Partial : NameRelation.Same;
        if (a.Count > 1 && b.Count > 1 && a.Count == b.Count && a.Order(StringComparer.Ordinal).SequenceEqual(b.Order(StringComparer.Ordinal))) return NameRelation.Swapped;
        if (a.Count > 1 && b.Count > 1 && (string.Concat(a.Skip(1)) + a[0] == y || string.Concat(b.Skip(1)) + b[0] == x)) return NameRelation.Swapped;
        if (a.Count == b.Count && a.Count > 1)
        {
            var differing = a.Zip(b).Where(p => p.First != p.Second).ToList();
            if (differing is [var one] && Math.Min(one.First.Length, one.Second.Length) > 3 && TextChanges.Between(one.First, one.Second, 1) == 1) return NameRelation.Close;
            if (differing.TrueForAll(p => (p.First.Length == 1 || p.Second.Length == 1) && p.First[0] == p.Second[0])) return NameRelation.Partial;
        }
        if ((a.Count == 1 && b.Contains(a[0])) || (b.Count == 1 && a.Contains(b[0]))) return NameRelation.Partial;
        // A name between the first and the last.
        if (a.Count > 1 && b.Count > 1 && a[0] == b[0] && a[^1] == b[^1]) return NameRelation.Close;
        return NameRelation.Different;
    }

    private static NameRelation Max(NameRelation a, NameRelation b) => a > b ? a : b;

    // 吕 is typed as lv, lü and lu.
    private static string Vowels(string word) => word is ['l' or 'n', 'v', ..] ? word[..1] + "u" + word[2..] : word;
}
