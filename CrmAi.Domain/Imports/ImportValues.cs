using System.Globalization;
using System.Text.RegularExpressions;
using CrmAi.Domain.Contacts;

namespace CrmAi.Domain.Imports;

/// <summary>Single values as people write them in tables.</summary>
public static partial class ImportValues
{
    private static readonly HashSet<string> Yes = ["是", "有", "对", "y", "yes", "true", "t", "1", "√", "✓", "✔", "v", "on", "真"], No = ["否", "无", "没有", "不是", "不", "n", "no", "false", "f", "0", "×", "✗", "x", "off", "假"];

    public static bool? YesNo(string text) => ContactKeys.Fold(text) is var word && Yes.Contains(word) ? true : No.Contains(word) ? false : null;

    /// <summary>A sum with its currency, where the text names one. 万 and 亿, k and m are understood; a comma before one or two last digits is a decimal comma where no point stands.</summary>
    /// <returns>Null where it is none, or is below zero.</returns>
    public static (decimal Amount, string? Currency)? Money(string text)
    {
        var match = Sums().Match(ContactKeys.HalfWidth(text).Replace('￥', '¥').Trim());
        if (!match.Success || Number(match.Groups["number"].Value) is not { } number) return null;
        var factor = match.Groups["unit"].Value.ToLowerInvariant() switch { "万" or "w" => 10_000m, "千" or "k" => 1_000m, "百万" or "m" => 1_000_000m, "千万" => 10_000_000m, "亿" => 100_000_000m, _ => 1m };
        if (number > 1_000_000_000_000_000m) return null;
        return (number * factor, Currency(match.Groups["front"].Value) ?? Currency(match.Groups["behind"].Value));
    }

    /// <summary>CNY for 人民币, RMB, 元 and ¥; three letters as they are. Null for none that is known.</summary>
    public static string? Currency(string text) => ContactKeys.Fold(text) switch
    {
        "" => null,
        "¥" or "rmb" or "cny" or "人民币" or "元" or "圆" or "cn¥" or "人民币元" => "CNY",
        "$" or "usd" or "us$" or "美元" or "美金" => "USD",
        "€" or "eur" or "欧元" => "EUR",
        "£" or "gbp" or "英镑" => "GBP",
        "hk$" or "hkd" or "港币" or "港元" => "HKD",
        "nt$" or "twd" or "新台币" or "台币" => "TWD",
        "jpy" or "日元" or "円" => "JPY",
        { Length: 3 } code when code.All(char.IsAsciiLetter) => code.ToUpperInvariant(),
        _ => null,
    };

