using CrmAi.Domain.Contacts;

namespace CrmAi.Domain.Duplicates;

/// <summary>What is compared of a person, as entered.</summary>
public sealed record MatchFields : IMatchFields
{
    public string? Name { get; init; }
    public string? EnglishName { get; init; }
    public string? Mobile { get; init; }
    public string? Phone { get; init; }
    public string? Email { get; init; }
    public string? WeChat { get; init; }
    public string? Company { get; init; }

    /// <summary>The company once more, as a card in two languages names it.</summary>
    public string? EnglishCompany { get; init; }

    /// <summary>Further numbers and addresses that are kept of a person.</summary>
    public IReadOnlyList<SocialProfile> Others { get; init; } = [];

    IMatchFields IMatchFields.Open => new MatchFields { Name = Name, EnglishName = EnglishName, Company = Company, EnglishCompany = EnglishCompany };
}

/// <summary>The same in normal forms, made once and compared with many.</summary>
public sealed class MatchForm : IMatchForm
{
    /// <summary>Names of <see cref="SocialProfile.Platform"/> under which a merge keeps what has no field of its own.</summary>
    public const string OtherPhone = "Tel", OtherEmail = "Email", OtherWeChat = "WeChat";

    private static readonly string[] Roles = ["info", "sales", "contact", "office", "hr", "admin", "support", "service", "hello", "mail", "market", "marketing", "enquiry", "inquiry", "kefu", "webmaster", "postmaster", "finance", "export"];

    public IReadOnlyList<NameForm> Names { get; private init; } = [];
    public IReadOnlyList<CompanyForm> Companies { get; private init; } = [];
    public IReadOnlyList<string> Mobiles { get; private init; } = [];
    public IReadOnlyList<string> Lines { get; private init; } = [];
    public IReadOnlyList<string> Emails { get; private init; } = [];
    public IReadOnlyList<string> WeChats { get; private init; } = [];

    public static MatchForm Of(MatchFields fields, Func<string, IReadOnlyList<IReadOnlyList<string>>> readings)
    {
        IEnumerable<string?> Other(string platform) => fields.Others.Where(o => o.Platform == platform).Select(o => o.Handle);
        var wechats = Each([fields.WeChat, .. Other(OtherWeChat)], ContactKeys.WeChat);
        var phones = Each([fields.Phone, .. Other(OtherPhone)], ContactKeys.Phone);
        return new()
        {
            Names = [.. new[] { fields.Name, fields.EnglishName }.Select(n => NameForm.Of(n, readings)).OfType<NameForm>()],
            Companies = [.. new[] { fields.Company, fields.EnglishCompany }.Select(CompanyForm.Of).OfType<CompanyForm>()],
            // Many use their number as their id.
            Mobiles = [.. Each([fields.Mobile], ContactKeys.Phone).Select(WithoutExtension).Concat(phones.Where(IsMobile)).Concat(wechats.Select(w => ContactKeys.Phone(w)).OfType<string>().Where(IsMobile)).Distinct()],
            Lines = [.. phones.Where(p => !IsMobile(p))],
            Emails = Each([fields.Email, .. Other(OtherEmail)], ContactKeys.Email),
            WeChats = [.. wechats.Where(w => ContactKeys.Phone(w) is not { } number || !IsMobile(number) || w.Any(char.IsLetter))],
        };
    }

    public IReadOnlyCollection<string> Keys => MatchKeys.Of(this);

    public DuplicateMatch With(IMatchForm other, Func<string, int> holders) => DuplicateScore.Of(this, (MatchForm)other, holders);

    /// <summary>Whether an address is a post of the company's, not a person's.</summary>
    public static bool IsRole(string email) => email.IndexOf('@') is > 0 and var at && Roles.Contains(email[..at].TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'));

    /// <summary>The address without what its owner may add at will: a tag behind a plus, and dots at Gmail.</summary>
    public static string Plain(string email)
    {
        var at = email.LastIndexOf('@');
        if (at <= 0) return email;
        var (local, domain) = (email[..at], email[(at + 1)..]);
        if (local.IndexOf('+') is > 0 and var plus) local = local[..plus];
        if (domain is "gmail.com" or "googlemail.com") (local, domain) = (local.Replace(".", "", StringComparison.Ordinal), "gmail.com");
        return $"{local}@{domain}";
    }

    /// <summary>A mobile number of mainland China.</summary>
    public static bool IsMobile(string number) => number.Length == 11 && number[0] == '1' && number[1] is >= '3' and <= '9' && number.All(char.IsAsciiDigit);

    private static string WithoutExtension(string number) => number.IndexOf('x') is > 0 and var at ? number[..at] : number;

    private static string[] Each(IEnumerable<string?> texts, Func<string?, string?> normal) => [.. texts.Select(normal).OfType<string>().Distinct()];
}
