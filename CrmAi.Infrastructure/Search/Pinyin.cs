using System.Collections.Frozen;
using System.Reflection;
using System.Text;

namespace CrmAi.Infrastructure.Search;

/// <summary>Mandarin readings of Chinese text, without tones.</summary>
internal static class Pinyin
{
    private static readonly FrozenDictionary<char, string> Readings = Load("pinyin.txt")
        .SelectMany(line => line.Text.Select(c => (c, line.Reading))).DistinctBy(p => p.c).ToFrozenDictionary(p => p.c, p => p.Reading);

    private static readonly FrozenDictionary<string, string> Surnames = Load("surnames.txt").ToFrozenDictionary(line => line.Text, line => line.Reading);

    private static readonly ILookup<char, string> Several = Load("readings.txt").SelectMany(line => line.Text.Select(c => (c, line.Reading))).ToLookup(p => p.c, p => p.Reading);

    /// <summary>The ways in which a name may be read: the usual one first, then those with other readings of characters that have several, eight at most.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Names(string folded)
    {
        const int most = 8;
        var usual = Syllables(folded, isName: true);
        List<IReadOnlyList<string>> all = [usual];
        // Only where every syllable is one character can the two be matched.
        if (usual.Count != folded.Length) return all;
        for (var i = 0; i < folded.Length; i++)
        {
            foreach (var other in Several[folded[i]].Where(r => r != usual[i]))
                all.AddRange([.. all.Take(most - all.Count).Select(read => (IReadOnlyList<string>)[.. read.Take(i), other, .. read.Skip(i + 1)])]);
        }
        return all;
    }

    /// <summary>The syllables of the Chinese characters; other letters and digits are kept in runs. "张三 ABC" gives zhang, san, abc.</summary>
    /// <param name="isName">The text begins with a surname, some of which are read in their own way.</param>
    public static IReadOnlyList<string> Syllables(string folded, bool isName)
    {
        var syllables = new List<string>();
        var run = new StringBuilder();
        var i = 0;
        if (isName)
        {
            foreach (var length in (int[])[2, 1])
            {
                if (folded.Length > length && Surnames.TryGetValue(folded[..length], out var reading))
                {
                    syllables.AddRange(reading.Split('\''));
                    i = length;
                    break;
                }
            }
        }
        for (; i < folded.Length; i++)
        {
            if (Readings.TryGetValue(folded[i], out var reading)) { Flush(); syllables.Add(reading); }
            else if (char.IsLetterOrDigit(folded[i])) run.Append(folded[i]);
            else Flush();
        }
        Flush();
        return syllables;

        void Flush()
        {
            if (run.Length > 0) syllables.Add(run.ToString());
            run.Clear();
        }
    }

    public static bool HasReading(string folded) => folded.Any(Readings.ContainsKey);

    /// <summary>All readings of one character that are known here; none for another than a Chinese one.</summary>
    /// <param name="isFirst">It may be a surname.</param>
    public static IEnumerable<string> Of(char folded, bool isFirst)
    {
        if (!Readings.TryGetValue(folded, out var usual)) return [];
        var others = Several[folded];
        return isFirst && Surnames.TryGetValue(folded.ToString(), out var surname) ? others.Prepend(usual).Prepend(surname) : others.Prepend(usual);
    }

    private static IEnumerable<(string Reading, string Text)> Load(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"CrmAi.Infrastructure.Search.{name}")!);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            yield return (line[..space], line[(space + 1)..]);
        }
    }
}
