using System.Globalization;
using System.Text.RegularExpressions;

namespace CrmAi.Web.Shared;

/// <summary>Amounts as people write them: 800,000, 80万, 八十万, 1.2亿, 950k, ¥1.2m.</summary>
public static partial class Amounts
{
    private const decimal Limit = 1_000_000_000_000m;
    private const string Digits = "零一二三四五六七八九";

    private static readonly Dictionary<string, decimal> Scales = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = 1, ["百"] = 100, ["千"] = 1_000, ["k"] = 1_000, ["w"] = 10_000, ["万"] = 10_000, ["百万"] = 1_000_000, ["m"] = 1_000_000, ["千万"] = 10_000_000, ["亿"] = 100_000_000, ["b"] = 1_000_000_000,
    };

    private static readonly Dictionary<string, string> Currencies = new(StringComparer.OrdinalIgnoreCase)
    {
        ["¥"] = "CNY", ["￥"] = "CNY", ["元"] = "CNY", ["块"] = "CNY", ["人民币"] = "CNY", ["rmb"] = "CNY", ["cny"] = "CNY", ["$"] = "USD", ["usd"] = "USD", ["美元"] = "USD", ["美金"] = "USD",
        ["€"] = "EUR", ["eur"] = "EUR", ["欧元"] = "EUR", ["£"] = "GBP", ["gbp"] = "GBP", ["英镑"] = "GBP", ["hk$"] = "HKD", ["hkd"] = "HKD", ["港币"] = "HKD",
    };

    /// <summary>In units, with the currency where one is named. Null where it is no amount, negative, or a trillion and more.</summary>
    public static (decimal Value, string? Currency)? Read(string text)
    {
        var parts = Parts().Match(text.Normalize(System.Text.NormalizationForm.FormKC).Trim());
        if (!parts.Success) return null;
        var sign = parts.Groups["before"].Value is { Length: > 0 } before ? before : parts.Groups["after"].Value;
        var currency = sign.Length == 0 ? null : Currencies.GetValueOrDefault(sign);
        if (sign.Length > 0 && currency is null) return null;
        var value = parts.Groups["number"].Value is { Length: > 0 } number ? Plain(number, parts.Groups["scale"].Value) : Spoken(parts.Groups["words"].Value);
        return value is >= 0 and < Limit ? (value.Value, currency) : null;
    }

    /// <summary>Minor units; null for none. False where the text is no amount.</summary>
    public static bool TryMinor(string text, out long? minor)
    {
        var read = string.IsNullOrWhiteSpace(text) ? null : Read(text);
        minor = read is { } amount ? (long)Math.Round(amount.Value * 100) : null;
        return read is not null || string.IsNullOrWhiteSpace(text);
    }

    /// <summary>As it is edited: exact, with groups of three.</summary>
    public static string Show(long? minor) => minor is { } value ? (value / 100m).ToString("#,0.##", CultureInfo.InvariantCulture) : "";

    private static decimal? Plain(string number, string scale) =>
        decimal.TryParse(number.Replace(",", ""), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value < Limit ? value * Scales[scale] : null;

    // 一百二十万, 三千五百, 两亿三千万; a last digit without its place counts a tenth of the place before it: 两万五.
    private static decimal? Spoken(string words)
    {
        decimal total = 0, part = 0, digit = -1, place = 1;
        foreach (var c in words.Replace('两', '二').Replace('〇', '零'))
        {
            if (Digits.IndexOf(c) is >= 0 and var d)
            {
                if (d > 0 && digit > 0) return null;
                (digit, place) = (d, d == 0 ? 10 : place);
            }
            else if (c is '十' or '百' or '千')
            {
                place = c switch { '十' => 10, '百' => 100, _ => 1000 };
                part += (digit > 0 ? digit : 1) * place;
                digit = -1;
            }
            else
            {
                place = c == '万' ? 10_000 : 100_000_000;
                var counted = part + Math.Max(0, digit);
                total = c == '万' ? total + (counted * place) : (total + counted) * place;
                (part, digit) = (0, -1);
            }
        }
        return total + part + (digit > 0 ? digit * (place >= 100 ? place / 10 : 1) : 0);
    }

    [GeneratedRegex(@"^(?<before>\$|¥|€|£|hk\$|rmb|cny|usd|eur|gbp|hkd)?\s*((?<number>\d[\d,]*(\.\d+)?|\.\d+)\s*(?<scale>百万|千万|百|千|万|亿|[kwmb])?|(?<words>[零〇一二两三四五六七八九十百千万亿]+))\s*(?<after>元|块|人民币|美元|美金|欧元|英镑|港币|rmb|cny|usd|eur|gbp|hkd)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Parts();
}
