using System.Globalization;
using System.Text.RegularExpressions;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>Times of day beside a date: 下午三点, 上午9点半, 14:00, at 10am.</summary>
static class SaidTimes
{
    const int Near = 6;
    const string Hour = "(?<h>[0-9]{1,2}|[一二三四五六七八九十两]{1,3})";

    static readonly Regex[] Forms =
    [
        Compile($"(?<p>早上|上午|早|中午|下午|午后|傍晚|晚上|晚|凌晨)?{Hour}(?:点|时)钟?(?:(?<half>半)|(?<quarter>[一三])刻|(?<m>[0-9]{{1,2}}|[一二三四五]?十[一二三四五六七八九]?)分?|整)?"),
        Compile("(?<p>早上|上午|早|中午|下午|午后|傍晚|晚上|晚|凌晨)?(?<h>[0-2]?[0-9]):(?<m>[0-5][0-9]) ?(?<p>am|pm|a\\.m|p\\.m)?"),
        Compile("(?<h>[0-9]{1,2}) ?(?<p>am|pm|a\\.m|p\\.m|o'clock)"),
        Compile("at (?<h>[0-9]{1,2})(?<p>$|[^0-9:a-z%])"),
        Compile("(?<noon>noon|midday)"),
    ];

    /// <returns>The time said next to the date, and the run that covers both.</returns>
    public static (TimeOnly? Time, int Start, int End) Beside(string text, int start, int end)
    {
        foreach (var form in Forms)
        {
            for (var match = form.Match(text); match.Success; match = match.NextMatch())
            {
                var (from, to) = (match.Index, match.Index + match.Length);
                var after = from >= end - 1 && from - end <= Near;
                var before = to <= start && start - to <= Near;
                if ((!after && !before) || Time(match) is not { } time) continue;
                return (time, Math.Min(start, from), Math.Max(end, to));
            }
        }

        return (null, start, end);
    }

    static TimeOnly? Time(Match match)
    {
        if (match.Groups["noon"].Success) return new(12, 0);
        if (ChineseNumbers.Parse(match.Groups["h"].Value) is not { } h || h > 24 || h != Math.Floor(h)) return null;
        var hour = (int)h;
        var minute = match.Groups["half"].Success ? 30
            : match.Groups["quarter"].Success ? (match.Groups["quarter"].Value == "三" ? 45 : 15)
            : match.Groups["m"].Success ? (int)(ChineseNumbers.Parse(match.Groups["m"].Value) ?? 0) : 0;
        var part = match.Groups["p"].Value;
        if (hour < 12 && (part is "下午" or "午后" or "傍晚" or "晚上" or "晚" or "pm" or "p.m" || (part == "中午" && hour < 3))) hour += 12;
        else if (hour == 12 && part is "am" or "a.m") hour = 0;
        // Nobody meets at three in the night: an hour up to six without a part of the day is in the afternoon.
        else if (hour is >= 1 and <= 6 && part is not ("早上" or "上午" or "早" or "凌晨" or "am" or "a.m") && match.Groups["m"].Value.Length == 0) hour += 12;
        return hour <= 23 && minute <= 59 ? new(hour, minute) : null;
    }

    static Regex Compile(string pattern) =>
        new(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
}
