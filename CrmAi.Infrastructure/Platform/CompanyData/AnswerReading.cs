using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.Platform.CompanyData;

/// <summary>Takes values out of answers whose fields come and go, and change their types. Texts are data: one line, without marks, and no longer than they may be.</summary>
internal static partial class AnswerReading
{
    // Offsets in milliseconds are given at midnight of the register's own zone.
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    public static JsonElement? At(this JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    /// <exception cref="DataFaultException">enrichment.garbage: it is not there.</exception>
    public static JsonElement Need(this JsonElement of, string name, JsonValueKind kind) =>
        of.At(name) is { } value && value.ValueKind == kind ? value : throw new DataFaultException("enrichment.garbage", "another shape");

    public static IEnumerable<JsonElement> Items(this JsonElement of, string name) => of.At(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>Null for nothing, and for "-", by which sources say so.</summary>
    public static string? Text(this JsonElement of, string name, int most = 200)
    {
        var text = of.At(name) is { } value ? value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null } : null;
        return Plain(text, most);
    }

    public static string? Plain(string? text, int most)
    {
        if (text is null) return null;
        var line = OneLine.Of(Marks().Replace(text, ""));
        if (line is "" or "-" or "--") return null;
        return line.Length <= most ? line : Search.SearchTerms.Cut(line, most);
    }

    public static int? Number(this JsonElement of, string name) => of.At(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number
        : value.ValueKind == JsonValueKind.String && int.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var spelt) ? spelt : null;

    /// <summary>Milliseconds since 1970, or a text that begins with a date.</summary>
    public static DateOnly? Day(this JsonElement of, string name)
    {
        if (of.At(name) is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String)
        {
            var text = value.GetString()!;
            return text.Length >= 10 && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
                : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var spelt) ? Of(spelt) : null;
        }
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var milliseconds) ? Of(milliseconds) : null;

        static DateOnly? Of(long milliseconds) => milliseconds is < -5_000_000_000_000 or > 5_000_000_000_000 ? null : DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToOffset(Beijing).DateTime);
    }

    // Searches mark what they found.
    [GeneratedRegex("</?(em|b|strong|font)[^<>]{0,60}>", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Marks();
}
