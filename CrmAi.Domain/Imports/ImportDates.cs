using System.Globalization;
using System.Text.RegularExpressions;
using CrmAi.Domain.Contacts;

namespace CrmAi.Domain.Imports;

/// <summary>A day as written, with its time where it has one.</summary>
/// <param name="At">In the writer's own zone, or at <paramref name="Offset"/>.</param>
public readonly record struct WrittenMoment(DateTime At, bool HasTime, TimeSpan? Offset)
{
    public DateOnly Day => DateOnly.FromDateTime(At);

    /// <param name="zone">Of the writer, where the text names none. A time that the clocks leave out in spring is an hour later.</param>
    public DateTime ToUtc(TimeZoneInfo zone)
    {
        if (Offset is { } offset) return DateTime.SpecifyKind(At - offset, DateTimeKind.Utc);
        var at = DateTime.SpecifyKind(At, DateTimeKind.Unspecified);
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(at) ? at.AddHours(1) : at, zone);
    }
}

/// <summary>Days and times as people and programs write them in tables. Years of two digits are of 1970 to 2069.</summary>
public static partial class ImportDates
{
    private const int MaxText = 60;
    private const string Digits = "〇一二三四五六七八九";

    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Orders in which the text is a day; empty where it is none.</summary>
    public static IReadOnlyList<DateOrder> OrdersOf(string text) => Parts(text) is not { } parts ? [] : [.. parts.Readings().Select(r => r.Order)];

    /// <summary>Whether the text is one day in whichever order the column is.</summary>
    public static bool SaysItself(string text) => Parts(text) is { Itself: true };

    /// <summary>Whether a year of four digits stands in front, so that only month and day may be the other way round.</summary>
    public static bool HasYearInFront(string text) => Parts(text) is { A.Length: 4 };

    /// <summary>Reads it in the column's order.</summary>
    /// <param name="order">Null where none is decided: then only what can be one day alone is read.</param>
    /// <param name="isOpen">It is a day, but which one the order would have to say.</param>
    public static WrittenMoment? Read(string text, DateOrder? order, out bool isOpen)
    {
        isOpen = false;
        if (Parts(text) is not { } parts) return null;
        var readings = parts.Readings().ToList();
        if (parts.A.Length == 4 && !parts.Itself)
        {
            var front = order == DateOrder.YearDayMonth ? DateOrder.YearDayMonth : DateOrder.YearMonthDay;
            return readings.Where(r => r.Order == front).Select(r => (WrittenMoment?)r.Moment).FirstOrDefault();
        }
        if (parts.Itself || (readings.Count > 0 && readings.TrueForAll(r => r.Moment == readings[0].Moment))) return readings.Count > 0 ? readings[0].Moment : null;
        var wanted = readings.Where(r => r.Order == order).Select(r => (WrittenMoment?)r.Moment).FirstOrDefault();
        isOpen = wanted is null && readings.Count > 0;
        return wanted;
    }

    private static DateParts? Parts(string text)
    {
        if (text.Length > MaxText) return null;
        var plain = ContactKeys.HalfWidth(text).Trim().TrimStart('\'');
        if (plain.Length == 0) return null;
        if (plain.Any(c => Digits.Contains(c, StringComparison.Ordinal) || c == '十')) plain = FromHan(plain);
        if (Numbers().IsMatch(plain)) return OfNumber(plain);
        var time = Times().Match(plain);
        var (day, clock, offset, hasTime) = (plain, TimeSpan.Zero, (TimeSpan?)null, false);
        if (time.Success)
        {
            if (Clock(time) is not { } read) return null;
            (clock, hasTime) = (read, true);
            if (time.Groups["zone"] is { Success: true } zone) offset = OffsetOf(zone.Value);
            day = plain[..time.Index].TrimEnd('T', ' ', ',');
        }
        if (Chinese().Match(day) is { Success: true } han) return new(han.Groups[1].Value, han.Groups[2].Value, han.Groups[3].Value, Itself: true, clock, hasTime, offset);
        if (Named(day) is { } named) return named with { Clock = clock, HasTime = hasTime, Offset = offset };
        var match = Three().Match(day);
        return match.Success ? new(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value, Itself: false, clock, hasTime, offset) : null;
    }

