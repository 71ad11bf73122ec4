using CrmAi.Domain.Contacts;

namespace CrmAi.Domain.Duplicates;

/// <summary>What is compared of a company, as entered and as its registration says.</summary>
public sealed record CompanyFields : IMatchFields
{
    public string? Name { get; init; }
    public string? ShortName { get; init; }
    public string? Website { get; init; }
    public string? Phone { get; init; }
    public string? City { get; init; }

    /// <summary>The unified social credit code of the registration that was picked.</summary>
    public string? CreditCode { get; init; }

    /// <summary>Further whole names, in English and from before.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    // Nothing of a company is masked for those who see it.
    IMatchFields IMatchFields.Open => this;
}

/// <summary>The same in normal forms.</summary>
public sealed class CompanyMatchForm : IMatchForm
{
    private const int MaxNames = 6, MaxDomain = 255;

    private static readonly string[] Seconds = ["com", "net", "org", "gov", "edu", "co", "ac"];

    // A page there is no company's own.
    private static readonly HashSet<string> Everybodys =
        ["qq.com", "weibo.com", "weixin.com", "taobao.com", "tmall.com", "jd.com", "1688.com", "alibaba.com", "made-in-china.com", "baidu.com", "163.com", "sina.com.cn", "sohu.com", "zhihu.com", "linkedin.com", "facebook.com", "instagram.com", "x.com", "youtube.com", "github.io", "wordpress.com", "wix.com", "google.com"];

    /// <summary>Whole names, the entered one first.</summary>
    public IReadOnlyList<CompanyNaming> Names { get; private init; } = [];

    /// <summary>The name that people use.</summary>
    public CompanyNaming? Called { get; private init; }
    public string? Domain { get; private init; }
    public string? Phone { get; private init; }

    /// <summary>The city, or the place in the name.</summary>
    public string? City { get; private init; }
    public string? CreditCode { get; private init; }

    /// <param name="reading">The usual Mandarin reading of Chinese text without tones, as syllables.</param>
    public static CompanyMatchForm Of(CompanyFields fields, Func<string, IReadOnlyList<string>> reading)
    {
        List<CompanyNaming> names = [.. fields.Others.Prepend(fields.Name).Select(n => CompanyNaming.Of(n, reading)).OfType<CompanyNaming>().DistinctBy(n => n.Form.Core).Take(MaxNames)];
        return new()
        {
            Names = names, Called = CompanyNaming.Of(fields.ShortName, reading), Domain = DomainOf(fields.Website), Phone = ContactKeys.Phone(fields.Phone),
            City = CompanyForm.PlaceOf(fields.City) ?? names.Select(n => n.Form.Place).FirstOrDefault(p => p is not null), CreditCode = CodeOf(fields.CreditCode),
        };
    }

    public IReadOnlyCollection<string> Keys => CompanyKeys.Of(this);

    public DuplicateMatch With(IMatchForm other, Func<string, int> holders) => CompanyScore.Of(this, (CompanyMatchForm)other, holders);

    /// <summary>Of a web address what its owner registered: "shop.hengchuan.com.cn" is hengchuan.com.cn. Null where everybody may have a page.</summary>
    public static string? DomainOf(string? website)
    {
        var text = ContactKeys.Fold(website);
        if (text.Length is 0 or > MaxDomain * 2) return null;
        if (text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme) text = text[(scheme + 3)..];
        text = text.Split('/', '?', '#', ':', ' ')[0].TrimEnd('.');
        var labels = text.Split('.');
        if (labels.Length < 2 || text.Length > MaxDomain || labels.Any(l => l.Length == 0) || labels[^1].All(char.IsAsciiDigit)) return null;
        var kept = labels.Length > 2 && labels[^1].Length == 2 && Seconds.Contains(labels[^2]) ? 3 : 2;
        var domain = string.Join('.', labels[^kept..]);
        return Everybodys.Contains(domain) ? null : domain;
    }

    private static string? CodeOf(string? code) => ContactKeys.Fold(code).Replace(" ", "", StringComparison.Ordinal) is { Length: >= 15 and <= 18 } plain ? plain : null;
}

/// <summary>A company's name with how it sounds.</summary>
/// <param name="Sound">Of the brand, as one word; for a name in letters, that name.</param>
/// <param name="Openings">How a name in letters of the same house would begin.</param>
public sealed record CompanyNaming(CompanyForm Form, string Sound, IReadOnlyList<string> Openings)
{
    public bool IsHan => Form.Brand.Any(Characters.IsHan);

    public static CompanyNaming? Of(string? text, Func<string, IReadOnlyList<string>> reading)
    {
        if (CompanyForm.Of(text) is not { } form) return null;
        if (!form.Brand.Any(Characters.IsHan))
        {
            var first = Characters.Fold(text).Split([' ', '-', ',', '.', '&', '('], StringSplitOptions.RemoveEmptyEntries);
            return new(form, form.Brand, [.. first.Take(1), .. first.Length > 1 ? [first[0] + first[1]] : Array.Empty<string>()]);
        }
        var syllables = reading(form.Brand);
        return new(form, string.Concat(syllables), [.. Enumerable.Range(2, 3).Where(n => n <= syllables.Count).Select(n => string.Concat(syllables.Take(n)))]);
    }
}
