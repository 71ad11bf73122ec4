using System.Globalization;

namespace CrmAi.Web.Shared;

/// <summary>Amounts in minor units, as pages show and take them.</summary>
public static class Money
{
    private static readonly Dictionary<string, string> Signs = new() { ["CNY"] = "¥", ["USD"] = "$", ["EUR"] = "€", ["GBP"] = "£", ["HKD"] = "HK$" };

    public static string Show(long minor, string? currency)
    {
        var sign = currency is null ? "" : Signs.GetValueOrDefault(currency, currency + " ");
        var amount = minor / 100m;
        var chinese = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";
        return sign + (chinese, amount) switch
        {
            (true, >= 100_000_000) => (amount / 100_000_000).ToString("#,0.####", CultureInfo.CurrentCulture) + " \u4EBF",
            (true, >= 10_000) => (amount / 10_000).ToString("#,0.##", CultureInfo.CurrentCulture) + " \u4E07",
            _ => amount.ToString("#,0.##", CultureInfo.CurrentCulture),
        };
    }
}
