using CrmAi.Domain.BusinessCards;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>Makes fields of print: first what its form or label betrays, then what remains by its place and size.</summary>
internal static class CardGrammar
{
    /// <param name="place">From left, top, right and bottom on the straight card to the picture.</param>
    public static IReadOnlyList<CardField> Fields(IReadOnlyList<PrintedRun> runs, Func<double, double, double, double, PixelBox> place)
    {
        var draft = new CardDraft(Parts(runs), place);
        CardDomains.Find(draft);
        Phones(draft);
        CardCompanies.Find(draft);
        CardPostal.Find(draft);
        CardCompanies.Titles(draft);
        CardNames.Find(draft);
        TitleByPlace(draft);
        return [.. draft.Fields.OrderBy(f => f.Kind)];
    }

    /// <summary>Runs parted at labels and at wide blanks; a label that stands alone goes to what stands to its right.</summary>
    private static List<CardPart> Parts(IReadOnlyList<PrintedRun> runs)
    {
        var alone = new Dictionary<PrintedRun, CardLabel>();
        var parts = new List<CardPart>();
        foreach (var run in runs)
        {
            if (CardLabels.In(run.Text) is { Count: > 0 } labels && labels[^1] is var last && last.End >= run.Text.TrimEnd().Length
                && runs.Where(r => IsRightOf(run, r)).MinBy(r => r.Left) is { } value) alone.TryAdd(value, last.Label);
        }
        foreach (var run in runs)
        {
            CardLabel? label = alone.TryGetValue(run, out var before) ? before : null;
            var from = 0;
            // What goes on in another script on the same row is of the same value: an address with a long number in it.
            if (label is null && parts.LastOrDefault() is { Label: CardLabel.Address } address && address.Run.Row == run.Row) label = CardLabel.Address;
            foreach (var next in CardLabels.In(run.Text))
            {
                Part(run, from, next.Start, label);
                (from, label) = (next.End, next.Label);
            }
            Part(run, from, run.Text.Length, label);
        }
        return parts;

        void Part(PrintedRun run, int from, int to, CardLabel? label)
        {
            if (to <= from) return;
            foreach (var (start, end) in label is null ? Tokens(run.Text, from, to) : [(from, to)])
            {
                var part = new CardPart(run, start, end, label);
                if (part.Text.Length > 0) parts.Add(part);
            }
        }
    }

    private static bool IsRightOf(PrintedRun label, PrintedRun run) =>
        run != label && (run.Row == label.Row ? run.Left > label.Left : run.Left > label.Right - label.Size && run.Left < label.Right + (12 * label.Size) && Math.Abs(run.Top + run.Bottom - label.Top - label.Bottom) < label.Size);

    /// <summary>Chinese words apart are things apart, unless they are the single characters of a spaced name.</summary>
    private static List<(int From, int To)> Tokens(string text, int from, int to)
    {
        var tokens = new List<(int From, int To)>();
        for (var i = from; i < to;)
        {
            while (i < to && text[i] == ' ') i++;
            var start = i;
            while (i < to && text[i] != ' ') i++;
            if (i > start) tokens.Add((start, i));
        }
        var isHan = text[from..to].Count(PrintedCharacter.IsHan) * 2 > to - from;
        if (!isHan || tokens.Count < 2 || tokens.Any(t => t.To - t.From == 1 || !text[t.From..t.To].All(PrintedCharacter.IsHan))) return [(from, to)];
        return !CardCompanies.IsCompany(text[from..to]) && tokens.Any(t => CardCompanies.IsTitle(text[t.From..t.To])) ? tokens : [(from, to)];
    }

    private static void Phones(CardDraft draft)
    {
        foreach (var part in draft.Free.Where(p => p.Label is null or CardLabel.Mobile or CardLabel.Tel or CardLabel.Fax).ToList())
        {
            var isLabelled = part.Label is not null;
            // An extension may stand behind in another script.
            var behind = draft.Free.FirstOrDefault(p => p != part && p.Run.Row == part.Run.Row && p.Run != part.Run && p.Left > part.Left && p.Text.Length <= 8 && p.Label is null && p.Text.Any(char.IsAsciiDigit));
            var text = behind is null ? part.Text : $"{part.Text} {behind.Text}";
            var found = CardPhones.In(text, isLabelled);
            if (found.Count == 0 || (!isLabelled && part.Han > 4 && CardPostal.Score(part) >= 2)) continue;
            part.IsTaken = true;
            if (behind is not null) behind.IsTaken = true;
            foreach (var phone in found)
            {
                var kind = part.Label == CardLabel.Fax ? CardFieldKind.Fax : phone.Form switch
                {
                    PhoneForm.ChineseMobile => CardFieldKind.Mobile,
                    PhoneForm.ChineseLandline => CardFieldKind.Tel,
                    _ => part.Label == CardLabel.Tel ? CardFieldKind.Tel : part.Label == CardLabel.Mobile || draft[CardFieldKind.Mobile] is null ? CardFieldKind.Mobile : CardFieldKind.Tel,
                };
                var others = part.Readings.Skip(1).SelectMany(r => CardPhones.In(r, isLabelled).Take(1)).Select(p => p.Value).ToList();
                var agreeing = others.Count == 0 ? 0.5 : others.Count(o => CardPhones.Bare(o) is var bare && CardPhones.Bare(phone.Value).StartsWith(bare, StringComparison.Ordinal)) / (double)others.Count;
                var sure = (found.Count > 1 ? part.Sureness : (0.45 * part.Sureness) + (0.55 * agreeing)) * (phone.Form == PhoneForm.International && !isLabelled ? 0.8 : 1);
                draft.Add(kind, phone.Value, sure, phone.IsRepaired ? CardFieldOrigin.Repaired : isLabelled ? CardFieldOrigin.Label : CardFieldOrigin.Grammar, behind is null ? [part] : [part, behind], others);
            }
        }
    }

    /// <summary>What stands right below a name, and is nothing else, is what the person does.</summary>
    private static void TitleByPlace(CardDraft draft)
    {
        if (draft[CardFieldKind.Title] is not null || draft.Fields.FirstOrDefault(f => f.Kind == CardFieldKind.Name) is not { } name) return;
        var named = draft.Parts.FirstOrDefault(p => p.IsTaken && p.Text == name.Raw);
        if (named is null) return;
        var part = draft.Free.Where(p => p.Label is null && p.Text.Length >= 2 && (draft.IsEnglish ? p.Latin >= 4 : p.IsHan) && !p.Text.Any(char.IsAsciiDigit))
            .Where(p => p.Run.Top > named.Middle && p.Run.Top - named.Run.Bottom < 1.2 * named.Run.Size && p.Left < named.Right && p.Right > named.Left && p.Run.Size < named.Run.Size).MinBy(p => p.Run.Top);
        if (part is null) return;
        part.IsTaken = true;
        draft.Add(CardFieldKind.Title, part.IsHan ? CardCompanies.Joined(part.Text) : part.Text, 0.7 * part.Confidence, CardFieldOrigin.Layout, part, part.Readings);
    }
}
