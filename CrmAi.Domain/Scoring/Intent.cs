using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;

namespace CrmAi.Domain.Scoring;

/// <summary>
/// How likely they mean to buy soon, 0 to 100: up to 30 for who they are and where the deal stands (explicit, or fit, scoring) and up to 70 for what they say and do (implicit,
/// or behavioural, scoring): the division usual in lead scoring, as in Swieczak and Lukowski, "Lead Generation Strategy as a Multichannel Mechanism of Growth of a Modern Enterprise" (2016).
/// Behaviour fades with a half-life of 30 days, about one round of a purchase between companies; 20 points of weight fill half of its part, so that two clear signs of buying
/// lift it well above nothing and a dozen do not pin it at the top. Weights rank what is said by how near it is to an order: a sign of buying 10, a budget named 6, a next step agreed 5, …;
/// an objection −5, a risk −6. All weights are times the finding's confidence. Our own constants, to be replaced by learnt ones once enough deals are closed.
/// </summary>
internal static class Intent
{
    private const string Fit = "fit.";

    private static readonly TallyPart Behaviour = new(70, 20, 30);

    public static Score Of(ScoringFacts facts, IReadOnlyList<ScoredTalk> talks, DateTime asOf)
    {
        var tally = new Tally();
        tally.Field(Fit + "stage", facts.Stage switch { DealStage.Qualification => 4, DealStage.Proposal => 9, DealStage.Negotiation or DealStage.ClosedWon => 15, _ => 0 }, facts.Stage.ToString());
        tally.Field(Fit + "decider", facts.DecisionMaker == true ? 5 : 0, null);
        tally.Field(Fit + "authority", facts.BudgetAuthority switch { BudgetAuthority.Full => 5, BudgetAuthority.Significant => 4, BudgetAuthority.Limited => 2, _ => 0 }, facts.BudgetAuthority?.ToString());
        tally.Field(Fit + "budget", facts.BudgetMinor > 0 ? 5 : 0, null);
        tally.Part(Behaviour, talks.SelectMany(t => Reasons(t, Behaviour.Left(asOf - t.At))));
        return tally.Score();
    }

    /// <summary>The same when so much more time has passed.</summary>
    public static Score After(Score score, TimeSpan passed)
    {
        var tally = new Tally();
        foreach (var factor in score.Factors.Where(f => f.Code.StartsWith(Fit, StringComparison.Ordinal))) tally.Field(factor.Code, factor.Points, factor.Value);
        tally.Part(Behaviour, score.Faded(Behaviour, passed, f => !f.Code.StartsWith(Fit, StringComparison.Ordinal)));
        return tally.Score();
    }

    private static IEnumerable<Reason> Reasons(ScoredTalk talk, double left)
    {
        foreach (var finding in talk.Findings)
        {
            var (code, weight) = finding.Kind switch
            {
                FindingKind.BuyingSignal => ("signal", 10.0),
                FindingKind.Budget => ("budget", 6),
                FindingKind.FollowUp => ("agreed", 5),
                FindingKind.DecisionMaker or FindingKind.Need or FindingKind.Opportunity => ("need", 3),
                FindingKind.Pain when !finding.IsComplaint() => ("need", 2),
                FindingKind.Objection => ("objection", -5),
                FindingKind.Risk => ("risk", -6),
                _ => ("", 0),
            };
            if (weight != 0) yield return new(code, weight * finding.Confidence * left, finding.Evidence);
        }
        if (talk.Sentiment == Sentiment.Positive) yield return new Reason("mood.good", 2 * talk.SentimentConfidence * left, talk.MoodPlace());
        if (talk.Sentiment == Sentiment.Negative) yield return new Reason("mood.bad", -4 * talk.SentimentConfidence * left, talk.MoodPlace());
        if (talk.IsInbound) yield return new("inbound", 2 * left, talk.Opening);
        if (talk.WasHeld && talk.Type is InteractionType.Demo or InteractionType.Proposal) yield return new("shown", 4 * left, talk.Opening);
    }
}
