using System.Text.RegularExpressions;
using CrmAi.Domain.BusinessCards;
using CrmAi.Infrastructure.Search;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>Finds companies by how their names end, or by the domain that bears their name, and titles by their words.</summary>
internal static partial class CardCompanies
{
    public static void Find(CardDraft draft)
    {
        var hosts = Hosts(draft);
        foreach (var parts in Joins(draft, IsCompanyTogether).OrderByDescending(p => p[0].Run.Size).ToList())
        {
            if (parts.Any(p => p.IsTaken)) continue;
            var kind = parts[0].IsHan || draft.IsEnglish ? CardFieldKind.Company : CardFieldKind.CompanyEn;
            if (draft[kind] is not null && kind == CardFieldKind.CompanyEn) continue;
            var read = Together(parts);
            var value = Cleaned(parts[0].IsHan ? BySound(parts, hosts) : parts.Count == 1 ? ByName(parts[0], draft, hosts) : read);
            parts.ForEach(p => p.IsTaken = true);
            draft.Add(kind, value, parts.Min(p => p.Sureness) * (value == read ? 1 : 0.9), value == read ? CardFieldOrigin.Grammar : CardFieldOrigin.Repaired, parts, parts.Count == 1 ? parts[0].Readings.Select(Cleaned) : null);
        }
        if (draft[CardFieldKind.Company] is null) ByDomain(draft, hosts);

        bool IsCompanyTogether(CardPart a, CardPart? b)
        {
            if (b is null) return IsCompany(a.Text);
            if (a.IsHan) return b.IsHan && !IsCompany(a.Text) && IsCompany(a.Text + b.Text) && !IsTitle(a.Text) && a.Han > 4;
            // The first line of an English one has no mark of its own but the domain's letters.
            return !b.IsHan && IsCompany($"{a.Text} {b.Text}") && !IsCompany(a.Text) && !IsTitle(a.Text) && hosts.Any(h => TextDistance.Shared(h, Letters(a.Text)) >= Math.Min(4, Letters(a.Text).Length));
        }
    }

    public static void Titles(CardDraft draft)
    {
        foreach (var parts in Joins(draft, (a, b) => b is null ? IsTitle(a.Text) : IsTitleTogether(draft, a, b)).OrderByDescending(p => p.Count).ThenByDescending(p => p[0].Confidence).ToList())
        {
            if (parts.Any(p => p.IsTaken)) continue;
            var kind = parts[0].IsHan || draft.IsEnglish ? CardFieldKind.Title : CardFieldKind.TitleEn;
            parts.ForEach(p => p.IsTaken = true);
            draft.Add(kind, Together(parts), parts.Min(p => p.Sureness), CardFieldOrigin.Grammar, parts, parts.Count == 1 ? parts[0].Readings.Select(r => parts[0].IsHan ? Joined(r) : r) : null);
        }
    }

    /// <summary>Parts alone, and with the line below where the two together are what is looked for.</summary>
    private static IEnumerable<List<CardPart>> Joins(CardDraft draft, Func<CardPart, CardPart?, bool> fits)
    {
        var free = draft.Free.Where(p => p.Label is null).ToList();
        var seconds = new HashSet<CardPart>();
        foreach (var part in free)
        {
            // A line's last part goes on at the beginning of the next line.
            var first = draft.Parts.First(p => p.Run.Row == part.Run.Row);
            var next = draft.Parts.Last(p => p.Run.Row == part.Run.Row) != part ? null : free.FirstOrDefault(n => n.Run.Row != part.Run.Row && (part.GoesOnIn(n) || (first.GoesOnIn(n) && Math.Abs(n.Run.Size - part.Run.Size) < 0.4 * n.Run.Size)) && fits(part, n));
            if (next is null || !seconds.Add(next)) continue;
            yield return [part, next];
        }
        foreach (var part in free.Where(p => !seconds.Contains(p) && fits(p, null))) yield return [part];
    }

    private static string Together(List<CardPart> parts) => parts[0].IsHan ? Joined(string.Concat(parts.Select(p => p.Text.Split(" /")[0]))) : string.Join(' ', parts.Select(p => p.Text));