    // 20240506, a day count, or seconds and milliseconds since 1970.
    private static DateParts? OfNumber(string text)
    {
        var whole = text.Split('.')[0];
        if (whole.Length == 8 && whole == text) return new(text[..4], text[4..6], text[6..], Itself: true, default, false, null);
        DateTime? at = null;
        if (whole.Length == 5 && double.Parse(text, CultureInfo.InvariantCulture) is >= 10_000 and < 80_000 and var serial) at = new DateTime(1899, 12, 30).AddSeconds(Math.Round(serial * 86_400));
        else if (whole.Length is 10 or 13 && whole == text && long.Parse(text, CultureInfo.InvariantCulture) is var since) at = DateTime.UnixEpoch.AddMilliseconds(whole.Length == 10 ? since * 1000 : since);
        if (at is not { } known) return null;
        var offset = whole.Length > 5 ? TimeSpan.Zero : (TimeSpan?)null;
        return new($"{known:yyyy}", $"{known:MM}", $"{known:dd}", Itself: true, known.TimeOfDay, known.TimeOfDay != TimeSpan.Zero, offset) { IsSerial = true };
    }

    private static DateParts? Named(string day)
    {
        if (Names().Match(day) is not { Success: true } match) return null;
        var month = Array.FindIndex(Months, m => match.Groups["month"].Value.StartsWith(m, StringComparison.OrdinalIgnoreCase)) + 1;
        return new(match.Groups["year"].Value, $"{month}", match.Groups["day"].Value, Itself: true, default, false, null) { IsNamed = true };
    }

    private static TimeSpan? Clock(Match time)
    {
        var hour = int.Parse(time.Groups["h"].Value, CultureInfo.InvariantCulture);
        var minute = time.Groups["m"].Success ? int.Parse(time.Groups["m"].Value, CultureInfo.InvariantCulture) : time.Groups["half"].Success ? 30 : 0;
        var second = time.Groups["s"].Success ? int.Parse(time.Groups["s"].Value, CultureInfo.InvariantCulture) : 0;
        var part = (time.Groups["han"].Value + time.Groups["en"].Value).ToLowerInvariant().Replace(".", "", StringComparison.Ordinal);
        if (part is "下午" or "晚上" or "傍晚" or "pm" && hour < 12) hour += 12;
        else if (part is "中午" && hour is > 0 and < 4) hour += 12;
        else if (part is "am" or "凌晨" && hour == 12) hour = 0;
        return hour < 24 && minute < 60 && second < 60 ? new(hour, minute, second) : null;
    }

    private static TimeSpan? OffsetOf(string zone)
    {
        if (zone is "Z" or "z") return TimeSpan.Zero;
        var digits = string.Concat(zone.Where(char.IsAsciiDigit)).PadRight(4, '0');
        var (hours, minutes) = (int.Parse(digits[..2], CultureInfo.InvariantCulture), int.Parse(digits[2..4], CultureInfo.InvariantCulture));
        return hours > 14 || minutes > 59 ? null : (zone[0] == '-' ? -1 : 1) * new TimeSpan(hours, minutes, 0);
    }

    // 二〇二四年三月十五日; ten stands for itself or for a place.
    private static string FromHan(string text) => Han().Replace(text.Replace('○', '〇').Replace('零', '〇'), m =>
    {
        var ten = m.Value.IndexOf('十', StringComparison.Ordinal);
        if (ten < 0) return string.Concat(m.Value.Select(c => (char)('0' + Digits.IndexOf(c, StringComparison.Ordinal))));
        var (tens, ones) = (ten == 0 ? 1 : Digits.IndexOf(m.Value[ten - 1], StringComparison.Ordinal), ten == m.Value.Length - 1 ? 0 : Digits.IndexOf(m.Value[ten + 1], StringComparison.Ordinal));
        return $"{(tens * 10) + ones}";
    });

