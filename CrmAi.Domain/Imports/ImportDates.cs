namespace CrmAi.Domain.Imports;

/// <summary>Days and times as people write them in tables.</summary>
public static class ImportDates
{
    /// <summary>Orders in which the text is a day; empty where it is none.</summary>
    public static IReadOnlyList<DateOrder> OrdersOf(string text) => [];

    /// <summary>Whether the text is one day in whichever order the column is.</summary>
    public static bool SaysItself(string text) => false;
}
