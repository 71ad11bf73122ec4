using System.Text.RegularExpressions;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>An amount of money in a clause; places count folded characters.</summary>
sealed record Amount(Clause Clause, int Start, int Length, decimal Value, string Currency);

/// <summary>Reads amounts of money: 30万, 八十万, 50w, 1,500,000元, 1.2M RMB, USD 200k. Of a range the upper end is taken.</summary>
static class Amounts
{
    const string Number = @"(?:[0-9][0-9,]*(?:\.[0-9]+)?)";
    const string Han = "[一二三四五六七八九十百千两零]";
    const string Before = @"(?<before>rmb|cny|usd|us\$|hk\$|s\$|hkd|sgd|eur|gbp|jpy|\$|€|£|¥|人民币|美金|美元)";
    const string After = @"(?<after>rmb|cny|yuan|usd|dollars?|euros?|eur|gbp|pounds|hkd|sgd|jpy|人民币|美元|美金|欧元|英镑|港币|港元|新币|日元|元|块)";

    static readonly string[] SmallNumbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    static readonly string[] Tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    static readonly Regex Pattern = new(
        $@"(?:^|[^a-z0-9.])(?<all>(?:{Before} ?)?(?:(?<low>{Number}|{Han}+) ?(?<lowunit>万|k|m|w)? ?(?:-|~|–|到|至|to|and) ?(?:{Before} ?)?)?(?<number>{Number}|{Han}+|half a|a quarter|(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)[ -]?)+) ?(?<more>多|来|几|个)?(?<unit>百万|千万|亿|万|w|千|thousand|million|mn|mil|billion|k|m|bn)?(?<half>半)?(?:多|左右|上下|出头)? ?(?:{After})?)(?:$|[^a-z0-9])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    public static IEnumerable<Amount> In(Clause clause)
    {
        var text = clause.Text;
        for (var at = 0; at < text.Length;)
        {
            var match = Pattern.Match(text, at);
            if (!match.Success) yield break;
            var all = match.Groups["all"];
            at = all.Index + all.Length;
            if (Value(match) is { } value && Currency(match) is { } currency) yield return new(clause, all.Index, all.Length, value, currency);
        }
    }

    /// <summary>Whatever numbers a folded text writes, money or not.</summary>
    public static IEnumerable<decimal> ValuesIn(string folded)
    {
        for (var at = 0; Pattern.Match(folded, at) is { Success: true } match; at = match.Groups["all"].Index + match.Groups["all"].Length)
        {
            if (Value(match) is { } value) yield return value;
        }
    }

    static decimal? Value(Match match)
    {
        var written = match.Groups["number"].Value;
        var number = char.IsAsciiLetter(written[0]) ? Spelled(written) : ChineseNumbers.Parse(written);
        if (number is not > 0 || number > 1_000_000_000_000m) return null;
        var value = number.Value;
        if (match.Groups["unit"] is { Success: true } unit)
        {
            value *= Unit(unit.Value);
            if (match.Groups["half"].Success) value += Unit(unit.Value) / 2;
        }

        return value;
    }

    static decimal Unit(string word) => word switch
    {
        "千" or "k" or "thousand" => 1_000,
        "万" or "w" => 10_000,
        "百万" or "m" or "mn" or "mil" or "million" => 1_000_000,
        "千万" => 10_000_000,
        "亿" => 100_000_000,
        _ => 1_000_000_000,
    };

    static decimal Word(string word)
    {
        var small = Array.IndexOf(SmallNumbers, word);
        var tens = Array.IndexOf(Tens, word);
        return small >= 0 ? small : tens >= 0 ? (tens + 2) * 10 : word == "fifteen" ? 15 : 0;
    }

    static decimal Spelled(string text)
    {
        if (text == "half a") return 0.5m;
        if (text == "a quarter") return 0.25m;
        decimal total = 0;
        foreach (var part in text.Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries))
            total = part == "hundred" ? Math.Max(total, 1) * 100 : total + Word(part);
        return total;
    }

    // A bare number is no money; a bare 千 or k counts things as often as money, m metres.
    static string? Currency(Match match)
    {
        var written = match.Groups["before"] is { Success: true } before ? before.Value : match.Groups["after"] is { Success: true } after ? after.Value : null;
        if (written is null) return match.Groups["unit"].Value is "" or "千" ? null : "CNY";
        return written switch
        {
            "usd" or "us$" or "$" or "dollar" or "dollars" or "美元" or "美金" => "USD",
            "hk$" or "hkd" or "港币" or "港元" => "HKD",
            "s$" or "sgd" or "新币" => "SGD",
            "eur" or "€" or "euro" or "euros" or "欧元" => "EUR",
            "gbp" or "£" or "pounds" or "英镑" => "GBP",
            "jpy" or "日元" => "JPY",
            _ => "CNY",
        };
    }
}
