using CrmAi.Domain.Conversations;
using CrmAi.Infrastructure.Conversations.Rules;

namespace CrmAi.Infrastructure.Conversations;

/// <summary>What the rules analyst knows of dates, for a line of text. Read when it is first asked for.</summary>
internal sealed class SpokenDates(string folder) : ISpokenDates
{
    private const int Longest = 1_000;

    private readonly Lazy<(DateExpressions Dates, IReadOnlyDictionary<char, char> Simplified)> known = new(() =>
    {
        var simplified = LexiconFiles.ReadSimplified(Path.Combine(folder, "traditional.txt"));
        return (new(new(Path.Combine(folder, "holidays.txt"), simplified)), simplified);
    });

    public SpokenDate? Find(string text, DateOnly today)
    {
        // Near the calendar's ends there is no next week to speak of.
        if (text.Length is 0 or > Longest || today.Year is < 1900 or > 9000) return null;
        var (dates, simplified) = known.Value;
        var clause = new Clause(FoldedText.Of(text, 0, text.Length, simplified), 0, text.Length, 0, Voice.Note);
        if (clause.Text.Length == 0 || dates.In(clause, today).MinBy(d => d.Start) is not { } said) return null;
        // An English day right behind a Chinese word: the word is none of it.
        var from = said.Start;
        while (from + 1 < said.Start + said.Length && FoldedText.IsHan(clause.Text[from]) && char.IsAsciiLetter(clause.Text[from + 1])) from++;
        var start = clause.Folded.RawStart(from);
        return new(start, clause.Folded.RawEnd(said.Start + said.Length) - start, said.Date, said.Time);
    }
}
