using System.Globalization;

namespace CrmAi.Web.Shared;

/// <summary>Amounts in minor units, as pages show and take them.</summary>
public static class Money
{
    private static readonly Dictionary<string, string> Signs = new() { ["CNY"] = "¥", ["USD"] = "$", ["EUR"] = "€", ["GBP"] = "£", ["HKD"] = "HK$" };

    /// <summary>For narrow places: three digits and the size they are of, 67.5万 or 675K.</summary>
    public static string Compact(long minor, string? currency)
    {
        var sign = currency is null ? "" : Signs.GetValueOrDefault(currency, currency + " ");
        var chinese = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";
        var amount = minor / 100m;
        var (unit, name) = Units(chinese).FirstOrDefault(u => Math.Abs(Three(amount / u.Size)) >= 1, (Size: 1m, Name: ""));
        return sign + Three(amount / unit).ToString("#,0.##", CultureInfo.CurrentCulture) + name;
    }

    private static (decimal Size, string Name)[] Units(bool chinese) => chinese ? [(100_000_000m, "\u4EBF"), (10_000m, "\u4E07")] : [(1_000_000_000m, "B"), (1_000_000m, "M"), (1_000m, "K")];

    private static decimal Three(decimal value) => Math.Round(value, Math.Abs(value) switch { >= 100 => 0, >= 10 => 1, _ => 2 }, MidpointRounding.AwayFromZero);

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