    private readonly record struct DateParts(string A, string B, string C, bool Itself, TimeSpan Clock, bool HasTime, TimeSpan? Offset)
    {
        public bool IsNamed { get; init; }
        public bool IsSerial { get; init; }

        public IEnumerable<(DateOrder Order, WrittenMoment Moment)> Readings()
        {
            if (Itself)
            {
                if (Moment(A, B, C) is { } one) yield return (IsNamed ? DateOrder.Named : IsSerial ? DateOrder.Serial : DateOrder.YearMonthDay, one);
                yield break;
            }
            var (front, behind) = (A.Length != 1 && C.Length <= 2, A.Length <= 2 && C.Length != 1 && C.Length != 3);
            if (front && Moment(A, B, C) is { } ymd) yield return (DateOrder.YearMonthDay, ymd);
            if (behind && Moment(C, B, A) is { } dmy) yield return (DateOrder.DayMonthYear, dmy);
            if (behind && Moment(C, A, B) is { } mdy) yield return (DateOrder.MonthDayYear, mdy);
            if (front && Moment(A, C, B) is { } ydm) yield return (DateOrder.YearDayMonth, ydm);
        }

        private WrittenMoment? Moment(string y, string m, string d)
        {
            var (year, month, day) = (int.Parse(y, CultureInfo.InvariantCulture), int.Parse(m, CultureInfo.InvariantCulture), int.Parse(d, CultureInfo.InvariantCulture));
            if (y.Length <= 2) year += year < 70 ? 2000 : 1900;
            if (year is < 1000 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
            return new(new DateTime(year, month, day).Add(Clock), HasTime, Offset);
        }
    }

    [GeneratedRegex(@"^[0-9]{5,13}(\.[0-9]{1,12})?$", RegexOptions.NonBacktracking)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"^([0-9]{2}|[0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*[日号]?(?:\s*(?:星期|周|\()[一二三四五六日天0-9)]*)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Chinese();

    [GeneratedRegex(@"^([0-9]{1,2}|[0-9]{4})\s?[-/.\s]\s?([0-9]{1,2})\s?[-/.\s]\s?([0-9]{1,2}|[0-9]{4})\.?$", RegexOptions.NonBacktracking)]
    private static partial Regex Three();

    [GeneratedRegex(@"^(?:[a-z]{3,9}\.?,?\s+)?(?:(?<day>[0-9]{1,2})(?:st|nd|rd|th)?[\s\-/,]+(?<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?|(?<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?[\s\-/]+(?<day>[0-9]{1,2})(?:st|nd|rd|th)?)[\s\-/,]+(?<year>[0-9]{4}|[0-9]{2})$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Names();

    [GeneratedRegex(@"(?<=[T\s日号,0-9])(?:(?<=[T\s日号,])|(?=上|下|中|晚|凌|早|傍))\s*(?<han>上午|下午|中午|晚上|傍晚|凌晨|早上)?\s*(?<h>[0-9]{1,2})(?:(?::|点|时)(?:(?<m>[0-9]{1,2})|(?<half>半))?)(?:(?::|分)(?:(?<s>[0-9]{1,2})(?:[.,][0-9]{1,7})?秒?)?)?\s*(?<en>[ap]\.?m\.?)?\s*(?<zone>Z|(?:GMT|UTC)?[+-][0-9]{2}:?[0-9]{0,2})?$", RegexOptions.IgnoreCase)]
    private static partial Regex Times();

    [GeneratedRegex("[〇一二三四五六七八九十]+(?=[年月日号])")]
    private static partial Regex Han();
}
