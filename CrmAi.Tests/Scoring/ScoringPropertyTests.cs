using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Scoring;
using CrmAi.Domain.Shared;

namespace CrmAi.Tests.Scoring;

/// <summary>What must hold of every score, tried on thousands of histories that nobody thought of.</summary>
public sealed class ScoringPropertyTests
{
    private const int Histories = 4_000;

    private static readonly DateTime Now = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Scores_StayOnTheirScale_AndFactorsAddUp() => Each((input, _) =>
    {
        var sheet = ContactScoring.Of(input);
        foreach (var kind in Enum.GetValues<ScoreKind>())
        {
            var score = sheet[kind];
            if (score.Value is not { } value) continue;
            if (kind != ScoreKind.LifetimeValue) value.ShouldBeInRange(0, 100);
            else value.ShouldBeGreaterThanOrEqualTo(0);
            score.Factors.Sum(f => f.Points).ShouldBe(value);
            score.Factors.ShouldNotBeEmpty("every number says why");
            score.Factors.Select(f => f.Code).ShouldBeUnique();
        }
    });

    [Fact]
    public void OneMoreBuyingSignal_NeverLowersIntent() => Each((input, dice) =>
    {
        var before = ContactScoring.Of(input).Intent.Value ?? 0;
        ContactScoring.Of(WithFinding(input, dice, new(FindingKind.BuyingSignal, default, dice.NextDouble()))).Intent.Value.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(before);
    });

    [Fact]
    public void OneMoreReply_NeverLowersEngagement() => Each((input, dice) =>
    {
        var before = ContactScoring.Of(input).Engagement.Value ?? 0;
        ContactScoring.Of(input with { Talks = [.. input.Talks, Talk(dice, dice.Next(500)) with { Direction = InteractionDirection.Inbound }] }).Engagement.Value.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(before);
    });

    [Fact]
    public void MoreAnger_NeverLiftsTheRelationship() => Each((input, dice) =>
    {
        if (input.Talks.Count == 0) return;
        var before = ContactScoring.Of(input).Relationship.Value!.Value;
        var at = dice.Next(input.Talks.Count);
        var turned = input.Talks.Select((t, i) => i == at && t.Sentiment != Sentiment.Negative ? t with { Sentiment = Sentiment.Negative, SentimentConfidence = dice.NextDouble() } : t);
        var angry = Talk(dice, dice.Next(500)) with { Sentiment = Sentiment.Negative, Findings = [new(FindingKind.Pain, Place(dice), dice.NextDouble()) { Value = "complaint" }] };
        var complaint = WithFinding(input, dice, new(FindingKind.Pain, default, dice.NextDouble()) { Value = "complaint" });
        foreach (var worse in new[] { input with { Talks = [.. turned] }, input with { Talks = [.. input.Talks, angry] }, complaint })
            ContactScoring.Of(worse).Relationship.Value!.Value.ShouldBeLessThanOrEqualTo(before);
    });

    [Fact]
    public void TimeAlone_RaisesNothing() => Each((input, dice) =>
    {
        var (before, after) = (ContactScoring.Of(input), ContactScoring.Of(input with { AsOf = input.AsOf.AddMinutes(dice.Next(1, 300_000)) }));
        foreach (var kind in Enum.GetValues<ScoreKind>()) (after[kind].Value ?? 0).ShouldBeLessThanOrEqualTo(before[kind].Value ?? 0, kind.ToString());
    });

    [Fact]
    public void OrderOfInputs_ChangesNothing() => Each((input, dice) =>
    {
        var shuffled = input.Talks.Select(t => t with { Findings = [.. t.Findings.OrderBy(_ => dice.Next())] }).OrderBy(_ => dice.Next()).ToList();
        Says(ContactScoring.Of(input with { Talks = shuffled })).ShouldBe(Says(ContactScoring.Of(input)));
    });

    [Fact]
    public void Moves_BetweenTwoDays_AddUpToTheDifference() => Each((input, dice) =>
    {
        var (before, after) = (ContactScoring.Of(input), ContactScoring.Of(WithFinding(input with { AsOf = input.AsOf.AddDays(dice.Next(40)) }, dice, new(FindingKind.Objection, default, dice.NextDouble()))));
        foreach (var kind in Enum.GetValues<ScoreKind>())
            if (before[kind].Value is { } was && after[kind].Value is { } now) ScoreMoves.Between(before[kind], after[kind]).Sum(m => m.Points).ShouldBe(now - was);
    });

