namespace CrmAi.Domain.Duplicates;

/// <summary>What speaks for two records being one person, or one company; those from <see cref="OtherName"/> on speak against it. Pages put them into words.</summary>
public enum DuplicateReason
{
    Mobile, WeChat, Email, EmailVariant, EmailClose, MobileClose, Phone, Name, NameSwapped, NameLatin, NameSound, NameClose, Company, CompanyClose,
    OtherName, OtherMobile, OtherEmail, OtherWeChat, OtherCompany, Shared,
}

/// <summary>How likely two records are one.</summary>
/// <param name="Score">0 to 100; suspected from <see cref="Suspected"/> on.</param>
/// <param name="Reasons">The strongest first, those against it last.</param>
public sealed record DuplicateMatch(int Score, IReadOnlyList<DuplicateReason> Reasons)
{
    public const int Suspected = 60, Strong = 85;

    public static readonly DuplicateMatch None = new(0, []);

    public static bool IsAgainst(DuplicateReason reason) => reason >= DuplicateReason.OtherName;
}
