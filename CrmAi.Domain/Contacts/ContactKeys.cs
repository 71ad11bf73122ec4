using System.Globalization;
using System.Text;

namespace CrmAi.Domain.Contacts;

/// <summary>Normal forms by which equal things are found equal.</summary>
public static class ContactKeys
{
    /// <summary>Digits with the country code of mainland China left out: "+86 138-0000 6620" is "13800006620". An extension stays behind an x.</summary>
    public static string? Phone(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var half = HalfWidth(text).ToLowerInvariant();
        var cut = half.IndexOfAny(['转', '分', 'e', 'x', '#']);
        var number = new string([.. (cut < 0 ? half : half[..cut]).Where(char.IsAsciiDigit)]);
        if (number.StartsWith("0086", StringComparison.Ordinal)) number = number[4..];
        else if (number.StartsWith("86", StringComparison.Ordinal) && number.Length >= 12) number = number[2..];
        var extension = cut < 0 ? "" : new string([.. half[cut..].Where(char.IsAsciiDigit)]);
        number = number.TrimStart('0');
        return number.Length == 0 ? null : extension.Length == 0 ? number : $"{number}x{extension}";
    }

    /// <summary>The last four digits of the number, its extension left out; null for a shorter one.</summary>
    public static string? Tail(string? text) =>
        Phone(text)?.Split('x')[0] is { Length: >= 4 } number ? number[^4..] : null;

    public static string? Email(string? text) => string.IsNullOrWhiteSpace(text) ? null : HalfWidth(text).Trim().ToLowerInvariant();

    /// <summary>What stands behind the @, for grouping by company.</summary>
    public static string? EmailDomain(string? text) => Email(text) is { } mail && mail.LastIndexOf('@') is > 0 and var at ? mail[(at + 1)..] : null;

    public static string? WeChat(string? text) => string.IsNullOrWhiteSpace(text) ? null : HalfWidth(text).Trim().ToLowerInvariant();

    /// <summary>
    /// Folded for searching: compatibility forms made plain (full width to half), lower case, accents off, runs of space made one.
    /// Unicode Standard Annex 15, form KC, then marks of form D removed.
    /// </summary>
    public static string Fold(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var folded = new StringBuilder(text.Length);
        foreach (var rune in Whole(text).Normalize(NormalizationForm.FormKC).ToLowerInvariant().Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.Control) continue;
            if (Rune.IsWhiteSpace(rune)) { if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' '); }
            else folded.Append(rune.ToString());
        }
        // Lower once more: a capital that loses its accent only here (İ) is a capital still.
        return folded.ToString().TrimEnd().Normalize(NormalizationForm.FormC).ToLowerInvariant();
    }

    public static string HalfWidth(string text) => Whole(text).Normalize(NormalizationForm.FormKC);

    // Half a surrogate pair cannot be normalised.
    private static string Whole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) { i++; continue; }
            return string.Concat(text.EnumerateRunes().Select(r => r.ToString()));
        }
        return text;
    }
}
