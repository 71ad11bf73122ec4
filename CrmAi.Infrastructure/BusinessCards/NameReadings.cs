using CrmAi.Infrastructure.Search;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>Compares a Chinese name with how it is written in letters elsewhere on the card.</summary>
internal static class NameReadings
{
    /// <summary>1 where surname and given name agree ("Wei Zhang", "zhangwei"), 0.7 for surname and initials ("w.zhang"), 0.4 for one of them, 0 for neither.</summary>
    /// <param name="letters">An English name, or an e-mail's part before the @.</param>
    public static double Agreement(string name, string letters)
    {
        var plain = string.Concat(letters.ToLowerInvariant().Where(char.IsAsciiLetter));
        if (plain.Length < 2 || name.Length < 2) return 0;
        var best = 0d;
        foreach (var syllables in Pinyin.Names(name))
        {
            if (syllables.Count != name.Length) continue;
            var family = name.Length > 2 && CardWords.Surnames.Contains(name[..2]) ? 2 : 1;
            var (surname, given, initials) = (string.Concat(syllables.Take(family)), string.Concat(syllables.Skip(family)), string.Concat(syllables.Skip(family).Select(s => s[0])));
            if (plain == surname + given || plain == given + surname) return 1;
            if (plain == surname + initials || plain == initials + surname || plain == initials[..1] + surname || plain == surname + initials[..1]) best = Math.Max(best, 0.7);
            else if (plain == given || plain == surname || (plain.Length > surname.Length + 2 && (Words(letters).Contains(surname)))) best = Math.Max(best, 0.4);
        }
        return best;
    }

    private static string[] Words(string letters) => letters.ToLowerInvariant().Split([' ', '.', '-', '_', ','], StringSplitOptions.RemoveEmptyEntries);
}
