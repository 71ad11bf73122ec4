using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>Whether an amount that a model names stands in the words that it quotes: 800,000 in "八十万" or "800k", not in "too dear".</summary>
internal static partial class Figures
{
    /// <summary>More than this is no deal of ours.</summary>
    public const decimal Most = 1_000_000_000_000m;

    private const string Han = "零一二三四五六七八九";
    private static readonly string[] Words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    public static bool Support(string quote, decimal amount)
    {
        if (amount is <= 0 or > Most) return false;
        var sought = Significant(amount.ToString(CultureInfo.InvariantCulture));
        return Numbers().Matches(Digits(quote)).Any(m => Significant(m.Value) == sought);
    }

    private static string Significant(string number) => new string([.. number.Where(char.IsAsciiDigit)]).Trim('0');

    // Words for digits become digits, words for powers of ten only hold them together: 三十五万 is 35, "one hundred and twenty" 120.
    private static string Digits(string quote)
    {
        var text = new StringBuilder();
        foreach (var c in quote.Normalize(NormalizationForm.FormKC).ToLowerInvariant())
        {
            var digit = Han.IndexOf(c is '〇' ? '零' : c is '两' or '俩' ? '二' : c, StringComparison.Ordinal);
            if (digit >= 0) text.Append((char)('0' + digit));
            else if (c == '半') text.Append('5');
            else if (c is '十' or '百' or '千' or '万' or '亿') text.Append(text.Length > 0 && char.IsAsciiDigit(text[^1]) ? "" : "1");
            else if (c is not (',' or '，')) text.Append(c);
        }
        var plain = Spelled().Replace(text.ToString(), m => Value(m.Value.Trim()));
        return Joints().Replace(plain, "");
    }

    private static string Value(string words) => words switch
    {
        "half" => "5",
        "quarter" => "25",
        _ when Array.IndexOf(Words, words) is >= 0 and var small => small.ToString(CultureInfo.InvariantCulture),
        _ => Array.IndexOf(Tens, words[..^0]).ToString(CultureInfo.InvariantCulture),
    };

    [GeneratedRegex(@"\b(?:half|quarter|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Spelled();

    [GeneratedRegex(@"(?<=\d)(?:[ \-]?(?:hundred|thousand|million|and)[ \-]?|[ \-.])+(?=\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Joints();

    [GeneratedRegex(@"\d+")]
    private static partial Regex Numbers();
}
