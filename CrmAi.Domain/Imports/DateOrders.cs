namespace CrmAi.Domain.Imports;

/// <summary>In which order a day's numbers are written. Named is of days with the month's name, Serial of a spreadsheet's day count (1 is 1900-01-01).</summary>
public enum DateOrder { YearMonthDay, DayMonthYear, MonthDayYear, YearDayMonth, Named, Serial }

/// <summary>
/// Decides a column's order from all its values: never from one row alone, and never where two orders fit them all. A day that says its own order (with a month's name, in Chinese, a day count)
/// speaks for none. With a year of four digits in front the month follows, unless some day of the column says that it does not.
/// </summary>
public sealed class DateOrders
{
    private static readonly DateOrder[] Orders = [DateOrder.YearMonthDay, DateOrder.DayMonthYear, DateOrder.MonthDayYear, DateOrder.YearDayMonth];

    // By the place of the year: in front, behind, and either where it has two digits.
    private readonly HashSet<DateOrder> front = [.. Orders], open = [.. Orders];
    private bool hasOpen;

    /// <summary>Values that were seen, and of them those that are no day in any order.</summary>
    public int Seen { get; private set; }
    public int Unread { get; private set; }

    /// <summary>Takes one cell into account; a blank one is none.</summary>
    public void See(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        Seen++;
        var possible = ImportDates.OrdersOf(text);
        if (possible.Count == 0) Unread++;
        else if (ImportDates.SaysItself(text)) return;
        else if (ImportDates.HasYearInFront(text)) front.IntersectWith(possible);
        else
        {
            open.IntersectWith(possible);
            hasOpen = true;
        }
    }

    /// <summary>Orders that fit every value that can be read, the commonest first; empty where the column mixes them.</summary>
    public IReadOnlyList<DateOrder> Possible
    {
        get
        {
            if (!hasOpen) return front.Contains(DateOrder.YearMonthDay) ? [DateOrder.YearMonthDay] : front.Contains(DateOrder.YearDayMonth) ? [DateOrder.YearDayMonth] : [];
            return [.. Orders.Where(o => open.Contains(o) && (o == DateOrder.YearDayMonth ? front.Contains(o) : front.Contains(DateOrder.YearMonthDay)))];
        }
    }

    /// <summary>The order, or null where several fit and the days would differ, or none does: then a person chooses.</summary>
    public DateOrder? Decided => Possible is [var one] ? one : null;
}
