using System.Text.RegularExpressions;
using CrmAi.Domain.BusinessCards;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>Finds companies by how their names end, or by the domain that bears their name, and titles by their words.</summary>
internal static partial class CardCompanies
{
    public static void Find(CardDraft draft)
    {
        foreach (var part in draft.Free.Where(p => p.Label is null && IsCompany(p.Text)).OrderByDescending(p => p.Run.Size).ToList())
        {
            var kind = part.IsHan || draft.IsEnglish ? CardFieldKind.Company : CardFieldKind.CompanyEn;
            if (draft[kind] is not null && kind == CardFieldKind.CompanyEn) continue;
            var value = Cleaned(part.Text);
            part.IsTaken = true;
            draft.Add(kind, value, part.Sureness, value == part.Text ? CardFieldOrigin.Grammar : CardFieldOrigin.Repaired, part, part.Readings.Select(Cleaned));
        }
        if (draft[CardFieldKind.Company] is null) ByDomain(draft);
    }

    public static void Titles(CardDraft draft)
    {
        foreach (var part in draft.Free.Where(p => p.Label is null && IsTitle(p.Text)).OrderByDescending(p => p.Confidence).ToList())
        {
            var kind = part.IsHan || draft.IsEnglish ? CardFieldKind.Title : CardFieldKind.TitleEn;
            part.IsTaken = true;
            draft.Add(kind, part.IsHan ? Joined(part.Text) : part.Text, part.Sureness, CardFieldOrigin.Grammar, part, part.Readings.Select(r => part.IsHan ? Joined(r) : r));
        }
    }

    public static bool IsCompany(string text)
    {
        var plain = Joined(text);
        if (plain.Any(PrintedCharacter.IsHan))
        {
            var core = Brackets().Replace(Suffix().Replace(plain, "有限公司"), "");
            var end = CardWords.ChineseCompanies.FirstOrDefault(e => core.EndsWith(e, StringComparison.Ordinal) || plain.EndsWith(e, StringComparison.Ordinal));
            return end is not null && core.Length >= end.Length + 2 && !core.Any(char.IsAsciiDigit);
        }
        var lower = text.ToLowerInvariant().TrimEnd('.', ',', ' ');
        if (!text.Any(char.IsAsciiLetterUpper) || text.Count(char.IsAsciiDigit) > 3) return false;
        return CardWords.EnglishCompanies.Any(e => Ends(lower, e.TrimEnd('.'))) || OfWhere().IsMatch(lower);
    }

    public static bool IsTitle(string text)
    {
        var plain = Joined(text);
        if (plain.Any(PrintedCharacter.IsHan)) return plain.Length <= 16 && plain.Count(char.IsAsciiDigit) == 0 && CardWords.ChineseTitles.Any(t => plain.EndsWith(t, StringComparison.Ordinal) || (t.Length > 2 && plain.Contains(t, StringComparison.Ordinal) && plain.Length <= t.Length + 8));
        return text.Length <= 60 && text.Count(char.IsAsciiDigit) == 0 && CardWords.WordsOf(text).Any(CardWords.EnglishTitles.Contains);
    }

    /// <summary>Without blanks that separate nothing: Chinese print has none.</summary>
    public static string Joined(string text) => HanBlanks().Replace(text, "");

    private static void ByDomain(CardDraft draft)
    {
        var hosts = new[] { draft[CardFieldKind.Website], draft[CardFieldKind.Email]?.Split('@')[^1] }.OfType<string>().Select(h => CardNets.Core(h.Split('/')[0])).Where(c => c.Length >= 4).ToList();
        foreach (var core in hosts)
        {
            var part = draft.Free.Where(p => p.Label is null && !IsTitle(p.Text)).FirstOrDefault(p => Letters(p.Text) is { Length: >= 4 } letters && (letters.StartsWith(core.Replace("-", "", StringComparison.Ordinal), StringComparison.Ordinal) || core.Replace("-", "", StringComparison.Ordinal) == letters));
            if (part is null) continue;
            part.IsTaken = true;
            draft.Add(CardFieldKind.Company, part.Text, 0.7 * part.Confidence, CardFieldOrigin.Layout, part);
            return;
        }
    }

    private static string Letters(string text) => string.Concat(text.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));

    private static bool Ends(string lower, string end) => lower.EndsWith(end, StringComparison.Ordinal) && (lower.Length > end.Length && lower[^(end.Length + 1)] is ' ' or ',' or '(' or ')');

    // What stands in the place of 司 after 有限公 can be nothing else.
    private static string Cleaned(string text) => text.Any(PrintedCharacter.IsHan) ? Suffix().Replace(Joined(text), "有限公司") : text.Trim();

    [GeneratedRegex(@"(?<=[\u4e00-\u9fff()（）])\s+(?=[\u4e00-\u9fff()（）])")]
    private static partial Regex HanBlanks();

    [GeneratedRegex(@"有限公[\u4e00-\u9fff]?$|有限[\u4e00-\u9fff]司$|[\u4e00-\u9fff]限公司$")]
    private static partial Regex Suffix();

    [GeneratedRegex(@"[(（][\u4e00-\u9fff]{2,6}[)）]$")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"(?:co\.?,?\s*|\()ltd\.?\)?$|\b(?:company|group|corporation|bank|university)\b.*\b(?:of|china|limited|ltd)\b", RegexOptions.IgnoreCase)]
    private static partial Regex OfWhere();
}
