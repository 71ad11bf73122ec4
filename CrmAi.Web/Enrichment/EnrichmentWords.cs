using System.Globalization;
using CrmAi.Domain.Enrichment;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Enrichment;

/// <summary>Puts what came from outside into words: the source, how a company stands, what speaks for a candidate.</summary>
public static class EnrichmentWords
{
    public static string SourceName(this IStringLocalizer<Text> words, string source) => words[$"enrichment.source.{source}"] is { ResourceNotFound: false } name ? name.Value : source;

    public static string Standing(this IStringLocalizer<Text> words, CompanyStatus status, string? text) => string.IsNullOrEmpty(text) ? words.Of(status) : text;

    public static string Colour(CompanyStatus status) => status switch
    {
        CompanyStatus.Active => "good",
        CompanyStatus.Cancelled or CompanyStatus.Revoked => "bad",
        CompanyStatus.Closing or CompanyStatus.Moved => "warn",
        _ => "quiet",
    };

    public static string Colour(RiskLevel level) => level switch { RiskLevel.High => "bad", RiskLevel.Medium => "warn", _ => "good" };

    public static string Colour(MatchReason reason) => reason switch
    {
        MatchReason.NotActive or MatchReason.CompanyMissing => "warn",
        MatchReason.SameName or MatchReason.SameCore or MatchReason.SamePerson or MatchReason.NameInTitle or MatchReason.CompanyNamed => "good",
        _ => "quiet",
    };

    public static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    public static string Share(double similarity) => similarity.ToString("P0", CultureInfo.CurrentCulture);
}
