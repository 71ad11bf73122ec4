namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>Days counted from the day of a conversation; null where the calendar has no such day.</summary>
static class Days
{
    public static DateOnly? Of(int year, int month, int day) =>
        month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    // A month and day long past belong to next year; recently past ones are told of, not planned.
    public static DateOnly? Upcoming(DateOnly today, int month, int day, bool end = false)
    {
        var date = Of(today.Year, month, day) ?? Of(today.Year + 1, month, day);
        if (date is not { } d) return null;
        if (end) return month < today.Month ? Of(today.Year + 1, month, day) : date;
        return today.DayNumber - d.DayNumber > 120 ? Of(today.Year + 1, month, day) : d.DayNumber - today.DayNumber > 300 ? Of(today.Year - 1, month, day) : date;
    }

    public static DateOnly? MonthEnd(DateOnly? date) => date is { } d ? new DateOnly(d.Year, d.Month, DateTime.DaysInMonth(d.Year, d.Month)) : null;

    public static DateOnly? InMonth(DateOnly date, int day) => Of(date.Year, date.Month, day);

    public static DateOnly? NextDay(DateOnly today, int day)
    {
        if (day is < 1 or > 31) return null;
        for (var ahead = 0; ahead < 3; ahead++)
        {
            if (InMonth(today.AddMonths(ahead), day) is { } date && date >= today) return date;
        }

        return null;
    }

    public static DateOnly QuarterEnd(DateOnly today, int? quarter, int ahead)
    {
        var q = quarter ?? ((today.Month - 1) / 3) + 1 + ahead;
        var year = today.Year + ((q - 1) / 4);
        q = ((q - 1) % 4) + 1;
        var date = new DateOnly(year, q * 3, DateTime.DaysInMonth(year, q * 3));
        return date < today ? QuarterEnd(new(today.Year + 1, 1, 1), quarter, ahead) : date;
    }

    public static DateOnly Monday(DateOnly today) => today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
}