    /// <summary>A number, thousands parted or not.</summary>
    public static decimal? Number(string text)
    {
        var plain = ContactKeys.HalfWidth(text).Trim().Replace(" ", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        var (point, comma) = (plain.LastIndexOf('.'), plain.LastIndexOf(','));
        if (comma > point && (point >= 0 || plain.Length - comma is 2 or 3) && plain.IndexOf(',') == comma) plain = plain.Replace(".", "", StringComparison.Ordinal).Replace(',', '.');
        else plain = plain.Replace(",", "", StringComparison.Ordinal);
        return plain.Length <= 30 && decimal.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>People of a company: 50, "50-100" (the larger), "500人以上", "1,000+".</summary>
    public static int? Count(string text)
    {
        var numbers = Whole().Matches(ContactKeys.HalfWidth(text).Replace(",", "", StringComparison.Ordinal)).Select(m => m.Value).ToList();
        if (numbers.Count is 0 or > 2 || !int.TryParse(numbers[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return null;
        return text.Contains('万', StringComparison.Ordinal) ? count < 10_000 ? count * 10_000 : null : count;
    }

    /// <summary>Seconds: 90 for "90", "90秒", "1:30", "1分30秒", "1.5 min"; a bare number is minutes where the column says so.</summary>
    public static int? Seconds(string text, decimal factor)
    {
        var plain = ContactKeys.Fold(text);
        if (Clock().Match(plain) is { Success: true } clock)
        {
            var parts = clock.Value.Split(':').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToList();
            return parts.Count == 3 ? (parts[0] * 3600) + (parts[1] * 60) + parts[2] : (parts[0] * 60) + parts[1];
        }
        if (Number(plain) is { } bare) return bare is >= 0 and < 1_000_000 && bare * factor < 10_000_000 ? (int)Math.Round(bare * factor) : null;
        if (Spans().Match(plain) is not { Success: true } span || span.Length == 0) return null;
        decimal At(string group, int times) => span.Groups[group].Success ? decimal.Parse(span.Groups[group].Value, CultureInfo.InvariantCulture) * times : 0;
        var seconds = At("h", 3600) + At("m", 60) + At("s", 1);
        return seconds < 10_000_000 ? (int)Math.Round(seconds) : null;
    }

    /// <summary>Items between commas, semicolons, 、, bars, line ends or :::.</summary>
    public static IReadOnlyList<string> List(string text) =>
        [.. (text.Contains(":::", StringComparison.Ordinal) ? text.Split(":::") : Separators().Split(text)).Select(Shared.OneLine.Of).Where(i => i.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>One cell's telephone numbers, e-mails or the like; the cell itself where it does not fall into several that are such.</summary>
    public static IReadOnlyList<string> Several(string text, Func<string, bool> isOne)
    {
        var joined = text.Split(":::", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (joined.Length > 1) return joined;
        if (isOne(text)) return [text];
        var parts = Between().Split(text).Select(p => p.Trim()).Where(p => p.Length > 0).ToList();
        return parts.Count > 1 && parts.TrueForAll(p => isOne(p)) ? parts : [text];
    }

    /// <summary>A name of its parts: 张 and 三 are 张三; others stand as given name, middle name, family name.</summary>
    public static string Name(string? family, string? given, string? middle)
    {
        string[] parts = [family?.Trim() ?? "", middle?.Trim() ?? "", given?.Trim() ?? ""];
        return parts.Any(p => p.Any(IsHan)) && parts.All(p => p.Length == 0 || p.Any(IsHan)) ? string.Concat(parts) : string.Join(' ', parts.Reverse().Where(p => p.Length > 0));
    }

    /// <summary>A web address, with the scheme that people leave out.</summary>
    public static string? Url(string text)
    {
        var plain = text.Trim();
        if (!plain.Contains("://", StringComparison.Ordinal) && Host().IsMatch(plain)) plain = $"https://{plain}";
        return ContactRules.IsWebAddress(plain) ? plain : null;
    }

    internal static bool IsHan(char c) => c is (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\uD840' and <= '\uD88D') or (>= '\uDC00' and <= '\uDFFF') or '·' or '〇';

    [GeneratedRegex(@"^(?<front>[a-zA-Z]{3}|[A-Z]{0,3}[¥$€£]|人民币|美元)?\s*(?<number>[0-9][0-9,. ']*(?:E\+?[0-9]{1,2})?)\s*(?<unit>百万|千万|[万亿千wkm])?\s*(?<behind>[a-zA-Z]{3}|[¥$€£]|元|人民币|美元|美金|欧元|英镑|港币|日元)?(?:整)?$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Sums();

    [GeneratedRegex(@"[0-9]{1,10}", RegexOptions.NonBacktracking)]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[0-9]{1,4}:[0-9]{2}(:[0-9]{2})?$", RegexOptions.NonBacktracking)]
    private static partial Regex Clock();

    [GeneratedRegex(@"^(?:(?<h>[0-9]{1,4}(?:\.[0-9]{1,3})?)\s*(?:小时|时|hours?|hrs?|h)\s*)?(?:(?<m>[0-9]{1,5}(?:\.[0-9]{1,3})?)\s*(?:分钟|分|minutes?|mins?|m|')\s*)?(?:(?<s>[0-9]{1,6})\s*(?:秒钟?|seconds?|secs?|s|"")\s*)?$", RegexOptions.NonBacktracking)]
    private static partial Regex Spans();

    [GeneratedRegex(@"\s*(?::::|[,，、;；|\r\n])\s*", RegexOptions.NonBacktracking)]
    private static partial Regex Separators();

    [GeneratedRegex(@"\s*[,，、;；|/\r\n]\s*|\s{2,}|(?<=[0-9]{8,}) (?=1[3-9][0-9]{9})")]
    private static partial Regex Between();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*\.[a-z]{2,}(:[0-9]+)?([/?#]\S*)?$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Host();
}
