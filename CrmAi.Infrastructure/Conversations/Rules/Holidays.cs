using System.Globalization;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>Days that people name instead of a date; a line of holidays.txt is <c>name = MM-dd[/MM-dd]</c> or <c>name = yyyy-MM-dd[/MM-dd], …</c>: first day, last day.</summary>
sealed class Holidays
{
    readonly Dictionary<string, List<(int? Year, int Month, int Day, int LastMonth, int LastDay)>> days = new(StringComparer.Ordinal);

    public Holidays(string path, IReadOnlyDictionary<char, char> simplified)
    {
        foreach (var entry in LexiconFile.Read(path))
        {
            var parts = entry.Pattern.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length != 2) throw new LexiconException(entry.File, entry.Line, "'name = date' is expected");
            var list = parts[1].Split(',', StringSplitOptions.TrimEntries).Select(d => Day(d, entry)).ToList();
            foreach (var name in parts[0].Split('|', StringSplitOptions.TrimEntries)) days[FoldedText.Fold(name, simplified)] = list;
        }
    }

    /// <summary>Names, longest first.</summary>
    public IEnumerable<string> Names => days.Keys.OrderByDescending(k => k.Length);

    /// <summary>The next time the named days come: first and last day. Null where the file has no such year.</summary>
    public (DateOnly First, DateOnly Last)? Next(string name, DateOnly from)
    {
        for (var year = from.Year; year <= from.Year + 1; year++)
        {
            foreach (var (only, month, day, lastMonth, lastDay) in days[name])
            {
                if (only is { } y && y != year) continue;
                var (first, last) = (new DateOnly(year, month, day), new DateOnly(year, lastMonth, lastDay));
                if (last >= from) return (first, last);
            }
        }

        return null;
    }

    static (int? Year, int Month, int Day, int LastMonth, int LastDay) Day(string text, LexiconEntry entry)
    {
        var ends = text.Split('/');
        var hasYear = ends[0].Length == 10;
        if (!DateOnly.TryParseExact(hasYear ? ends[0] : $"2024-{ends[0]}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)
            || !DateOnly.TryParseExact($"2024-{(ends.Length > 1 ? ends[1] : $"{first:MM-dd}")}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last))
            throw new LexiconException(entry.File, entry.Line, $"'{text}' is not a date MM-dd or yyyy-MM-dd, perhaps with a last day /MM-dd");
        return (hasYear ? first.Year : null, first.Month, first.Day, last.Month, last.Day);
    }
}
