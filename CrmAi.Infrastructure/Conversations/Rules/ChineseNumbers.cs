using System.Globalization;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>Numbers as written in Chinese or in digits: 12, 1,500, 十二, 两百八, 三四十 (the larger is taken), 半.</summary>
static class ChineseNumbers
{
    public const string Digits = "一二三四五六七八九十百千两零〇半";

    public static decimal? Parse(string text)
    {
        var plain = text.Replace(",", "", StringComparison.Ordinal).TrimEnd('.');
        if (plain.Length == 0) return null;
        if (decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return number;
        if (plain == "半") return 0.5m;
        decimal total = 0, digit = 0;
        var unit = 1m;
        var last = 1m;
        foreach (var c in plain)
        {
            switch (c)
            {
                case '十' or '百' or '千':
                    unit = c == '十' ? 10 : c == '百' ? 100 : 1000;
                    total += (digit == 0 ? 1 : digit) * unit;
                    last = unit;
                    digit = 0;
                    break;
                case '零' or '〇':
                    last = 1;
                    break;
                case '两':
                    digit = 2;
                    break;
                case '半':
                    return null;
                default:
                    var value = "一二三四五六七八九".IndexOf(c) + 1;
                    if (value == 0) return null;
                    digit = value;
                    break;
            }
        }

        // 两百八 is 280: a digit that ends the number counts the next lower unit.
        return total + (last >= 100 && digit > 0 ? digit * last / 10 : digit);
    }
}
