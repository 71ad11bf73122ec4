using System.Text.RegularExpressions;
using CrmAi.Domain.BusinessCards;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>
/// Finds whose card it is: what begins with a family name, in the biggest type, near the title. Where passes disagree on a character, the one
/// wins that sounds as the English name or the e-mail address says.
/// </summary>
internal static partial class CardNames
{
    private const int Others = 3;
    private const double Least = 0.06;

    private sealed record Candidate(string Name, double Sure, double Agreement, bool HasSurname, CardPart Part, bool IsVoted)
    {
        public double Weight => Sure * (1 + (2 * Agreement)) * (HasSurname ? 1 : 0.15);
    }

    public static void Find(CardDraft draft)
    {
        if (draft.IsEnglish) English(draft);
        else
        {
            Chinese(draft);
            Counterpart(draft);
        }
    }

    private static void Chinese(CardDraft draft)
    {
        var letters = Letters(draft).ToList();
        var biggest = draft.Free.Where(p => p.Han >= 1).Select(p => p.Run.Size).DefaultIfEmpty(1).Max();
        var titles = draft.Fields.Where(f => f.Kind == CardFieldKind.Title).Select(f => f.Raw).ToHashSet();
        var candidates = draft.Free.Where(p => p.Label is null).SelectMany(p => Candidates(p, letters)).Select(c => (Candidate: c, Score: c.Weight * Size(c.Part.Run.Size / biggest) * (IsNearTitle(draft, c.Part, titles) ? 1.3 : 1))).OrderByDescending(c => c.Score).ToList();
        if (candidates.Count == 0 || candidates[0].Score < Least) return;
        var best = candidates[0].Candidate;
        best.Part.IsTaken = true;
        var rivals = candidates.Where(c => c.Candidate.Part == best.Part && c.Candidate.Name != best.Name).ToList();
        var sure = best.Agreement >= 0.7 ? 0.6 + (0.4 * best.Sure) : best.Sure * (best.HasSurname ? 1 : 0.5);
        // Letters that tell another name than the print does: one of them was misread.
        if (best.Agreement == 0 && letters.Count > 0) sure *= 0.85;
        draft.Add(CardFieldKind.Name, best.Name, sure, best.IsVoted ? CardFieldOrigin.Layout : CardFieldOrigin.Repaired, best.Part, rivals.Select(r => r.Candidate.Name));
        var rest = Rest(best.Part, best.Name);
        if (rest.Length > 0 && draft[CardFieldKind.Title] is null && CardCompanies.IsTitle(rest)) draft.Add(CardFieldKind.Title, rest, best.Part.Confidence, CardFieldOrigin.Grammar, best.Part);
    }

    /// <summary>How the name may be written in letters: the e-mail's own part, and Latin print that looks like a name.</summary>
    private static IEnumerable<string> Letters(CardDraft draft) =>
        draft.Fields.Where(f => f.Kind == CardFieldKind.Email).Select(f => f.Value.Split('@')[0]).Concat(draft.Free.Where(p => p.Label is null && !p.IsHan && EnglishName().IsMatch(p.Text)).Select(p => p.Text));

    private static IEnumerable<Candidate> Candidates(CardPart part, List<string> letters)
    {
        if (part.Han is < 1 || part.Latin > 0 || part.Text.Any(char.IsAsciiDigit) || CardCompanies.IsTitle(part.Text) || CardPostal.Score(part) >= 2.5) yield break;
        var print = part.Characters.Where(c => PrintedCharacter.IsHan(c.Value)).ToList();
        var length = print.Count;
        // 张伟总经理 in one run: the name is what stands before a title.
        if (length > 4)
        {
            length = Enumerable.Range(2, 3).FirstOrDefault(n => n < print.Count && CardWords.Surnames.Contains(part.Text[..1]) && CardCompanies.IsTitle(string.Concat(print.Skip(n).Select(c => c.Value))));
            if (length == 0) yield break;
        }
        if (length < 2) yield break;
        IEnumerable<(string Text, double Sure, bool IsVoted)> names = [("", 1, true)];
        foreach (var c in print.Take(length))
        {
            var options = c.Others.Where(o => PrintedCharacter.IsHan(o.Value) && o.Confidence > 0.05).Take(Others).Prepend((c.Value, c.Confidence)).ToList();
            names = [.. names.SelectMany(n => options.Select((o, i) => (n.Text + o.Item1, n.Sure * o.Item2, n.IsVoted && i == 0)))];
        }
        foreach (var (text, product, isVoted) in names)
        {
            var compound = text.Length > 2 && CardWords.Surnames.Contains(text[..2]);
            var single = CardWords.Surnames.Contains(text[..1]);
            var hasSurname = compound || (single && text.Length <= 3);
            yield return new(text, Math.Pow(product, 1d / length), letters.Select(l => NameReadings.Agreement(text, l)).DefaultIfEmpty(0).Max(), hasSurname, part, isVoted);
        }
    }

