using System.Buffers;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>A vendor's name found in a clause.</summary>
/// <param name="IsPlatform">An everyday platform: a competitor only where the grammar says so.</param>
sealed record VendorHit(Clause Clause, int Start, int Length, bool IsPlatform);

/// <summary>The known vendors, one a line with spellings beside it: <c>name = spelling, spelling</c>.</summary>
sealed class VendorNames
{
    readonly Dictionary<string, bool> platforms = new(StringComparer.Ordinal);
    readonly SearchValues<string> search;

    public VendorNames(string path, IReadOnlyDictionary<char, char> simplified)
    {
        foreach (var entry in LexiconFile.Read(path))
        {
            foreach (var name in entry.Pattern.Split([',', '，', '='], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                var folded = FoldedText.Fold(name, simplified);
                if (folded.Length < 2) throw new LexiconException(entry.File, entry.Line, $"'{name}' is too short for a name");
                platforms[folded] = entry.Section == "platform";
            }
        }

        search = SearchValues.Create([.. platforms.Keys], StringComparison.Ordinal);
        Longest = platforms.Keys.Max(k => k.Length);
    }

    int Longest { get; }

    public IEnumerable<VendorHit> In(Clause clause)
    {
        var text = clause.Folded.Text;
        for (var i = 0; i < text.Length;)
        {
            var found = text.AsSpan(i).IndexOfAny(search);
            if (found < 0) yield break;
            i += found;
            var length = LongestAt(text, i);
            if (length > 0) yield return new(clause, i, length, platforms[text.Substring(i, length)]);
            i += Math.Max(1, length);
        }
    }

    int LongestAt(string text, int start)
    {
        for (var length = Math.Min(Longest, text.Length - start); length >= 2; length--)
        {
            if (!platforms.ContainsKey(text.Substring(start, length))) continue;
            var cut = (start > 0 && Joined(text[start - 1], text[start])) || (start + length < text.Length && Joined(text[start + length - 1], text[start + length]));
            if (!cut) return length;
        }

        return 0;
    }

    static bool Joined(char a, char b) => char.IsAsciiLetter(a) && char.IsAsciiLetter(b);
}