    private static bool IsTitleTogether(CardDraft draft, CardPart a, CardPart b)
    {
        if (a.IsHan || b.IsHan || IsTitle(a.Text) || !IsTitle(b.Text) || !IsTitleBegin(a.Text)) return false;
        // Beside a Chinese title, or of the very same type: what stands above a title is otherwise the name.
        return draft.Parts.Any(p => p.Run.Row == a.Run.Row && p != a && IsTitle(p.Text)) || (draft.IsEnglish && Math.Abs(a.Run.Size - b.Run.Size) < 0.2 * b.Run.Size && draft.Parts.Any(p => p != a && p.Run.Size > 1.25 * b.Run.Size && p.Run.Top < a.Run.Top));
    }

    private static bool IsTitleBegin(string text) => text.Length is > 1 and < 30 && !IsCompany(text) && text.All(c => char.IsAsciiLetter(c) || c is ' ' or '&' or ',' or '.' or '-');

    /// <summary>Where passes disagree on characters, those that sound as the domain is written.</summary>
    private static string BySound(List<CardPart> parts, List<string> hosts)
    {
        var characters = parts.SelectMany(p => p.Characters).Where(c => c.Value != ' ').ToList();
        var text = string.Concat(characters.Select(c => c.Value));
        int Alike(string name) => hosts.Select(h => TextDistance.Shared(h, string.Concat(Pinyin.Syllables(name, isName: false)))).DefaultIfEmpty(0).Max();
        for (var i = 0; i < characters.Count; i++)
        {
            foreach (var (other, _) in characters[i].Others.Where(o => PrintedCharacter.IsHan(o.Value)))
            {
                var changed = text[..i] + other + text[(i + 1)..];
                if (Alike(changed) >= Math.Max(4, Alike(text) + 2)) text = changed;
            }
        }
        return text;
    }

    /// <summary>Of the passes' readings of an English company the one that agrees best with the domain and the Chinese name's sound.</summary>
    private static string ByName(CardPart part, CardDraft draft, List<string> hosts)
    {
        var sounds = draft.Parts.Where(p => p.IsHan && p.Label is null && IsCompany(p.Text)).SelectMany(p => p.Readings).Select(r => string.Concat(Pinyin.Syllables(Joined(r), isName: false))).Concat(hosts).Distinct().ToList();
        int Alike(string name) => sounds.Select(s => TextDistance.Shared(Letters(name), s)).DefaultIfEmpty(0).Max();
        var own = Alike(part.Text);
        var best = part.Readings.Where(r => IsCompany(r) && TextDistance.Of(r, part.Text) <= 3).OrderByDescending(Alike).ThenBy(r => TextDistance.Of(r, part.Text)).FirstOrDefault();
        return best is not null && Alike(best) > Math.Max(3, own) ? best : part.Text;
    }

    private static List<string> Hosts(CardDraft draft) => [.. new[] { draft[CardFieldKind.Website], draft[CardFieldKind.Email]?.Split('@')[^1] }.OfType<string>()
        .Select(h => CardNets.Core(h.Split('/')[0]).Replace("-", "", StringComparison.Ordinal)).Where(c => c.Length >= 4).Distinct()];

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
        if (!text.Any(char.IsAsciiLetterUpper) || text.Count(char.IsAsciiDigit) > 3 || text.Count(char.IsAsciiLetter) < 6) return false;
        return CardWords.EnglishCompanies.Any(e => Ends(lower, e.TrimEnd('.'))) || OfWhere().IsMatch(lower);
    }

    public static bool IsTitle(string text)
    {
        var plain = Joined(text);
        if (plain.Any(PrintedCharacter.IsHan)) return plain.Length <= 16 && !plain.Any(char.IsAsciiDigit) && CardWords.ChineseTitles.Any(t => plain.EndsWith(t, StringComparison.Ordinal) || (t.Length > 2 && plain.Contains(t, StringComparison.Ordinal) && plain.Length <= t.Length + 8));
        return text.Length <= 60 && !text.Any(char.IsAsciiDigit) && CardWords.WordsOf(text).Any(CardWords.EnglishTitles.Contains);
    }

    /// <summary>Without blanks that separate nothing: Chinese print has none.</summary>
    public static string Joined(string text) => HanBlanks().Replace(text, "");

    private static void ByDomain(CardDraft draft, List<string> hosts)
    {
        foreach (var core in hosts)
        {
            var part = draft.Free.Where(p => p.Label is null && !IsTitle(p.Text)).FirstOrDefault(p => Letters(p.Text) is { Length: >= 4 } letters && letters.StartsWith(core, StringComparison.Ordinal));
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
