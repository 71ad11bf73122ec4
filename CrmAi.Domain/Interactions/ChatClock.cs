namespace CrmAi.Domain.Interactions;

/// <summary>Completes written dates and times from when the conversation was received, and settles which number is the day.</summary>
internal sealed class ChatClock
{
    readonly DateTimeOffset _received;
    readonly bool _dayFirst;
    readonly bool _yearFirst;

    ChatClock(DateTimeOffset received, bool dayFirst, bool yearFirst) =>
        (_received, _dayFirst, _yearFirst) = (received, dayFirst, yearFirst);

    /// <summary>One time for each stamp; null where only a date or nothing possible is written.</summary>
    public static IReadOnlyList<DateTimeOffset?> Resolve(
        IReadOnlyList<(ChatStamp Stamp, bool IsDivider)> stamps, DateTimeOffset received, bool chinese)
    {
        var dates = stamps.Select(s => s.Stamp).ToList();
        var yearFirst = YearComesFirst(dates, received, chinese);
        var dayFirst = DayComesFirst(dates, received, yearFirst, chinese);
        return new ChatClock(received, dayFirst, yearFirst).ResolveAll(stamps);
    }

    static bool YearComesFirst(List<ChatStamp> stamps, DateTimeOffset received, bool chinese)
    {
        var shorts = stamps.Where(s => s.Shape == DateShape.ThreeShort).ToList();
        if (shorts.Any(s => s.A > 31 || s.B > 12))
            return shorts.Any(s => s.A > 31);
        var year = received.Year % 100;
        var first = shorts.All(s => s.A == year || s.A == year - 1);
        var last = shorts.All(s => s.C == year || s.C == year - 1);
        return first && (chinese || !last);
    }

    static bool DayComesFirst(List<ChatStamp> stamps, DateTimeOffset received, bool yearFirst, bool chinese)
    {
        var open = stamps.Where(s => s.Shape is DateShape.TwoNumbers or DateShape.TwoNumbersYear
            || (s.Shape == DateShape.ThreeShort && !yearFirst)).ToList();
        if (open.Count == 0)
            return false;
        if (open.Any(s => s.A > 12))
            return true;
        if (open.Any(s => s.B > 12))
            return false;
        var days = TimesWhen(dayFirst: true);
        var months = TimesWhen(dayFirst: false);
        // A thread runs forward, a paste of mails often backward; a wrong reading zigzags.
        if (RunsForward(days) != RunsForward(months))
            return RunsForward(days);
        if (RunsForward(days.AsEnumerable().Reverse()) != RunsForward(months.AsEnumerable().Reverse()))
            return RunsForward(days.AsEnumerable().Reverse());
        var latest = DayAfter(received);
        if (days.Any(t => t > latest) != months.Any(t => t > latest))
            return months.Any(t => t > latest);
        return !chinese && !open.Any(s => s.TwelveHour);

        List<DateTimeOffset> TimesWhen(bool dayFirst)
        {
            var clock = new ChatClock(received, dayFirst, yearFirst);
            return open.Select(s => clock.At(clock.DateOf(s), s.Time ?? TimeSpan.Zero, null)).OfType<DateTimeOffset>().ToList();
        }
    }

    static bool RunsForward(IEnumerable<DateTimeOffset> times) => times.Zip(times.Skip(1)).All(p => p.First <= p.Second);

    DateTimeOffset?[] ResolveAll(IReadOnlyList<(ChatStamp Stamp, bool IsDivider)> stamps)
    {
        var times = new DateTimeOffset?[stamps.Count];
        var today = DateOnly.FromDateTime(_received.DateTime);
        var dated = stamps.Any(s => s.Stamp.HasDate);
        // Times alone run up to the day of receipt, so midnights passed on the way are counted back.
        var current = dated ? today : Add(today, -Midnights(stamps)) ?? today;
        var last = TimeSpan.Zero;
        for (var i = 0; i < stamps.Count; i++)
        {
            var (stamp, isDivider) = stamps[i];
            if (stamp.HasDate)
            {
                var date = DateOf(stamp);
                times[i] = stamp.Time is { } time ? At(date, time, stamp.Offset) : null;
                // A head says 昨天 only where today's say nothing, a divider speaks for all that follow it.
                current = stamp.IsRelative && !isDivider ? today : date ?? current;
                last = stamp.IsRelative && !isDivider ? TimeSpan.Zero : stamp.Time ?? TimeSpan.Zero;
            }
            else if (stamp.Time is { } time)
            {
                if (PassesMidnight(last, time))
                    current = Add(current, 1) ?? current;
                last = time;
                times[i] = At(current, time, stamp.Offset);
            }
        }
        return times;
    }