    private static string Rest(CardPart part, string name)
    {
        var text = CardCompanies.Joined(part.Text).Replace(" ", "", StringComparison.Ordinal);
        return text.Length > name.Length + 1 ? text[name.Length..] : "";
    }

    private static double Size(double share) => share * share;

    private static bool IsNearTitle(CardDraft draft, CardPart part, HashSet<string> titles) =>
        draft.Parts.Any(p => p.IsTaken && titles.Contains(p.Text) && Math.Abs(p.Middle - part.Middle) < 2.5 * part.Run.Size && p.Left < part.Right + (4 * part.Run.Size) && p.Right > part.Left - (4 * part.Run.Size));

    /// <summary>The English name of a Chinese one: it sounds alike, or stands on the same row and shares the family name's place.</summary>
    private static void Counterpart(CardDraft draft)
    {
        if (draft[CardFieldKind.Name] is not { } name) return;
        var row = draft.Parts.FirstOrDefault(p => p.IsTaken && CardCompanies.Joined(p.Text).Contains(name, StringComparison.Ordinal))?.Run.Row;
        var best = Latin(draft).Select(c => (c.Text, c.Parts, Weight: NameReadings.Agreement(name, c.Text) + (c.Parts[0].Run.Row == row ? 0.5 : 0))).Where(c => c.Weight >= 0.4).OrderByDescending(c => c.Weight).FirstOrDefault();
        if (best.Parts is null) return;
        best.Parts.ForEach(p => p.IsTaken = true);
        var (sure, alike) = (best.Parts.Min(p => p.Sureness), NameReadings.Agreement(name, best.Text) >= 1);
        draft.Add(CardFieldKind.NameEn, best.Text, alike ? Math.Max(0.9, sure) : 0.8 * sure, CardFieldOrigin.Layout, best.Parts, best.Parts.Count == 1 ? best.Parts[0].Readings : null);
    }

    private static void English(CardDraft draft)
    {
        var local = draft[CardFieldKind.Email]?.Split('@')[0] ?? "";
        var best = Latin(draft).Select(c => (c.Text, c.Parts, Weight: c.Parts[0].Run.Size * (Shares(c.Text, local) ? 2 : 1) * (c.Parts.Count > 1 ? 1.1 : 1))).OrderByDescending(c => c.Weight).FirstOrDefault();
        if (best.Parts is null) return;
        best.Parts.ForEach(p => p.IsTaken = true);
        var sure = best.Parts.Min(p => p.Sureness);
        draft.Add(CardFieldKind.Name, best.Text, Shares(best.Text, local) ? Math.Max(0.85, sure) : 0.9 * sure, CardFieldOrigin.Layout, best.Parts, best.Parts.Count == 1 ? best.Parts[0].Readings : null);
    }

    /// <summary>Print that looks like a name in letters, also one word above another.</summary>
    private static IEnumerable<(string Text, List<CardPart> Parts)> Latin(CardDraft draft)
    {
        var words = draft.Free.Where(p => p.Label is null && !p.IsHan && EnglishName().IsMatch(p.Text) && !IsWord(p.Text)).ToList();
        foreach (var part in words)
        {
            yield return (part.Text, [part]);
            if (part.Text.Contains(' ', StringComparison.Ordinal)) continue;
            var first = draft.Parts.First(p => p.Run.Row == part.Run.Row);
            foreach (var next in words.Where(n => n != part && n.Run.Row != part.Run.Row && !n.Text.Contains(' ', StringComparison.Ordinal) && n.Run.Size < 1.4 * part.Run.Size && n.Run.Size > 0.6 * part.Run.Size && (part.GoesOnIn(n) || (first != part && n.Run.Top > first.Middle && n.Run.Top - first.Run.Bottom < 1.2 * first.Run.Size && Math.Abs(n.Left - first.Left) < n.Run.Size))))
                yield return ($"{part.Text} {next.Text}", [part, next]);
        }
    }

    private static bool Shares(string name, string local) => local.Length >= 3 && name.ToLowerInvariant().Split([' ', '\'', '.', '-']).Any(w => w.Length >= 3 && local.Contains(w, StringComparison.Ordinal));

    private static bool IsWord(string text) => CardWords.WordsOf(text).Any(w => CardWords.EnglishTitles.Contains(w) || CardWords.EnglishAddresses.Contains(w) || CardWords.Places.Contains(w));

    // One to four words with capitals: Wei Zhang, ZHANG Wei, Jean-Luc O'Neill, Anna M. Berg, Ludwig van Dam.
    [GeneratedRegex(@"^\p{Lu}[\p{L}'.-]*(?:,?\s(?:\p{Lu}[\p{L}'.-]*|van|von|de|der|den|da|di|du|la|bin|al)){0,4}$")]
    private static partial Regex EnglishName();
}
