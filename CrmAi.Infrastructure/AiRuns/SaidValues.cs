using System.Globalization;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>Amounts that a model names, where its quote holds them.</summary>
internal static class SaidAmounts
{
    private static readonly HashSet<string> Currencies = ["CNY", "USD", "EUR", "GBP", "HKD", "SGD", "JPY"];

    /// <summary>Minor units and currency; null where the words say no such amount.</summary>
    public static (long Minor, string Currency)? Read(double? amount, string? currency, string quote)
    {
        if (amount is not { } said || !double.IsFinite(said) || Math.Abs(said) > (double)Figures.Most || currency is null || !Currencies.Contains(currency)) return null;
        var major = Math.Round((decimal)said, 2);
        return Figures.Support(quote, major) ? ((long)(currency == "JPY" ? major : major * 100), currency) : null;
    }
}

/// <summary>Dates that a model names.</summary>
internal static class SaidDates
{
    private const int YearsBack = 1, YearsAhead = 5;

    /// <summary>Null where it is no date, or further from the conversation than anybody plans.</summary>
    public static DateOnly? Read(string? date, DateTimeOffset held) =>
        DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day >= DateOnly.FromDateTime(held.DateTime).AddYears(-YearsBack) && day <= DateOnly.FromDateTime(held.DateTime).AddYears(YearsAhead) ? day : null;
}
