namespace CrmAi.Domain.Imports;

/// <summary>In which order a day's numbers are written. Named is of days with the month's name, Serial of a spreadsheet's day count (1 is 1900-01-01).</summary>
public enum DateOrder { YearMonthDay, DayMonthYear, MonthDayYear, YearDayMonth, Named, Serial }

/// <summary>
/// Decides a column's order from all its values: never from one row alone, and never where two orders fit them all. A day that says its own order (with a month's name, in Chinese, or with the year in front)
/// is read whatever the column's is.
/// </summary>
public sealed partial class DateOrders
{
    private readonly bool[] fits = [true, true, true, true, true, true];

    /// <summary>Values that were seen, and of them those that no order fits.</summary>
    public int Seen { get; private set; }
    public int Unread { get; private set; }

    /// <summary>Takes one cell into account; a blank one is none.</summary>
    public void See(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        Seen++;
        var possible = ImportDates.OrdersOf(text);
        if (possible.Count == 0) Unread++;
        else if (!ImportDates.SaysItself(text)) for (var i = 0; i < fits.Length; i++) fits[i] &= possible.Contains((DateOrder)i);
    }

    /// <summary>Orders that fit every value that can be read, the commonest first; empty where the column mixes them.</summary>
    public IReadOnlyList<DateOrder> Possible => [.. Enum.GetValues<DateOrder>().Where(o => fits[(int)o])];

    /// <summary>The order, or null where several fit and the days would differ, or none does: then a person chooses.</summary>
    public DateOrder? Decided => Possible is { Count: 1 } one ? one[0] : Possible.Count == Enum.GetValues<DateOrder>().Length ? DateOrder.YearMonthDay : null;
}
