namespace CrmAi.Domain.Enrichment;

/// <summary>
/// Our reckoning, not the source's: high where the company itself has something that its source takes heavily, medium where it has a warning or somebody around it something heavy,
/// otherwise low. What is over, and mere notices of changes, raise nothing.
/// </summary>
public static class RiskRules
{
    public static CompanyRisk Of(IReadOnlyList<RiskEvent> events) => new(LevelOf(events), events);

    public static RiskLevel LevelOf(IEnumerable<RiskEvent> events)
    {
        var level = RiskLevel.Low;
        foreach (var e in events.Where(e => e.Count > 0))
        {
            if (e is { Scope: RiskScope.Own, Weight: RiskWeight.High }) return RiskLevel.High;
            if (e is { Scope: RiskScope.Own, Weight: RiskWeight.Warning } or { Scope: RiskScope.Around, Weight: RiskWeight.High }) level = RiskLevel.Medium;
        }
        return level;
    }
}

/// <summary>The register's words for how a company stands.</summary>
public static class CompanyStatuses
{
    // "吊销，未注销" is revoked and "吊销，已注销" is gone: what comes first decides.
    private static readonly (string Word, CompanyStatus Status)[] Words =
    [
        ("未注销", CompanyStatus.Revoked), ("注销", CompanyStatus.Cancelled), ("吊销", CompanyStatus.Revoked), ("撤销", CompanyStatus.Revoked), ("迁出", CompanyStatus.Moved),
        ("停业", CompanyStatus.Closing), ("歇业", CompanyStatus.Closing), ("清算", CompanyStatus.Closing), ("破产", CompanyStatus.Closing),
        ("存续", CompanyStatus.Active), ("在业", CompanyStatus.Active), ("在营", CompanyStatus.Active), ("开业", CompanyStatus.Active), ("迁入", CompanyStatus.Active), ("正常", CompanyStatus.Active),
    ];

    public static CompanyStatus Of(string? text) =>
        text is null ? CompanyStatus.Unknown : Words.Where(w => text.Contains(w.Word, StringComparison.Ordinal)).Select(w => w.Status).FirstOrDefault();
}
