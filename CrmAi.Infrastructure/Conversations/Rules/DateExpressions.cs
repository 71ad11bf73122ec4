using System.Globalization;
using System.Text.RegularExpressions;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>A date said in a clause, resolved; places count folded characters.</summary>
sealed record SaidDate(Clause Clause, int Start, int Length, DateOnly Date, TimeOnly? Time);

/// <summary>
/// Dates as people say them, resolved against the day of the conversation. Weeks start on Monday: 下周三 is the Wednesday of next week,
/// a bare weekday is the next one to come. What names no day (下个月, 过完年) gives no date.
/// </summary>
sealed class DateExpressions
{
    const string Num = "(?:[0-9]{1,2}|[一二三四五六七八九十两]{1,3})";
    const string Months = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";
    const string Weekdays = "mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?";
    const string Count = "[0-9]{1,2}|a|an|one|two|three|four|five|six|seven|eight|nine|ten";
    const string Cut = "(?:$|[^a-z0-9])";
    static readonly string[] MonthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    static readonly string[] DayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    static readonly string[] CountNames = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    readonly List<(Regex Regex, Func<Match, DateOnly, DateOnly?> Resolve)> forms = [];

    public DateExpressions(Holidays holidays)
    {
        Add($"(?:(?<y>20[0-9]{{2}})年)(?<m>{Num})月(?<d>{Num})[日号]?", (m, t) => Days.Of(Int(m, "y"), Int(m, "m"), Int(m, "d")));
        Add("(?<y>20[0-9]{2})[-/.](?<m>[0-9]{1,2})[-/.](?<d>[0-9]{1,2})", (m, t) => Days.Of(Int(m, "y"), Int(m, "m"), Int(m, "d")));
        Add($"(?<m>{Num})月(?:底|末)", (m, t) => Int(m, "m") is >= 1 and <= 12 and var month ? Days.MonthEnd(Days.Upcoming(t, month, 1, end: true)) : null);
        Add($"(?<m>{Num})月(?<d>{Num})[日号]?", (m, t) => Int(m, "m") is >= 1 and <= 12 and var month && Int(m, "d") is >= 1 and <= 31 and var day ? Days.Upcoming(t, month, day) : null);
        Add($"(?<w>下下个?月|下个?月|次月|这个?月|本月|当月)(?:底|末)", (m, t) => Days.MonthEnd(t.AddMonths(Ahead(m, "w"))));
        Add($"(?<w>下下个?月|下个?月|次月|这个?月|本月)(?<d>{Num})[日号]", (m, t) => Days.InMonth(t.AddMonths(Ahead(m, "w")), Int(m, "d")));
        Add("(?:月底|月末)", (m, t) => Days.MonthEnd(t));
        Add("(?<w>明年)?(?:年底|年末)", (m, t) => new DateOnly(t.Year + (m.Groups["w"].Success ? 1 : 0), 12, 31));
        Add("(?<w>下个?|本|这个?)?季度?(?:末|底)", (m, t) => Days.QuarterEnd(t, null, m.Groups["w"].Value.StartsWith('下') ? 1 : 0));
        Add("(?:q(?<q>[1-4])|第?(?<q>[一二三四1-4])季度)(?:末|底|结束)", (m, t) => Days.QuarterEnd(t, Int(m, "q"), 0));
        Add("(?<w>下下个?|下个?|本|这个?|上个?)?(?:周|星期|礼拜)(?<d>[一二三四五六日天末1-6])", Weekday);
        Add("(?<w>大后天|后天|后日|明天|明日|明早|明晚|次日|今天|今日|今晚|今早)", (m, t) => t.AddDays(m.Groups["w"].Value[0] switch { '大' => 3, '后' => 2, '明' or '次' => 1, _ => 0 }));
        Add($"(?<n>{Num}|半)个?(?<u>工作日|天|日|周|星期|礼拜|月)(?:之?后|以后|之?内|以内)", After);
        Add($"(?<n>{Num})号(?<x>$|[^楼线机仓店门会车厂码院院馆库位员])", (m, t) => Days.NextDay(t, Int(m, "d", "n")));
        Add($"(?:^|[^a-z])(?<n>{Months})\\.? (?<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:,? (?<y>20[0-9]{{2}}))?{Cut}", EnglishDay);
        Add($"(?:^|[^a-z0-9])(?<d>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)? (?<n>{Months})(?:,? (?<y>20[0-9]{{2}}))?{Cut}", EnglishDay);
        Add($"(?:end of|the end of|late) (?<n>{Months}){Cut}", (m, t) => Days.MonthEnd(Days.Upcoming(t, Month(m), 1, end: true)));
        Add($"(?:by |at |before )?(?:the )?end of (?:the |this )?(?<w>next )?(?<u>week|month|quarter|year){Cut}|(?<u>month|quarter|year)[- ]end{Cut}|(?:^|[^a-z])eo(?<u>[wmqy]){Cut}", EndOf);
        Add($"(?:by |at |before )?(?:the )?end of q(?<q>[1-4]){Cut}|q(?<q>[1-4]) end{Cut}", (m, t) => Days.QuarterEnd(t, Int(m, "q"), 0));
        Add($"(?:^|[^a-z])(?<w>next |this coming |this |coming |last )?(?<d>{Weekdays})(?<x> after next| week)?(?:$|[^a-z0-9'])", EnglishWeekday);
        Add($"(?:^|[^a-z])(?<w>the day after tomorrow|day after tomorrow|tomorrow|tmr|today|tonight){Cut}", (m, t) => t.AddDays(m.Groups["w"].Value switch { "today" or "tonight" => 0, "tomorrow" or "tmr" => 1, _ => 2 }));
        Add($"(?:in|within|after)(?: about| the next| another)? (?<n>{Count}|a couple of) (?<u>business day|working day|day|week|fortnight|month)s?'?(?: time)?{Cut}|(?:^|[^a-z0-9])(?<n>{Count}) (?<u>day|week|month)s? (?:from now|from today|later|out){Cut}|(?:^|[^a-z])(?<n>a) (?<u>week|month) from (?:now|today){Cut}", After);
        Add($"(?:^|[^a-z])(?:on|by|before|until|of|for)? ?the (?<n>[0-9]{{1,2}})(?:st|nd|rd|th){Cut}", (m, t) => Days.NextDay(t, Int(m, "d", "n")));
        Add("(?:^|[^0-9/.a-z])(?<m>[01]?[0-9])/(?<d>[0-3]?[0-9])(?:$|[^0-9/])", (m, t) => Int(m, "m") is >= 1 and <= 12 and var month && Int(m, "d") is >= 1 and <= 31 and var day ? Days.Upcoming(t, month, day) : null);
        foreach (var name in holidays.Names)
        {
            var word = Regex.Escape(name);
            Add($"(?:{word})(?<x>节|假期|长假|节假日|放假)*(?:一)?(?<w>过后|结束后|回来|之?后|以后|之?前|以前|当天)|(?<b>after|before) (?:the )?{word}|(?<b>过完|过了|忙完){word}", (m, t) => ByHoliday(m, t, holidays.Next(name, t)));
        }
    }

