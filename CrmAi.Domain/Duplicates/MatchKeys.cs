namespace CrmAi.Domain.Duplicates;

/// <summary>
/// By what those are found who may be the same person: each pair that <see cref="DuplicateScore"/> suspects has one in common, mistakes and all.
/// In clear only here: what is stored is a keyed digest of each.
/// </summary>
public static class MatchKeys
{
    /// <summary>A key that more contacts have than this finds nobody: a switchboard, the post of a company, a name like 王伟 alone.</summary>
    public const int MaxHolders = 40;

    public static HashSet<string> Of(MatchForm form)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        keys.UnionWith(form.Mobiles.Select(Mobile));
        keys.UnionWith(form.Lines.Select(Line));
        keys.UnionWith(form.WeChats.Select(WeChat));
        foreach (var email in form.Emails) keys.Add(Email(email));
        var companies = form.Companies.Where(c => c.Beginning.Length > 1).ToList();
        string[] letters = [.. form.Names.SelectMany(n => n.Letters).Distinct().Take(6)];
        foreach (var name in letters)
        {
            keys.Add(Name(name));
            foreach (var company in companies) keys.Add($"nc:{name}|{company.Beginning}");
            // Of a number with two wrong digits one third is right.
            foreach (var mobile in form.Mobiles.Where(m => m.Length >= 9))
            {
                keys.Add($"na:{name}|{mobile[..4]}");
                keys.Add($"nb:{name}|{mobile[4..^4]}");
                keys.Add($"nz:{name}|{mobile[^4..]}");
            }
            foreach (var line in form.Lines) keys.Add($"nl:{name}|{line}");
            foreach (var email in form.Emails.Where(e => e.Contains('@', StringComparison.Ordinal))) keys.Add($"nd:{name}|{email[(email.LastIndexOf('@') + 1)..]}");
        }
        foreach (var part in form.Names.SelectMany(n => n.Parts).Distinct().Take(6))
            foreach (var at in companies) keys.Add($"cp:{at.Core}|{part}");
        return keys;
    }

    public static string Mobile(string number) => $"m:{number}";

    public static string Line(string number) => $"l:{number}";

    public static string WeChat(string id) => $"w:{id}";

    /// <summary>Addresses that differ in what their owner may add share one.</summary>
    public static string Email(string address) => $"e:{MatchForm.Plain(address)}";

    /// <param name="letters">See <see cref="NameForm.Letters"/>.</param>
    public static string Name(string letters) => $"n:{letters}";
}
