using System.Globalization;
using System.Text.RegularExpressions;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Scripts;

namespace CrmAi.Infrastructure.Scripts;

/// <summary>Days that a sentence may speak of: today, those of the step and of an appointment, and those that the cited words name.</summary>
internal sealed partial class ScriptDays(ScriptInput input, ISpokenDates dates)
{
    /// <param name="said">The cited words, and the day on which they were said.</param>
    public bool Hold(string text, (string Quote, DateOnly Day)? said)
    {
        var today = DateOnly.FromDateTime(input.AsOf.DateTime);
        var inQuote = said is { } words ? In(words.Quote, words.Day).ToList() : [];
        var fields = Fields(today);
        foreach (var spoken in In(text, today))
        {
            var same = inQuote.Where(q => q.Date == spoken.Date).ToList();
            // Weekdays count from when they were said: the same words are the same day.
            var literal = said is { } source && ScriptGuards.Fold(source.Quote).Contains(ScriptGuards.Fold(text.Substring(spoken.Start, spoken.Length)).Trim(), StringComparison.Ordinal);
            if (same.Count == 0 && !literal && !fields.Exists(f => f.Day == spoken.Date)) return false;
            if (spoken.Time is { } time && !literal && !same.Exists(q => q.Time == time) && !fields.Exists(f => f.Day == spoken.Date && f.Time == time)) return false;
        }
        var rest = Written().Replace(ScriptGuards.Fold(text), " ");
        var folded = said is { } cited ? ScriptGuards.Fold(cited.Quote) : "";
        return ScriptGuards.VagueDay().Matches(rest).All(m => folded.Contains(m.Value, StringComparison.Ordinal) || IsWeekdayOf(m.Value, fields));
    }

    /// <summary>Days written with figures, which are looked at as days.</summary>
    [GeneratedRegex(@"(?:20\d\d ?年 ?)?\d{1,2} ?月 ?\d{1,2} ?[日号]|20\d\d-\d\d-\d\d|\b\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|december)(?: 20\d\d)?\b", RegexOptions.CultureInvariant)]
    public static partial Regex Written();

    private static bool IsWeekdayOf(string word, List<(DateOnly Day, TimeOnly? Time)> fields) => fields.Exists(f => f.Day.DayOfWeek.ToString().Equals(word, StringComparison.OrdinalIgnoreCase));

    private List<(DateOnly Day, TimeOnly? Time)> Fields(DateOnly today)
    {
        var days = new List<(DateOnly, TimeOnly?)> { (today, null), (input.Step.DueOn, null) };
        if (input.Step.Appointment is { } at) days.Add((DateOnly.FromDateTime(at.DateTime), TimeOnly.FromDateTime(at.DateTime)));
        if (input.Step.Reason is ActionReason.PromiseDue or ActionReason.FollowUpDue && DateOnly.TryParse(input.Step.Value, CultureInfo.InvariantCulture, out var day)) days.Add((day, null));
        return days;
    }

    private IEnumerable<SpokenDate> In(string text, DateOnly day)
    {
        for (var from = 0; from < text.Length && dates.Find(text[from..], day) is { Length: > 0 } found; from += found.Start + found.Length)
            yield return found with { Start = from + found.Start };
    }
}
