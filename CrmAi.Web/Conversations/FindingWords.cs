using System.Globalization;
using CrmAi.Domain.Conversations;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Conversations;

/// <summary>Puts findings into words and colours.</summary>
public static class FindingWords
{
    /// <summary>"异议：价格", "预算 ¥80 万", "跟进 11-24".</summary>
    public static string Say(this IStringLocalizer<Text> words, QuotedFinding finding, UserClock clock) => finding.Kind switch
    {
        FindingKind.Objection when finding.Objection is { } kind => words["finding.objection", words.Of(kind)],
        FindingKind.Budget when finding.AmountMinor is { } amount => words["finding.valued", words.Of(finding.Kind), Money.Show(amount, finding.Currency)],
        FindingKind.FollowUp when finding.Date is { } date => words["finding.valued", words.Of(finding.Kind), words.When(date, finding.Time, clock)],
        FindingKind.Pain when finding.Value is not null => words["finding.complaint"],
        FindingKind.DecisionMaker or FindingKind.Competitor or FindingKind.Topic when finding.Value is { Length: > 0 and <= 40 } value => words["finding.valued", words.Of(finding.Kind), value],
        _ => words.Of(finding.Kind),
    };

    public static string When(this IStringLocalizer<Text> words, DateOnly date, TimeOnly? time, UserClock clock)
    {
        var day = (date.DayNumber - clock.Today.DayNumber) switch { 0 => words["today"].Value, 1 => words["tomorrow"], -1 => words["yesterday"], _ => clock.Day(date) };
        return time is { } hour ? $"{day} {hour.ToString("HH:mm", CultureInfo.CurrentCulture)}" : day;
    }

    /// <summary>Why the rules stood in for the model.</summary>
    public static string StoodIn(this IStringLocalizer<Text> words, string note)
    {
        var why = words["standin." + note];
        return words["standin", why.ResourceNotFound ? words["standin.other"] : why];
    }

    public static string Percent(double confidence) => confidence.ToString("P0", CultureInfo.CurrentCulture);

    /// <summary>The class that colours it in texts and chips.</summary>
    public static string Colour(FindingKind kind) => kind switch
    {
        FindingKind.Objection or FindingKind.Risk or FindingKind.Injection => "bad",
        FindingKind.BuyingSignal or FindingKind.Opportunity => "good",
        FindingKind.Budget or FindingKind.DecisionMaker => "money",
        FindingKind.Pain => "pain",
        FindingKind.Need or FindingKind.FollowUp => "need",
        FindingKind.Competitor => "rival",
        _ => "faint",
    };

    /// <summary>Where several claims rest on the same words, the first of these gives the colour.</summary>
    public static int Rank(FindingKind kind) => Array.IndexOf(Ranks, Colour(kind));

    private static readonly string[] Ranks = ["bad", "good", "money", "rival", "pain", "need", "faint"];
}