    public IEnumerable<SaidDate> In(Clause clause, DateOnly today)
    {
        var taken = new List<(int Start, int End)>();
        foreach (var (regex, resolve) in forms)
        {
            var text = clause.Text;
            for (var at = 0; at < text.Length;)
            {
                var match = regex.Match(text, at);
                if (!match.Success || match.Length == 0) break;
                var (start, end) = Bounds(text, match);
                at = Math.Max(match.Index + 1, end);
                if (taken.Any(s => s.Start < end && s.End > start) || resolve(match, today) is not { } date) continue;
                taken.Add((start, end));
                var (time, from, to) = SaidTimes.Beside(text, start, end);
                yield return new(clause, from, to - from, date, time);
            }
        }
    }

    static (int Start, int End) Bounds(string text, Match match)
    {
        var (start, end) = (match.Index, match.Index + match.Length);
        if (match.Groups["x"] is { Success: true, Length: 1 } extra && extra.Index == end - 1 && !FoldedText.IsHan(extra.Value[0])) end--;
        else if (match.Groups["x"] is { Success: true, Length: 1 } next && next.Index == end - 1 && text[next.Index] is not ('节' or '前')) end--;
        while (start < end && !char.IsLetterOrDigit(text[start])) start++;
        while (end > start && !char.IsLetterOrDigit(text[end - 1])) end--;
        foreach (var tail in (string[])["之前", "以前", "前"])
        {
            if (end < text.Length && text.AsSpan(end).StartsWith(tail)) return (start, end + tail.Length);
        }

        return (start, end);
    }

