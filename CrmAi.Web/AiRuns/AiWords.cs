using System.Globalization;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Shared;
using CrmAi.Web.Enrichment;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.AiRuns;

/// <summary>Puts what the ledger counts into words.</summary>
public static class AiWords
{
    public const string None = "—";

    /// <summary>Millionths of a yuan; nothing paid is a dash. Small amounts keep the digits that make them differ.</summary>
    public static string Cost(long? micros) => micros is not { } value ? None : "¥" + Yuan(value);

    public static string Yuan(long micros) => (micros / (decimal)IAiSettings.Yuan).ToString(micros is > 0 and < IAiSettings.Yuan ? "0.00####" : "#,0.00", CultureInfo.CurrentCulture);

    public static string Analyst(this IStringLocalizer<Text> words, string analyst) => analyst == "rules" ? words["analysis.rules"] : words.SourceName(analyst);

    /// <summary>"0.3 s".</summary>
    public static string Seconds(this IStringLocalizer<Text> words, int? milliseconds) => milliseconds switch
    {
        null => None,
        0 => words["ai.ms", "<1"],
        < 1_000 => words["ai.ms", milliseconds.Value],
        _ => words["ai.seconds", (milliseconds.Value / 1000d).ToString("0.0", CultureInfo.CurrentCulture)],
    };

    public static string Count(long count) => count.ToString("N0", CultureInfo.CurrentCulture);

    public static string Tokens(int? input, int? output) => input is null && output is null ? None : $"{Count(input ?? 0)} / {Count(output ?? 0)}";

    public static string Share(double? share) => share is { } value ? value.ToString("P0", CultureInfo.CurrentCulture) : None;

    public static string Colour(AiRunState state) => state switch { AiRunState.Refused => "bad", AiRunState.StoodIn => "warn", _ => "good" };

    public static string Colour(AiCallOutcome outcome) => outcome switch { AiCallOutcome.Failed => "bad", AiCallOutcome.Misfit or AiCallOutcome.Repaired => "warn", _ => "good" };

    public static string Icon(AiRunType type) => type switch
    {
        AiRunType.Profile => "psychology",
        AiRunType.Conversation => "forum",
        AiRunType.Script => "edit_note",
        AiRunType.NextAction => "next_plan",
        AiRunType.Card => "badge",
        AiRunType.Enrichment => "travel_explore",
        _ => "speed",
    };
}
