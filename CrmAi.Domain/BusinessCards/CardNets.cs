using System.Text.RegularExpressions;

namespace CrmAi.Domain.BusinessCards;

/// <summary>E-mail addresses, websites and WeChat names in print as it was read.</summary>
public static partial class CardNets
{
    // The ends that business domains have, beside countries' two letters.
    private static readonly HashSet<string> Ends = new(StringComparer.Ordinal)
    {
        "com", "net", "org", "info", "biz", "edu", "gov", "xyz", "top", "tech", "vip", "shop", "site", "online", "cloud", "group", "ltd", "team", "work", "link", "law", "studio", "design",
        "agency", "consulting", "solutions", "global", "world", "store", "app", "dev", "pro", "club", "fund", "media", "asia", "email", "company", "capital", "systems", "software", "digital", "finance",
        "example", // reserved, for cards of nobody
    };

    private static readonly HashSet<string> Countries = new(StringComparer.Ordinal)
    {
        "cn", "hk", "tw", "mo", "sg", "jp", "kr", "us", "uk", "de", "fr", "it", "es", "nl", "be", "ch", "at", "se", "no", "dk", "fi", "pl", "cz", "ie", "pt", "gr", "ru", "ua", "tr", "il", "ae", "in", "id", "my", "th", "vn", "ph",
        "au", "nz", "ca", "mx", "br", "ar", "cl", "za", "eu", "io", "ai", "co", "cc", "tv", "me", "so", "im", "la", "fm", "is", "lu", "hu", "ro", "bg", "hr", "si", "sk", "lt", "lv", "ee", "sa", "qa", "eg", "ng", "ke", "pk", "bd", "lk", "kz", "pe",
    };

    /// <summary>An e-mail address, lower case; null where there is none. What is read for @ is put right only where a label says that one follows.</summary>
    public static string? Email(string text, bool labelled)
    {
        var plain = text.Replace('©', '@').Replace('®', '@').Replace("|.", "l.", StringComparison.Ordinal);
        if (labelled) plain = plain.Replace("(a)", "@", StringComparison.OrdinalIgnoreCase).Replace(" ", "", StringComparison.Ordinal);
        plain = Tidied(plain);
        return Emails().Match(plain) is { Success: true } match ? match.Value.ToLowerInvariant().Trim('.', '-') : null;
    }

    /// <summary>A website as "www.example.com" or "example.com/path", lower case; null where there is none or its end is no domain's.</summary>
    public static string? Website(string text, bool labelled)
    {
        var plain = text.ToLowerInvariant();
        if (plain.Contains('@', StringComparison.Ordinal)) return null;
        if (labelled) plain = plain.Replace(" ", "", StringComparison.Ordinal);
        plain = Protocol().Replace(Tidied(plain), "");
        plain = Prefix().Replace(plain, "www.");
        if (Sites().Match(plain) is not { Success: true } match) return null;
        var site = match.Value.TrimEnd('/', '.', '-');
        var host = match.Groups["host"].Value;
        return IsDomain(host) && (labelled || host.StartsWith("www.", StringComparison.Ordinal) || plain.Trim().Length <= site.Length + 6) ? site : null;
    }

    /// <summary>A WeChat name after its label: a letter and five to nineteen letters, digits, - or _ (or a mobile number); null where there is none.</summary>
    public static string? WeChat(string text)
    {
        var words = text.Trim(' ', ':', '.', '-', ';').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return null;
        // It holds no blanks: where one was read there was a low line.
        var joined = words.Length == 1 ? words[0] : string.Concat(words).All(char.IsAsciiDigit) ? string.Concat(words) : string.Join('_', words.Take(2));
        joined = joined.Replace("__", "_", StringComparison.Ordinal).Replace("-_", "_", StringComparison.Ordinal).Replace("_-", "_", StringComparison.Ordinal);
        return WeChats().Match(joined) is { Success: true } match ? match.Value : null;
    }

    /// <summary>Whether the end is one of a domain.</summary>
    public static bool IsDomain(string host)
    {
        var parts = host.Split('.');
        return parts.Length >= 2 && parts.All(p => p.Length > 0) && (Ends.Contains(parts[^1]) || Countries.Contains(parts[^1]));
    }

    /// <summary>The part that names the company: "example" in www.example.com.cn.</summary>
    public static string Core(string host)
    {
        var parts = host.Split('.').Where(p => p != "www").ToList();
        var end = parts.Count >= 3 && parts[^2] is "com" or "net" or "org" or "co" or "gov" or "edu" or "ac" ? parts.Count - 3 : parts.Count - 2;
        return end >= 0 ? parts[end] : "";
    }

    private static string Tidied(string text) => Around().Replace(text, "$1").Replace(",", ".", StringComparison.Ordinal).Replace("..", ".", StringComparison.Ordinal);

    [GeneratedRegex(@"\s*([@.])\s*(?=[A-Za-z0-9])")]
    private static partial Regex Around();

    [GeneratedRegex(@"[A-Za-z0-9](?:[A-Za-z0-9._%+-]*[A-Za-z0-9_])?@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,12}")]
    private static partial Regex Emails();

    [GeneratedRegex(@"https?[:;.]?/{1,2}")]
    private static partial Regex Protocol();

    [GeneratedRegex(@"(?<![a-z0-9])(?:w{2,4}|vvww|wvvw|wwvv)[ .:;]+(?=[a-z0-9])")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"(?<![a-z0-9@.-])(?<host>[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*\.[a-z]{2,12})(?:/[a-z0-9_./%-]*)?(?![a-z0-9@])")]
    private static partial Regex Sites();

    [GeneratedRegex(@"^(?:[A-Za-z][A-Za-z0-9_-]{4,19}|1[3-9]\d{9})")]
    private static partial Regex WeChats();
}
