using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Scoring;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Scoring;

/// <summary>Puts scores and their reasons into words.</summary>
internal static class ScoreWords
{
    /// <summary>As it is shown: a relationship 1 to 10, a lifetime value as money, the others 0 to 100.</summary>
    public static string Show(ScoreKind kind, long value, string currency) => kind switch
    {
        ScoreKind.LifetimeValue => Money.Show(Rough(value), currency),
        ScoreKind.Relationship => Score.Tenths(value).ToString(CultureInfo.CurrentCulture),
        _ => value.ToString(CultureInfo.CurrentCulture),
    };

    /// <summary>As <see cref="Show"/>, where there is little room.</summary>
    public static string Brief(ScoreKind kind, long value, string currency) => kind == ScoreKind.LifetimeValue ? Money.Compact(value, currency) : Show(kind, value, currency);

    /// <summary>Points of a reason, with their sign.</summary>
    public static string Signed(ScoreKind kind, long points, string currency) =>
        (points < 0 ? "\u2212" : "+") + (kind == ScoreKind.LifetimeValue ? Money.Show(Rough(Math.Abs(points)), currency) : Math.Abs(points).ToString(CultureInfo.CurrentCulture));

    public static string Factor(this IStringLocalizer<Text> words, FactorView factor) => factor.Code switch
    {
        "fit.stage" or "life.odds" when Enum.TryParse<DealStage>(factor.Value, out var stage) => words["score.factor." + factor.Code, words.Of(stage), factor.Count],
        "fit.authority" when Enum.TryParse<BudgetAuthority>(factor.Value, out var authority) => words["score.factor." + factor.Code, words.Of(authority)],
        _ => words["score.factor." + factor.Code, factor.Count],
    };

    /// <summary>To three digits: more would pretend to be known.</summary>
    public static long Rough(long minor)
    {
        var (step, left) = (1L, Math.Abs(minor));
        for (; left >= 1000; left /= 10) step *= 10;
        return (long)Math.Round(minor / (double)step) * step;
    }
}
