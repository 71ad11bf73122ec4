using System.Text.RegularExpressions;
using CrmAi.Domain.ContactFiles;
using Columns = CrmAi.Domain.ContactFiles.VCardColumns;

namespace CrmAi.Infrastructure.ContactFiles;

/// <summary>A card's properties as the cells of <see cref="VCardColumns"/>. What one kind has too many of stands in its last column, with ::: between.</summary>
internal sealed partial class VCardCells
{
    private static readonly Dictionary<string, int> Places = Columns.All.Select((name, i) => (name, i)).ToDictionary(c => c.name, c => c.i);

    private readonly string[] cells = [.. Enumerable.Repeat("", Columns.All.Count)];
    private readonly Dictionary<string, string> labels;

    public VCardCells(IReadOnlyList<VCardProperty> properties)
    {
        // Apple writes what a person calls a number beside it: item1.TEL and item1.X-ABLabel.
        labels = properties.Where(p => p.Name == "X-ABLABEL" && p.Group.Length > 0).GroupBy(p => p.Group).ToDictionary(g => g.Key, g => Apple().Replace(g.First().Text, "$1").ToLowerInvariant());
        foreach (var property in properties) Take(property);
        for (var i = 0; i < cells.Length; i++) cells[i] = Cells.Clean(cells[i]);
    }

    public IReadOnlyList<string> Texts => cells;

    public FilePhoto? Photo { get; private set; }

    public string? Note { get; private set; }

    private void Take(VCardProperty p)
    {
        switch (p.Name)
        {
            case "FN": Put(p.Text, Columns.Name); break;
            case "N":
                var name = p.Parts(';');
                string[] parts = [Columns.Family, Columns.Given, Columns.Middle, Columns.Prefix, Columns.Suffix];
                for (var i = 0; i < Math.Min(parts.Length, name.Count); i++) Put(name[i], parts[i]);
                break;
            case "NICKNAME": Put(string.Join(", ", p.Parts(',')), Columns.Nickname); break;
            case "ORG":
                var units = p.Parts(';');
                Put(units[0], Columns.Organisation);
                Put(string.Join(" / ", units.Skip(1).Where(u => u.Trim().Length > 0)), Columns.Department);
                break;
            case "TITLE": Put(p.Text, Columns.Title); break;
            case "ROLE": Put(p.Text, Columns.Role); break;
            case "TEL": Telephone(p); break;
            case "EMAIL": Put(p.Text, Columns.Email, Columns.Email2, Columns.Email3); break;
            case "X-WECHAT" or "X-WEIXIN" or "X-TENCENT-WECHAT" or "X-WECHAT-ID": Put(p.Text, Columns.WeChat); break;
            case "X-QQ" or "X-TENCENT-QQ": Put(p.Text, Columns.Qq); break;
            case "IMPP" or "X-SOCIALPROFILE" or "X-AIM" or "X-MSN" or "X-SKYPE" or "X-SKYPE-USERNAME" or "X-JABBER" or "X-GTALK" or "X-GOOGLE-TALK" or "X-ICQ" or "X-YAHOO" or "X-LINKEDIN" or "X-WEIBO": Instant(p); break;
            case "URL": Put(p.Text, Columns.Website, Columns.Website2); break;
            case "ADR": Address(p); break;
            case "BDAY": Put(Day(p), Columns.Birthday); break;
            case "GENDER": Put(p.Parts(';')[0], Columns.Gender); break;
            case "X-GENDER": Put(p.Text, Columns.Gender); break;
            case "CATEGORIES": Put(string.Join(", ", p.Parts(',')), Columns.Categories); break;
            case "NOTE": Put(p.Text, Columns.Note); break;
            case "PHOTO": Picture(p); break;
        }
    }

    private void Telephone(VCardProperty p)
    {
        var (text, label) = (Scheme().Replace(p.Text, ""), LabelOf(p));
        if (label.Contains("微信", StringComparison.Ordinal) || label.Contains("wechat", StringComparison.Ordinal)) { Put(text, Columns.WeChat); return; }
        if (p.Is("FAX") || label.Contains("fax", StringComparison.Ordinal) || label.Contains("传真", StringComparison.Ordinal)) Put(text, Columns.Fax);
        else if (p.Is("CELL", "IPHONE", "X-MOBILE", "MOBILE") || Mobiles().IsMatch(label)) Put(text, Columns.Mobile, Columns.Mobile2);
        else if (p.Is("WORK", "X-COMPANY", "COMPANY") || Works().IsMatch(label)) Put(text, Columns.Work, Columns.Work2);
        else if (p.Is("HOME") || Homes().IsMatch(label)) Put(text, Columns.Home);
        else Put(text, Columns.Other);
    }

