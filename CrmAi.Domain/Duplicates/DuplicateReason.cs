namespace CrmAi.Domain.Duplicates;

/// <summary>What speaks for two records being one person, or one company; those from <see cref="OtherName"/> on speak against it. Pages put them into words.</summary>
public enum DuplicateReason
{
    Mobile, WeChat, Email, EmailVariant, EmailClose, MobileClose, Phone, Name, NameSwapped, NameLatin, NameSound, NameClose, Company, CompanyClose,
    CreditCode, CompanyName, CompanyBrand, CompanyShortName, CompanySound, CompanyLatin, CompanyNameClose, CompanyNamePart, Website, CompanyPhone, City,
    OtherName, OtherMobile, OtherEmail, OtherWeChat, OtherCompany, OtherCreditCode, OtherCompanyName, OtherWebsite, OtherPhone, OtherCity, Shared,
}

/// <summary>How likely two records are one.</summary>
/// <param name="Score">0 to 100; suspected from <see cref="Suspected"/> on.</param>
/// <param name="Reasons">The strongest first, those against it last.</param>
public sealed record DuplicateMatch(int Score, IReadOnlyList<DuplicateReason> Reasons)
{
    public const int Suspected = 60, Strong = 85;

    public static readonly DuplicateMatch None = new(0, []);

    public static bool IsAgainst(DuplicateReason reason) => reason >= DuplicateReason.OtherName;

    /// <summary>
    /// Something that tells people apart is the very same, whatever else differs: a number, an address, a WeChat that few have; name and company; for companies their code or their name.
    /// A landline counts with a name that does not speak against it: colleagues share it.
    /// </summary>
    public static bool IsExact(IReadOnlyCollection<DuplicateReason> reasons) =>
        (reasons.Contains(DuplicateReason.Name) && reasons.Contains(DuplicateReason.Company)) || reasons.Contains(DuplicateReason.CreditCode) || reasons.Contains(DuplicateReason.CompanyName)
        || (!reasons.Contains(DuplicateReason.Shared) && (reasons.Any(r => r is DuplicateReason.Mobile or DuplicateReason.WeChat or DuplicateReason.Email) || (reasons.Contains(DuplicateReason.Phone) && !reasons.Contains(DuplicateReason.OtherName))));
}
