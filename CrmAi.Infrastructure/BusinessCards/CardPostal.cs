using System.Text.RegularExpressions;
using CrmAi.Domain.BusinessCards;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>Finds postal addresses, Chinese ones by the units that they are made of, others by their words, and puts their lines together.</summary>
internal static partial class CardPostal
{
    private const int MostLines = 4;

    public static void Find(CardDraft draft)
    {
        var starts = draft.Free.Where(p => p.Label == CardLabel.Address && p.Text.Length >= 4)
            .Concat(draft.Free.Where(p => p.Label is null && IsAddress(p)).OrderByDescending(Score));
        foreach (var start in starts.ToList())
        {
            if (start.IsTaken) continue;
            var kind = start.IsHan || draft.IsEnglish ? CardFieldKind.Address : CardFieldKind.AddressEn;
            List<CardPart> lines = [start];
            start.IsTaken = true;
            while (lines.Count < MostLines && (draft.Free.Where(p => Continues(lines, p)).MinBy(p => p.Run.Top) ?? TopOfNextColumn(draft, lines)) is { } next)
            {
                next.IsTaken = true;
                lines.Add(next);
            }
            while (lines.Count < MostLines && start.Label is null && draft.Free.Where(p => Precedes(p, lines[0])).MaxBy(p => p.Run.Top) is { } before)
            {
                before.IsTaken = true;
                lines.Insert(0, before);
            }
            // Beside one that was labelled or stronger, a weak one of the same kind is a slogan.
            if (draft[kind] is not null && start.Label is null && lines.Sum(Score) < 4) continue;
            var value = start.IsHan ? Joined(string.Concat(lines.Select(l => l.Text))) : string.Join(' ', lines.Select(l => l.Text.TrimEnd() + (NeedsComma(l, lines) ? "," : "")));
            var sure = (lines.Average(l => l.Confidence) + lines.Min(l => l.Sureness)) / 2;
            draft.Add(kind, value, sure, start.Label is null ? CardFieldOrigin.Grammar : CardFieldOrigin.Label, lines, lines.Count == 1 ? start.Readings.Select(r => start.IsHan ? Joined(r) : r) : null);
        }
    }

    /// <summary>How many things of an address it holds.</summary>
    public static double Score(CardPart part)
    {
        if (part.IsHan) return Units().Count(CardCompanies.Joined(part.Text)) + (part.Text.Any(char.IsAsciiDigit) ? 0.5 : 0);
        var lower = part.Text.ToLowerInvariant();
        var score = CardWords.WordsOf(part.Text).Count(CardWords.EnglishAddresses.Contains) + CardWords.Places.Count(p => Regex.IsMatch(lower, $@"(?<![a-z]){Regex.Escape(p)}(?![a-z])")) + 0d;
        if (Streets().IsMatch(lower)) score += 1;
        if (Codes().IsMatch(part.Text)) score += 1;
        return score + (part.Text.Contains(',', StringComparison.Ordinal) ? 0.5 : 0) + (part.Text.Any(char.IsAsciiDigit) ? 0.5 : 0);
    }

    // Numbers in Chinese print stand a little apart; nobody writes a blank there.
    private static string Joined(string text) => Apart().Replace(CardCompanies.Joined(text), "");

    private static bool IsAddress(CardPart part) => part.Text.Length >= 6 && Score(part) >= 2.5 && (part.IsHan || part.Latin >= 5);

    private static bool NeedsComma(CardPart line, List<CardPart> lines) => line != lines[^1] && line.Text[^1] is not (',' or '-' or '.') && !line.IsHan && lines.Count > 1 && line.Characters.Count > 0 && char.IsAsciiDigit(line.Text[^1]);

    private static bool Continues(List<CardPart> lines, CardPart next)
    {
        var last = lines[^1];
        var gap = next.Run.Top - last.Run.Bottom;
        if (next.Label is not null || gap < -0.3 * last.Run.Size || gap > 1.1 * Math.Max(last.Run.Size, next.Run.Size) || !IsLike(last, next)) return false;
        var lined = lines.Any(l => Math.Abs(next.Left - l.Left) < 1.2 * l.Run.Size || Math.Abs(next.Left - l.Run.Left) < 1.2 * l.Run.Size || Math.Abs(next.Right - l.Right) < 1.2 * l.Run.Size || Math.Abs(next.Left + next.Right - l.Left - l.Right) < 2 * l.Run.Size);
        return lined && Belongs(last, next);
    }

    private static bool Precedes(CardPart before, CardPart first)
    {
        var gap = first.Run.Top - before.Run.Bottom;
        return before.Label is null && gap >= -0.3 * first.Run.Size && gap <= 0.9 * first.Run.Size && IsLike(before, first) && Math.Abs(before.Left - first.Left) < 1.2 * first.Run.Size && Score(before) >= 1 && !CardCompanies.IsTitle(before.Text) && !CardCompanies.IsCompany(before.Text);
    }

    /// <summary>In two columns the rest of an address may stand on top of the second.</summary>
    private static CardPart? TopOfNextColumn(CardDraft draft, List<CardPart> lines)
    {
        var last = lines[^1];
        if (draft.Parts.Any(p => p != last && p.Run.Top > last.Run.Bottom && p.Left < last.Right && p.Right > last.Left)) return null;
        var column = draft.Parts.Where(p => p.Left >= last.Right - last.Run.Size && p.Run.Top < last.Run.Top && Math.Abs(p.Run.Size - last.Run.Size) < 0.45 * last.Run.Size).OrderBy(p => p.Run.Top).FirstOrDefault();
        return column is { IsTaken: false, Label: null } && IsLike(last, column) && Belongs(last, column) && Score(column) >= 1 ? column : null;
    }

    private static bool IsLike(CardPart a, CardPart b) => b.Run.Size < 1.5 * a.Run.Size && b.Run.Size > 0.6 * a.Run.Size && (a.IsHan == b.IsHan || (a.IsHan && b.Latin <= 4));

    private static bool Belongs(CardPart last, CardPart next)
    {
        if (CardCompanies.IsCompany(next.Text) || CardCompanies.IsTitle(next.Text)) return false;
        if (last.IsHan) return Score(next) >= 0.5 || next.Right - next.Left < 0.6 * (last.Right - last.Left);
        return Score(next) >= 0.5 || last.Text.EndsWith(',') || char.IsAsciiLetterLower(next.Text[0]);
    }

    [GeneratedRegex(@"(?<=[\u4e00-\u9fff])\s+(?=[A-Za-z\d])|(?<=[A-Za-z\d])\s+(?=[\u4e00-\u9fff])")]
    private static partial Regex Apart();

    [GeneratedRegex(@"省|自治区|市|区(?!域)|县|镇|乡|村|大道|路|街|巷|弄|胡同|号|栋|幢|座|楼|层|室|大厦|广场|中心|园|花园|单元|大楼|广场|工业|开发区|新区|城")]
    private static partial Regex Units();

    [GeneratedRegex(@"[a-zäöüß]{3,}(?:stra(?:ss|ß)e|str\.|gasse|allee|platz|weg|damm|ufer|ring|gatan|vägen|gade|vej|straat|laan)\s*\d|\b(?:rue|via|calle|avenida|piazza|plaza)\s+[a-z]|\bp\.?\s?o\.?\s?box\b")]
    private static partial Regex Streets();

    [GeneratedRegex(@"\b[A-Z]{2}\s\d{5}(?:-\d{4})?\b|\b\d{5,6}\b|\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b|\b[A-Z]\d[A-Z]\s\d[A-Z]\d\b")]
    private static partial Regex Codes();
}
