namespace CrmAi.Domain.Duplicates;

/// <summary>By what those companies are found that may be the same: each pair that <see cref="CompanyScore"/> suspects has one in common. None is ever one of a person's.</summary>
public static class CompanyKeys
{
    public static HashSet<string> Of(CompanyMatchForm form)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in form.Names.Append(form.Called).OfType<CompanyNaming>())
        {
            if (name.Form.Core.Length > 1) keys.Add(Name(name.Form.Core));
            if (name.Form.Brand.Length > 1) keys.Add(Name(name.Form.Brand));
            if (name.Sound.Length >= CompanyScore.LeastSound) keys.Add($"co.s:{name.Sound}");
        }
        if (form.Domain is { } domain) keys.Add(Website(domain));
        if (form.Phone is { } phone) keys.Add(Phone(phone));
        if (form.CreditCode is { } code) keys.Add($"co.c:{code}");
        return keys;
    }

    public static string Name(string name) => $"co.n:{name}";

    public static string Website(string domain) => $"co.w:{domain}";

    public static string Phone(string number) => $"co.t:{number}";
}
