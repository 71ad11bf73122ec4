using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Search;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Search;

/// <summary>
/// Finds words that differ from a typed one by a slip: two words are alike where what is left of their beginnings is the same once letters are left out of both
/// (symmetric deletion, W. Garbe 2012); what is found so is compared letter by letter.
/// </summary>
internal static class SimilarWords
{
    private const int Shortest = 4, Longer = 8, Compared = 1_000, Best = 4;

    /// <summary>How many slips of so long a word are forgiven.</summary>
    public static int Slips(string word) => word.Length >= Longer ? 2 : word.Length >= Shortest ? 1 : 0;

    /// <summary>The words by which a person is found: the whole reading of the name, its parts, and Latin words.</summary>
    public static IEnumerable<string> Of(Contact contact) => Words(contact.Name, isName: true).Concat(Words(contact.EnglishName, isName: false));

    public static IEnumerable<string> Of(Account account) => Words(account.Name, isName: false).Concat(Words(account.ShortName, isName: false));

    /// <summary>What a word is kept under.</summary>
    public static IEnumerable<SimilarTerm> Rows(string word) => Keys(word, word.Length >= Longer - 2 ? 2 : 1).Select(key => new SimilarTerm { Key = key, Word = word });

    /// <summary>The few nearest words, the nearest first.</summary>
    public static async Task<IReadOnlyList<string>> NearAsync(AppDbContext db, string typed, CancellationToken ct)
    {
        var slips = Slips(typed);
        if (slips == 0 || typed.Length > SimilarTerm.MaxWord || !typed.All(char.IsAsciiLetterLower)) return [];
        var keys = Keys(typed, slips).ToList();
        var (shortest, longest) = (typed.Length - slips, typed.Length + slips);
        var words = await db.SimilarTerms.Where(t => keys.Contains(t.Key) && t.Word.Length >= shortest && t.Word.Length <= longest).Select(t => t.Word).Distinct().OrderBy(w => w).Take(Compared).ToListAsync(ct);
        return [.. words.Select(word => (word, Away: Distance(typed, word))).Where(w => w.Away > 0 && w.Away <= slips).OrderBy(w => w.Away).ThenBy(w => w.word[0] != typed[0]).ThenBy(w => w.word, StringComparer.Ordinal).Take(Best).Select(w => w.word)];
    }

    /// <summary>Letters left out, put in, changed, or two neighbours changed about.</summary>
    public static int Distance(string a, string b)
    {
        var (before, last, row) = (new int[b.Length + 1], Enumerable.Range(0, b.Length + 1).ToArray(), new int[b.Length + 1]);
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, last, row) = (last, row, before);
        }
        return last[b.Length];
    }

    private static HashSet<string> Keys(string word, int slips)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal) { SearchTerms.Cut(word, SimilarTerm.MaxKey) };
        for (var i = 0; i < slips; i++) keys.UnionWith(keys.ToList().SelectMany(k => Enumerable.Range(0, k.Length).Select(at => k.Remove(at, 1))));
        keys.RemoveWhere(k => k.Length < 2);
        return keys;
    }

    private static IEnumerable<string> Words(string? text, bool isName)
    {
        var folded = ContactKeys.Fold(text);
        if (folded.Length == 0) yield break;
        foreach (var word in folded.Split((char[])[' ', '.', '-', '\'', '&', ',', '(', ')'], StringSplitOptions.RemoveEmptyEntries).Where(IsKept)) yield return word;
        if (!Pinyin.HasReading(folded)) yield break;
        var syllables = Pinyin.Syllables(folded, isName);
        foreach (var word in ((string[])[string.Concat(syllables), syllables[0], string.Concat(syllables.Skip(1))]).Where(IsKept)) yield return word;
    }

    private static bool IsKept(string word) => word.Length is >= Shortest and <= SimilarTerm.MaxWord && word.All(char.IsAsciiLetterLower);
}