    static bool PassesMidnight(TimeSpan last, TimeSpan time) => last - time > TimeSpan.FromHours(6);

    static int Midnights(IReadOnlyList<(ChatStamp Stamp, bool IsDivider)> stamps)
    {
        var times = stamps.Select(s => s.Stamp.Time).OfType<TimeSpan>().ToList();
        return times.Zip(times.Skip(1)).Count(p => PassesMidnight(p.First, p.Second));
    }

    DateOnly? DateOf(ChatStamp stamp) => stamp.Shape switch
    {
        DateShape.YearMonthDay => Date(stamp.A, stamp.B, stamp.C),
        DateShape.MonthDay => LatestOn(stamp.A, stamp.B, stamp.Time),
        DateShape.TwoNumbers when DayIsFirst(stamp.A, stamp.B) => LatestOn(stamp.B, stamp.A, stamp.Time),
        DateShape.TwoNumbers => LatestOn(stamp.A, stamp.B, stamp.Time),
        DateShape.TwoNumbersYear when DayIsFirst(stamp.A, stamp.B) => Date(stamp.C, stamp.B, stamp.A),
        DateShape.TwoNumbersYear => Date(stamp.C, stamp.A, stamp.B),
        DateShape.ThreeShort when _yearFirst => Date(2000 + stamp.A, stamp.B, stamp.C),
        DateShape.ThreeShort when DayIsFirst(stamp.A, stamp.B) => Date(2000 + stamp.C, stamp.B, stamp.A),
        DateShape.ThreeShort => Date(2000 + stamp.C, stamp.A, stamp.B),
        _ when stamp.DaysAgo is { } days => Add(DateOnly.FromDateTime(_received.DateTime), -days),
        _ when stamp.Weekday is { } weekday => LatestOn(weekday, stamp.Time),
        _ => null,
    };

    bool DayIsFirst(int a, int b) => a > 12 || (b <= 12 && _dayFirst);

    static DateOnly? Date(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateOnly(year, month, day) : null;

    DateOnly? LatestOn(int month, int day, TimeSpan? time)
    {
        var latest = DayAfter(_received);
        // Eight years back always hold a leap day.
        for (var year = _received.Year; year > _received.Year - 9; year--)
        {
            if (Date(year, month, day) is { } date && At(date, time ?? TimeSpan.Zero, null) <= latest)
                return date;
        }
        return null;
    }

    DateOnly? LatestOn(DayOfWeek weekday, TimeSpan? time)
    {
        var today = DateOnly.FromDateTime(_received.DateTime);
        var back = ((int)today.DayOfWeek - (int)weekday + 7) % 7;
        return Add(today, -(back == 0 && time > _received.TimeOfDay ? 7 : back));
    }

    DateTimeOffset? At(DateOnly? date, TimeSpan time, TimeSpan? offset)
    {
        if (date is not { } day)
            return null;
        var local = day.ToDateTime(TimeOnly.MinValue) + time;
        var utc = local.Ticks - (offset ?? _received.Offset).Ticks;
        var here = utc + _received.Offset.Ticks;
        return utc < 0 || utc > DateTime.MaxValue.Ticks || here < 0 || here > DateTime.MaxValue.Ticks
            ? null : new DateTimeOffset(new DateTime(here), _received.Offset);
    }

    static DateOnly? Add(DateOnly date, int days) =>
        date.DayNumber + days >= 0 && date.DayNumber + days <= DateOnly.MaxValue.DayNumber ? date.AddDays(days) : null;

    static DateTimeOffset DayAfter(DateTimeOffset time) =>
        time.UtcTicks > DateTimeOffset.MaxValue.UtcTicks - (2 * TimeSpan.TicksPerDay) ? time : time.AddDays(1);
}
