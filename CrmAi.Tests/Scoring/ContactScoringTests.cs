using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Scoring;
using CrmAi.Domain.Shared;

namespace CrmAi.Tests.Scoring;

public sealed class ContactScoringTests
{
    private static readonly DateTime Now = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);
    private static readonly ScoringFacts Plain = new(DealStage.Prospecting, Lifecycle.Lead, null, null, null, null, "CNY");

    [Fact]
    public void NobodySpokenTo_HasNoScores()
    {
        var sheet = ContactScoring.Of(new(Now, Plain, []));
        (sheet.Intent.Value, sheet.Engagement.Value, sheet.Relationship.Value, sheet.LifetimeValue.Value).ShouldBe((null, null, null, null));
    }

    [Fact]
    public void TwoClearSigns_FillHalfOfWhatBehaviourBrings()
    {
        var intent = ContactScoring.Of(new(Now, Plain, [Talk(0, Sign(1), Sign(1))])).Intent;
        intent.Value.ShouldBe(35);
        intent.Factors.ShouldHaveSingleItem().ShouldSatisfyAllConditions(f => f.Code.ShouldBe("signal"), f => f.Count.ShouldBe(2), f => f.Evidence.Count.ShouldBe(2));
        ContactScoring.Of(new(Now, Plain, [Talk(30, Sign(1), Sign(1))])).Intent.Value.ShouldBe((int)Math.Round(70 * (1 - Math.Pow(2, -0.5))), "half of it is left after a month");
    }

    [Fact]
    public void Record_SpeaksToo_AndIsNamed()
    {
        var intent = ContactScoring.Of(new(Now, Plain with { Stage = DealStage.Negotiation, DecisionMaker = true, BudgetAuthority = BudgetAuthority.Full, BudgetMinor = 1 }, [Talk(0)])).Intent;
        intent.Value.ShouldBe(30);
        intent.Factors.Select(f => (f.Code, f.Points, f.Value)).ShouldBe([("fit.stage", 15, "Negotiation"), ("fit.authority", 5, "Full"), ("fit.budget", 5, null), ("fit.decider", 5, null)]);
    }

    [Fact]
    public void ObjectionsBeyondAllSigns_BringDownToTheRecord_AndSayWhy()
    {
        var intent = ContactScoring.Of(new(Now, Plain, [Talk(0, Sign(0.8), new(FindingKind.Objection, new(Guid.Empty, 4, 3), 1), new(FindingKind.Risk, new(Guid.Empty, 9, 3), 1))])).Intent;
        intent.Value.ShouldBe(0);
        intent.Factors.Sum(f => f.Points).ShouldBe(0);
        intent.Factors.ShouldContain(f => f.Code == "signal" && f.Points > 0);
        intent.Factors.ShouldContain(f => f.Code == "risk" && f.Points < 0);
    }

    [Fact]
    public void LifetimeValue_FollowsItsFormula_StepByStep()
    {
        var life = ContactScoring.Of(new(Now, Plain with { Stage = DealStage.Negotiation, DealValueMinor = 1_000_000_00 }, [])).LifetimeValue;
        // 0.7 × 0.35 × (1 + 0.5 / 0.6) of the deal
        life.Value.ShouldBe((long)Math.Round(1_000_000_00 * 0.7 * 0.35 * (1 + (0.5 / 0.6))));
        life.Factors.Select(f => (f.Code, f.Points)).ShouldBe([("life.deal", 100_000_000), ("life.odds", -30_000_000), ("life.costs", -45_500_000), ("life.again", life.Value!.Value - 24_500_000)]);
        ContactScoring.Of(new(Now, Plain with { Stage = DealStage.ClosedLost, DealValueMinor = 5 }, [])).LifetimeValue.Value.ShouldBe(0);
    }

    [Theory, InlineData(0, 1), InlineData(1, 1), InlineData(11, 2), InlineData(55, 6), InlineData(91, 10), InlineData(100, 10)]
    public void Strength_IsShownInTenths(int strength, int shown) => Score.Tenths(strength).ShouldBe(shown);

    [Fact]
    public void UnansweredCalls_AreNoContact()
    {
        var reached = ContactScoring.Of(new(Now, Plain, [Talk(60)])).Engagement.Value;
        ContactScoring.Of(new(Now, Plain, [Talk(60), Talk(0) with { Outcome = InteractionOutcome.NoAnswer }])).Engagement.Value.ShouldBe(reached);
    }

    private static ScoredTalk Talk(int daysAgo, params Finding[] findings) =>
        new(Guid.CreateVersion7(), InteractionType.WeChat, InteractionDirection.Outbound, Now.AddDays(-daysAgo), null, Sentiment.Neutral, 0.5, new(Guid.Empty, 0, 5), findings);

    private static Finding Sign(double confidence) => new(FindingKind.BuyingSignal, new(Guid.CreateVersion7(), 2, 8), confidence);
}
