using System.Globalization;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>Working days and how a person names a coming one, in Asia/Shanghai (no daylight saving since 1991).</summary>
internal static class DemoCalendar
{
    public static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    private static readonly string[] ChineseDays = ["周日", "周一", "周二", "周三", "周四", "周五", "周六"];

    public static DateTimeOffset Local(DateTimeOffset at) => at.ToOffset(Zone);

    public static DateTimeOffset Midnight(DateTimeOffset at) => new(Local(at).Date, Zone);

    /// <summary>The working day at or before the given one.</summary>
    public static DateTimeOffset Workday(DateTimeOffset day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(-1),
        DayOfWeek.Sunday => day.AddDays(-2),
        _ => day,
    };

    /// <summary>The working day at or after the given one.</summary>
    public static DateTimeOffset NextWorkday(DateTimeOffset day) => day.DayOfWeek switch
    {
        DayOfWeek.Saturday => day.AddDays(2),
        DayOfWeek.Sunday => day.AddDays(1),
        _ => day,
    };

    /// <summary>A time of day at which such an interaction takes place; chats also in the evening.</summary>
    public static TimeSpan Hour(bool chat, Dice dice) => chat && dice.Chance(12)
        ? TimeSpan.FromMinutes(dice.Between(19 * 60, (21 * 60) + 40))
        : dice.Chance(45)
            ? TimeSpan.FromMinutes(dice.Between((8 * 60) + 35, (11 * 60) + 45))
            : TimeSpan.FromMinutes(dice.Between((13 * 60) + 20, (18 * 60) + 10));

    /// <summary>The day as said on another day: 明天, 周四, 下周三, 月底前, 3月9号; tomorrow, Thursday, next Wednesday, 9 March.</summary>
    public static string Said(DateTimeOffset day, DateTimeOffset on, string language)
    {
        var ahead = (day.Date - on.Date).Days;
        var weeks = (Monday(day) - Monday(on)).Days / 7;
        var english = language == "en";
        if (ahead == 1)
        {
            return english ? "tomorrow" : "明天";
        }

        if (weeks <= 1)
        {
            var name = english ? day.DayOfWeek.ToString() : ChineseDays[(int)day.DayOfWeek];
            return (english, weeks) switch { (_, 0) => name, (true, _) => $"next {name}", _ => $"下{name}" };
        }

        if (day.Month == on.Month && day.AddDays(4).Month != on.Month)
        {
            return english ? "the end of the month" : "月底";
        }

        return english ? day.ToString("d MMMM", CultureInfo.InvariantCulture) : $"{day.Month}月{day.Day}号";
    }

    private static DateTime Monday(DateTimeOffset day) => day.Date.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