    [Fact]
    public void Sheet_LeftAlone_TellsWhatTheConversationsWouldLater() => Each((input, dice) =>
    {
        var passed = TimeSpan.FromMinutes(dice.Next(1, 900_000));
        var (aged, made) = (ScoreAging.After(ContactScoring.Of(input), passed), ContactScoring.Of(input with { AsOf = input.AsOf + passed }));
        // Also from a sheet that was itself told so.
        var twice = ScoreAging.After(ScoreAging.After(ContactScoring.Of(input), passed / 3), passed - (passed / 3));
        Plain(aged).ShouldBe(Plain(made));
        Plain(twice).ShouldBe(Plain(made));

        static string Plain(ScoreSheet sheet) => Says(new(Plainly(sheet.Intent), Plainly(sheet.Engagement), Plainly(sheet.Relationship), Plainly(sheet.LifetimeValue), sheet.Currency));
        static Score Plainly(Score score) => score with { Factors = [.. score.Factors.Select(f => f with { Weight = null })] };
    });

    [Fact]
    public void NextChange_IsTheFirstDayWithAnotherScore() => Each((input, dice) =>
    {
        const int Ahead = 60;
        var (sheet, offset) = (ContactScoring.Of(input), TimeSpan.FromMinutes(dice.Next(1440)));
        var values = Values(sheet);
        var expected = Enumerable.Range(1, Ahead).Cast<int?>().FirstOrDefault(day => !Values(ContactScoring.Of(input with { AsOf = input.AsOf.AddDays(day!.Value) - offset })).SequenceEqual(values));
        var found = ScoreAging.DaysUntilChange(sheet, day => TimeSpan.FromDays(day) - offset);
        (found <= Ahead ? found : null).ShouldBe(expected);

        static long?[] Values(ScoreSheet sheet) => [.. Enum.GetValues<ScoreKind>().Select(k => sheet[k].Value)];
    });

    private static void Each(Action<ScoringInput, Random> check)
    {
        for (var seed = 0; seed < Histories; seed++)
        {
            var dice = new Random(seed);
            var talks = Enumerable.Range(0, dice.Next(0, 14)).Select(_ => Talk(dice, dice.Next(1, 500))).ToList();
            var facts = new ScoringFacts(Any<DealStage>(dice), Any<Lifecycle>(dice), dice.Next(3) switch { 0 => true, 1 => false, _ => null }, dice.Next(2) == 0 ? Any<BudgetAuthority>(dice) : null,
                dice.Next(2) == 0 ? dice.NextInt64(1, 1_000_000_000) : null, dice.Next(3) == 0 ? null : dice.NextInt64(1, 10_000_000_000), "CNY");
            check(new(Now, facts, talks), dice);
        }
    }

    private static ScoredTalk Talk(Random dice, int daysAgo) => new(Guid.CreateVersion7(), Any<InteractionType>(dice), Any<InteractionDirection>(dice), Now.AddDays(-daysAgo).AddMinutes(-dice.Next(1400)),
        dice.Next(2) == 0 ? Any<InteractionOutcome>(dice) : null, dice.Next(4) == 0 ? null : Any<Sentiment>(dice), dice.NextDouble(), Place(dice), [.. Enumerable.Range(0, dice.Next(5)).Select(_ => Found(dice))]);

    private static Finding Found(Random dice) => new(Any<FindingKind>(dice), Place(dice), dice.NextDouble())
    {
        Objection = dice.Next(2) == 0 ? Any<ObjectionKind>(dice) : null, Value = dice.Next(6) switch { 0 => "complaint", 1 => "trust+", 2 => "trust-", 3 => "interest.sport", _ => null },
    };

    private static ScoringInput WithFinding(ScoringInput input, Random dice, Finding finding)
    {
        if (input.Talks.Count == 0) return input with { Talks = [Talk(dice, 3) with { Sentiment = Sentiment.Neutral, Findings = [finding] }] };
        var at = dice.Next(input.Talks.Count);
        return input with { Talks = [.. input.Talks.Select((t, i) => i == at ? t with { Findings = [.. t.Findings, finding with { Evidence = Place(dice) }] } : t)] };
    }

    private static Evidence Place(Random dice) => new(Guid.CreateVersion7(), dice.Next(200), dice.Next(1, 40));

    private static T Any<T>(Random dice) where T : struct, Enum => Enum.GetValues<T>()[dice.Next(Enum.GetValues<T>().Length)];

    private static string Says(ScoreSheet sheet) => System.Text.Json.JsonSerializer.Serialize(sheet);
}
