using System.Text;
using System.Text.RegularExpressions;

namespace CrmAi.Domain.BusinessCards;

/// <summary>What a number is by its form alone. An <see cref="International"/> one may be either.</summary>
public enum PhoneForm { ChineseMobile, ChineseLandline, International }

/// <param name="Value">As printed, misread digits put right.</param>
/// <param name="Start">In the text, in characters.</param>
/// <param name="IsRepaired">A letter stood where only a digit can.</param>
public sealed record FoundPhone(string Value, PhoneForm Form, int Start, int Length, bool IsRepaired);

/// <summary>
/// Telephone numbers: Chinese mobiles (11 digits from 13 to 19), Chinese landlines (area code of two or three digits after 0, seven or eight digits,
/// extension), 400 and 800 numbers, and others of up to 15 digits with their country code (ITU-T E.164).
/// </summary>
public static partial class CardPhones
{
    private const string Misread = "OoQDlI|iSBZ";
    private const string Meant = "00001111582";

    /// <summary>In order of their places.</summary>
    /// <param name="text">Narrow (<see cref="Widths"/>).</param>
    /// <param name="labelled">A label says that a number follows: then one without area or country code counts too.</param>
    public static IReadOnlyList<FoundPhone> In(string text, bool labelled)
    {
        var found = new List<FoundPhone>();
        foreach (Match match in Candidates().Matches(text))
        {
            var (at, rest) = (match.Index, match.Value);
            foreach (var part in Parts(rest))
            {
                var place = at + rest.IndexOf(part, StringComparison.Ordinal);
                var repaired = Digits(part);
                if (FormOf(repaired, labelled) is not { } form) continue;
                var end = place + part.Length;
                var value = repaired.Trim(' ', '-', '.', '/', ',');
                if (form != PhoneForm.ChineseMobile && Extensions().Match(text[end..]) is { Success: true } extension && !HasExtension(value))
                {
                    value = $"{value} 转 {extension.Groups["number"].Value}";
                    end += extension.Length;
                }
                found.Add(new(value, form, place, end - place, repaired != part));
            }
        }
        return found;
    }

    /// <summary>Digits alone, without the country code of China and the 0 of an area.</summary>
    public static string Bare(string number)
    {
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        var bare = Regex.Replace(digits, @"^(?:00)?86(?=\d{7,})", "");
        return bare.TrimStart('0');
    }

    /// <summary>A number and the next with only a blank between them are parted where both then have a Chinese form.</summary>
    private static IEnumerable<string> Parts(string run)
    {
        if (FormOf(Digits(run), labelled: false) is { } form && form != PhoneForm.International) return [run];
        // 021-58886666-802: the number, and behind its last dash an extension.
        if (run.LastIndexOf('-') is > 7 and var dash && run.Length - dash is >= 3 and <= 6 && FormOf(Digits(run[..dash]), labelled: false) == PhoneForm.ChineseLandline) return [run[..dash]];
        for (var blank = run.IndexOf(' ', StringComparison.Ordinal); blank > 0; blank = run.IndexOf(' ', blank + 1))
        {
            var (a, b) = (run[..blank], run[(blank + 1)..]);
            if (FormOf(Digits(a), false) is PhoneForm.ChineseMobile or PhoneForm.ChineseLandline && FormOf(Digits(b), false) is PhoneForm.ChineseMobile or PhoneForm.ChineseLandline) return [a, b];
        }
        return [run];
    }

    private static PhoneForm? FormOf(string number, bool labelled)
    {
        var trimmed = number.Trim();
        var digits = string.Concat(trimmed.Where(char.IsAsciiDigit));
        var abroad = trimmed.StartsWith('+') || digits.StartsWith("00", StringComparison.Ordinal);
        var home = digits;
        if (digits.StartsWith("86", StringComparison.Ordinal) && digits.Length >= 11) (home, abroad) = (digits[2..], false);
        else if (digits.StartsWith("0086", StringComparison.Ordinal)) (home, abroad) = (digits[4..], false);
        if (abroad) return digits.Length is >= 8 and <= 17 ? PhoneForm.International : null;
        if (Mobile().IsMatch(home)) return PhoneForm.ChineseMobile;
        if (home.Length != digits.Length && Area().IsMatch("0" + home.TrimStart('0'))) return PhoneForm.ChineseLandline;
        if (Area().IsMatch(home) || Service().IsMatch(home)) return PhoneForm.ChineseLandline;
        if (labelled && home.Length is 7 or 8) return PhoneForm.ChineseLandline;
        // (415) 555-0134 without a country code; a run of digits alone may be anything.
        return digits.Length is >= 9 and <= 13 && (labelled || Grouped().IsMatch(trimmed)) ? PhoneForm.International : null;
    }

    private static string Digits(string run)
    {
        var text = new StringBuilder(run);
        for (var i = 0; i < text.Length; i++)
            if (Misread.IndexOf(text[i], StringComparison.Ordinal) is >= 0 and var at) text[i] = Meant[at];
        return text.ToString();
    }

    private static bool HasExtension(string value) => value.Contains('转', StringComparison.Ordinal);

    // A letter is a digit misread only between digits; blanks, dots, dashes and brackets group.
    [GeneratedRegex(@"(?<![A-Za-z0-9@._/])[+(]?\s?[+(]?\d(?:[\d() .-]|(?<=[\d() -])[OoQDlI|iSBZ](?=[\d OoQl-])){5,22}\d(?![A-Za-z@])")]
    private static partial Regex Candidates();

    // 转 is misread as many things, but what follows a whole number after one strange character is its extension.
    [GeneratedRegex(@"^[\s!'.:;]*(?:转|轉|-|ext\.?|extn\.?|x|分机|#|[^\s\d,;/|+(]{1,2}(?=\s?\d{3,4}\s*$))\s*:?\s*(?<number>\d{1,5})(?!\d)", RegexOptions.IgnoreCase)]
    private static partial Regex Extensions();

    [GeneratedRegex(@"^1[3-9]\d{9}$")]
    private static partial Regex Mobile();

    [GeneratedRegex(@"^(?:0(?:10|2\d)\d{8}|0[3-9]\d{2}\d{7,8})$")]
    private static partial Regex Area();

    [GeneratedRegex(@"^[48]00\d{7}$")]
    private static partial Regex Service();

    [GeneratedRegex(@"^\(?\d{2,4}\)?[ .-]\s?\d{3,4}[ .-]\d{3,5}$")]
    private static partial Regex Grouped();
}
