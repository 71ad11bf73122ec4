namespace CrmAi.Domain.Interactions;

/// <summary>How the numbers of a written date stand; the ambiguous ones are settled from the whole text.</summary>
internal enum DateShape { None, YearMonthDay, MonthDay, TwoNumbers, TwoNumbersYear, ThreeShort }

/// <summary>A date and time as written, not yet completed.</summary>
internal readonly record struct ChatStamp(
    DateShape Shape, int A, int B, int C, int? DaysAgo, DayOfWeek? Weekday,
    TimeSpan? Time, TimeSpan? Offset, bool HasSeconds, bool TwelveHour, bool HasComma)
{
    public bool IsRelative => Shape == DateShape.None && (DaysAgo is not null || Weekday is not null);

    public bool HasDate => Shape != DateShape.None || IsRelative;
}
