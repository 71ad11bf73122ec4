using CrmAi.Domain.Contacts;
using CrmAi.Domain.Scoring;

namespace CrmAi.Domain.NextActions;

/// <summary>
/// What a step is worth: deal value × odds of the deal's stage × lift × urgency. Lift is the share of that expectation which the step decides, our own estimate by reason:
/// what they ask for themselves, or what is about to be lost or signed (a quote, a complaint, a contract) more than a routine call. Urgency is 1 on the day it is due and after, and halves for each week still ahead.
/// Without a deal value the worth is unknown, and such steps are ranked by intent in place of money.
/// </summary>
public static class ActionWorth
{
    private const double UrgencyHalfLifeDays = 7;

    // Rough, and for ranking alone: what is shown stays in its own currency.
    private static readonly Dictionary<string, double> Yuan = new() { ["CNY"] = 1, ["USD"] = 7.1, ["EUR"] = 7.8, ["GBP"] = 9.1, ["HKD"] = 0.91 };

    public static double Lift(ActionReason reason) => reason switch
    {
        ActionReason.ContractReady or ActionReason.QuoteAsked => 0.30,
        ActionReason.ComplaintOpen => 0.25,
        ActionReason.ObjectionOpen or ActionReason.SignalUnanswered or ActionReason.DeciderNotMet => 0.20,
        ActionReason.PromiseDue or ActionReason.FollowUpDue => 0.15,
        ActionReason.AppointmentAhead => 0.10,
        _ => 0.08,
    };

    public static double Urgency(DateOnly due, DateOnly today) => due <= today ? 1 : Math.Pow(0.5, (due.DayNumber - today.DayNumber) / UrgencyHalfLifeDays);

    /// <summary>Minor units; null without a deal value.</summary>
    public static long? Expected(ScoringFacts facts, double lift, double urgency) =>
        facts.DealValueMinor is { } deal and > 0 ? (long)Math.Round(deal * Odds(facts.Stage) * lift * urgency) : null;

    /// <summary>A won deal is no longer to be won: what is left to win with that customer counts as a first talk.</summary>
    public static double Odds(DealStage stage) => StageOdds.Of(stage == DealStage.ClosedWon ? DealStage.Qualification : stage);

    /// <summary>By what suggestions are compared, before what was learnt: their worth in yuan, or where it is unknown a typical deal's at this one's intent.</summary>
    /// <param name="typicalYuan">The median deal of those known; 1 where none is, which leaves intent alone.</param>
    public static double Rank(SuggestedAction action, double typicalYuan) =>
        action.ExpectedMinor is { } expected ? InYuan(expected, action.Currency) : typicalYuan * Math.Max(1, action.Intent) / 100 * action.Lift * action.Urgency;

    public static double InYuan(long minor, string currency) => minor * Yuan.GetValueOrDefault(currency, 1);
}