    private void Instant(VCardProperty p)
    {
        var service = string.Join(' ', p.Types.Append(p.Parameters.GetValueOrDefault("X-SERVICE-TYPE") ?? "").Append(p.Name)).ToLowerInvariant() + LabelOf(p);
        var (text, scheme) = (p.Text, Scheme().Match(p.Text).Value.TrimEnd(':').ToLowerInvariant());
        var handle = p.Parameters.GetValueOrDefault("X-USER") is { Length: > 0 } user ? user : Uri.UnescapeDataString(Scheme().Replace(text, ""));
        if (Has("wechat") || Has("weixin") || Has("微信")) Put(handle, Columns.WeChat);
        else if (service.Split(' ', '-').Contains("qq") || scheme == "qq") Put(handle, Columns.Qq);
        else if (p.Name == "X-SOCIALPROFILE" || Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https") Put(text, Columns.Social);
        else Put(handle, Columns.Instant);

        bool Has(string word) => service.Contains(word, StringComparison.Ordinal) || scheme == word;
    }

    // Post office box, extended, street, locality, region, code, country.
    private void Address(VCardProperty p)
    {
        var parts = p.Parts(';').Select(x => string.Join(' ', x.Split('\n', '\r').Select(l => l.Trim())).Trim()).ToList();
        string At(int i) => i < parts.Count ? parts[i] : "";
        var isHan = parts.Exists(x => x.Any(c => c is >= '\u4e00' and <= '\u9fff'));
        string[] order = isHan ? [At(6), At(4), At(3), At(2), At(1), At(0), At(5)] : [At(0), At(1), At(2), At(3), At(4), At(5), At(6)];
        var text = string.Join(isHan ? " " : ", ", order.Where(x => x.Length > 0));
        var isHome = p.Is("HOME") || Homes().IsMatch(LabelOf(p));
        Put(text, isHome ? Columns.HomeAddress : Columns.WorkAddress);
        if (cells[Places[isHome ? Columns.HomeCity : Columns.WorkCity]].Length == 0) Put(At(3), isHome ? Columns.HomeCity : Columns.WorkCity);
    }

    private void Picture(VCardProperty p)
    {
        var value = p.Raw.AsSpan();
        if (value.StartsWith("data:", StringComparison.OrdinalIgnoreCase) && value.IndexOf(',') is > 0 and var comma) value = value[(comma + 1)..];
        else if (!p.IsBase64) return; // an address: nothing is fetched
        if (p.IsCut) { Note = "row.photo.large"; return; }
        var bytes = new byte[(value.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64Chars(value, bytes, out var length)) Note = "row.photo.broken";
        else if (length > FileLimits.MaxPhoto) Note = "row.photo.large";
        else if (length > 0) Photo = new(bytes.AsMemory(0, length));
    }

    // 19850412, 1985-04-12T00:00:00Z, --0412, and Apple's year 1604 for none.
    private static string Day(VCardProperty p)
    {
        var match = Days().Match(p.Text.Trim());
        if (!match.Success) return p.Text;
        var (year, month, day) = (match.Groups["y"].Value, match.Groups["m"].Value, match.Groups["d"].Value);
        return year.Length == 0 || year == p.Parameters.GetValueOrDefault("X-APPLE-OMIT-YEAR") ? $"--{month}-{day}" : $"{year}-{month}-{day}";
    }

    private string LabelOf(VCardProperty p) => p.Group.Length > 0 && labels.TryGetValue(p.Group, out var label) ? label : "";

    private void Put(string text, params ReadOnlySpan<string> columns)
    {
        text = text.Trim();
        if (text.Length == 0) return;
        foreach (var column in columns)
        {
            ref var cell = ref cells[Places[column]];
            if (cell == text) return;
            if (cell.Length > 0) continue;
            cell = text;
            return;
        }
        ref var last = ref cells[Places[columns[^1]]];
        if (last.Length + text.Length < FileLimits.MaxCell) last = $"{last} ::: {text}";
    }

    [GeneratedRegex(@"^_\$!<(.*)>!\$_$")]
    private static partial Regex Apple();

    [GeneratedRegex("^(tel|mailto|xmpp|aim|skype|sip|msnim|ymsgr|x-apple|weixin|wechat|qq|im):", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex("mobile|cell|iphone|手机|移动")]
    private static partial Regex Mobiles();

    [GeneratedRegex("work|office|company|单位|公司|工作|办公")]
    private static partial Regex Works();

    [GeneratedRegex("home|住宅|家")]
    private static partial Regex Homes();

    [GeneratedRegex(@"^(?:(?<y>\d{4})-?|--)(?<m>\d{2})-?(?<d>\d{2})(?:$|T)")]
    private static partial Regex Days();
}
