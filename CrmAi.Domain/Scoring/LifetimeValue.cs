using CrmAi.Domain.Contacts;

namespace CrmAi.Domain.Scoring;

/// <summary>How likely a deal is won from where it stands. A plain scorecard; a company's own closed deals know better once there are enough.</summary>
public static class StageOdds
{
    public static double Of(DealStage stage) => stage switch
    {
        DealStage.Prospecting => 0.10,
        DealStage.Qualification => 0.25,
        DealStage.Proposal => 0.45,
        DealStage.Negotiation => 0.70,
        DealStage.ClosedWon => 1,
        _ => 0,
    };
}

/// <summary>
/// What a customer is worth to us in all, in minor units: margin × expected purchases, discounted. Expected purchases follow the closed form for a constant margin and retention,
/// r / (1 + i − r) further ones after the first (Gupta and Lehmann, "Customers as Assets", 2003), with the present deal as the size of one and a year between two.
/// Margin 35 % and discount i 10 % a year are assumptions, the usual middle for machines and software between companies; retention r goes from 0.5 to 0.85 with engagement, since who keeps in touch stays.
/// The first purchase counts by the odds of its stage. Unknown where the record names no deal value.
/// </summary>
public static class LifetimeValue
{
    public const double Margin = 0.35, Discount = 0.10, LeastRetention = 0.5, MostRetention = 0.85;

    private const string Deal = "life.deal", Odds = "life.odds";

    public static double Retention(long? engagement) => LeastRetention + ((MostRetention - LeastRetention) * (engagement ?? 0) / 100);

    internal static Score Of(ScoringFacts facts, long? engagement) => Of(facts.DealValueMinor, facts.Stage, engagement);

    /// <summary>The same where they keep in touch otherwise by now.</summary>
    internal static Score With(Score score, long? engagement) => score.Factors.FirstOrDefault(f => f.Code == Deal) is { } deal && score.Factors.FirstOrDefault(f => f.Code == Odds) is { } odds
        ? Of(deal.Points, Enum.Parse<DealStage>(odds.Value!), engagement) : score;

    private static Score Of(long? value, DealStage stage, long? engagement)
    {
        if (value is not { } deal || deal <= 0) return Score.Unknown;
        var (odds, retention) = (StageOdds.Of(stage), Retention(engagement));
        // Each step on its own, rounded, so that they add up to the last.
        var likely = (long)Math.Round(deal * odds);
        var earned = (long)Math.Round(likely * Margin);
        var total = (long)Math.Round(likely * Margin * (1 + (retention / (1 + Discount - retention))));
        return new(total,
        [
            new ScoreFactor(Deal, deal, 1, null, []),
            new ScoreFactor(Odds, likely - deal, (int)Math.Round(odds * 100), stage.ToString(), []),
            new ScoreFactor("life.costs", earned - likely, (int)(Margin * 100), null, []),
            new ScoreFactor("life.again", total - earned, (int)Math.Round(retention * 100), null, []),
        ]);
    }
}