    void Add(string pattern, Func<Match, DateOnly, DateOnly?> resolve) =>
        forms.Add((new(pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)), resolve));

    static int Int(Match match, params string[] groups)
    {
        foreach (var name in groups)
        {
            if (match.Groups[name] is not { Success: true } group) continue;
            var index = Array.IndexOf(CountNames, group.Value);
            if (index > 0) return index;
            if (group.Value is "a" or "an") return 1;
            if (group.Value is "a couple of") return 2;
            return (int)(ChineseNumbers.Parse(group.Value) ?? 0);
        }

        return 0;
    }

    static int Month(Match m) => Array.FindIndex(MonthNames, n => m.Groups["n"].Value.StartsWith(n, StringComparison.Ordinal)) + 1;

    static int Ahead(Match m, string group) => m.Groups[group].Value switch { ['下', '下', ..] => 2, ['下', ..] or ['次', ..] => 1, _ => 0 };

    static DateOnly? Weekday(Match m, DateOnly today)
    {
        var c = m.Groups["d"].Value[0];
        var day = c == '末' ? 5 : c is '日' or '天' ? 6 : char.IsDigit(c) ? c - '1' : "一二三四五六".IndexOf(c);
        var date = Days.Monday(today).AddDays(day);
        return m.Groups["w"].Value switch
        {
            ['下', '下', ..] => date.AddDays(14),
            ['下', ..] => date.AddDays(7),
            ['上', ..] => date.AddDays(-7),
            "" => date < today ? date.AddDays(7) : date,
            _ => date,
        };
    }

    static DateOnly? EnglishWeekday(Match m, DateOnly today)
    {
        var day = Array.FindIndex(DayNames, n => m.Groups["d"].Value.StartsWith(n, StringComparison.Ordinal));
        var date = Days.Monday(today).AddDays(day);
        if (m.Groups["x"].Value == " after next") return date.AddDays(14);
        if (m.Groups["x"].Value == " week") return date.AddDays(date <= today ? 14 : 7);
        return m.Groups["w"].Value switch
        {
            "next " => date.AddDays(7),
            "last " => date.AddDays(-7),
            _ => date <= today ? date.AddDays(7) : date,
        };
    }

    static DateOnly? EnglishDay(Match m, DateOnly today)
    {
        var (month, day) = (Month(m), Int(m, "d"));
        return m.Groups["y"].Success ? Days.Of(Int(m, "y"), month, day) : day is < 1 or > 31 ? null : Days.Upcoming(today, month, day);
    }

    static DateOnly? EndOf(Match m, DateOnly today)
    {
        var ahead = m.Groups["w"].Success ? 1 : 0;
        return m.Groups["u"].Value[0] switch
        {
            'w' => Days.Monday(today).AddDays(4 + (7 * ahead)),
            'm' => Days.MonthEnd(today.AddMonths(ahead)),
            'q' => Days.QuarterEnd(today, null, ahead),
            _ => new DateOnly(today.Year + ahead, 12, 31),
        };
    }

    static DateOnly? After(Match m, DateOnly today)
    {
        var half = m.Groups["n"].Value == "半";
        var n = Int(m, "n");
        switch (m.Groups["u"].Value)
        {
            case "月" or "month":
                return half ? today.AddDays(15) : n is 0 ? null : today.AddMonths(n);
            case "周" or "星期" or "礼拜" or "week":
                return n is 0 ? null : today.AddDays(7 * n);
            case "fortnight":
                return today.AddDays(14);
            case "工作日" or "business day" or "working day":
                var date = today;
                for (var left = n; left > 0;)
                {
                    date = date.AddDays(1);
                    if (date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)) left--;
                }

                return n is 0 ? null : date;
            default:
                return n is 0 ? null : today.AddDays(n);
        }
    }

    static DateOnly? ByHoliday(Match m, DateOnly today, (DateOnly First, DateOnly Last)? days)
    {
        if (days is not { } d) return null;
        var word = m.Groups["w"].Success ? m.Groups["w"].Value : m.Groups["b"].Value;
        return word switch
        {
            "当天" => d.First,
            "before" => d.First.AddDays(-1),
            _ when word.EndsWith('前') => d.First.AddDays(-1),
            _ => d.Last.AddDays(1),
        };
    }
}
