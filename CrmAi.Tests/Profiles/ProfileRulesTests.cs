using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;

namespace CrmAi.Tests.Profiles;

/// <summary>What every analyst's claims must pass, how versions differ, and when a correction is asked about.</summary>
public sealed class ProfileRulesTests
{
    private const string Text = "价格太贵了，下周再谈。";

    private static readonly Guid[] Ids = [.. Enumerable.Range(0, 4).Select(_ => Guid.CreateVersion7())];

    private static ProfileInput Input(int conversations) => new(Guid.CreateVersion7(), DateTimeOffset.UnixEpoch, new(null, null, null, null, default, null, "CNY", null),
        [.. Ids.Take(conversations).Select(id => new ProfileConversation(id, InteractionType.Call, InteractionDirection.Inbound, DateTimeOffset.UnixEpoch, Text, Sentiment.Neutral, null, new(id, 0, 5), []))]);

    private static ProfileClaim Claim(string key, string? value = null, double confidence = 0.9, params Evidence[] evidence) =>
        new(ProfilePart.Personality, key, value, confidence, evidence.Length == 0 ? [new(Ids[0], 0, 5)] : evidence);

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(0, 0)]
    [InlineData(9, 3)]
    [InlineData(int.MaxValue, 1)]
    public void Evidence_OutsideTheText_IsDropped_AndAClaimWithoutAnyFalls(int start, int length)
    {
        var kept = ProfileCheck.Apply(Input(3), [Claim(ProfileKeys.Need), Claim(ProfileKeys.Pain, null, 0.9, new Evidence(Ids[0], start, length)), Claim(ProfileKeys.Objection, "Price", 0.9, new(Ids[0], start, length), new(Ids[1], 0, 5))])!;
        kept.Dropped.ShouldBe(1);
        kept.Claims.Select(c => c.Key).ShouldBe([ProfileKeys.Need, ProfileKeys.Objection]);
        kept.Claims[1].Evidence.ShouldBe([new(Ids[1], 0, 5)]);
    }

    [Fact]
    public void Claims_CitingOtherConversationsOnly_AreRefusedAsAWhole() =>
        ProfileCheck.Apply(Input(3), [Claim(ProfileKeys.Need, null, 0.9, new Evidence(Guid.NewGuid(), 0, 5))]).ShouldBeNull();

    [Theory]
    [InlineData(2, 0.9, false)]
    [InlineData(3, 0.49, false)]
    [InlineData(3, 0.5, true)]
    public void Judgement_NeedsThreeConversationsAndHalfTheConfidence(int conversations, double confidence, bool stands)
    {
        var kept = ProfileCheck.Apply(Input(conversations), [Claim(ProfileKeys.Disc, "D", confidence), Claim(ProfileKeys.Need, null, 0.3)])!;
        kept.Claims.Any(c => c.Key == ProfileKeys.Disc).ShouldBe(stands);
        // what was said was said, however often
        kept.Claims.ShouldContain(c => c.Key == ProfileKeys.Need);
        kept.Dropped.ShouldBe(0);
    }

    [Fact]
    public void Conclusion_OfAnyKey_UnderHalfTheConfidence_IsNotSaid()
    {
        string[] told = [ProfileKeys.Need, ProfileKeys.Pain, ProfileKeys.Budget, ProfileKeys.Deadline, ProfileKeys.Concern, ProfileKeys.Objection, ProfileKeys.Risk, ProfileKeys.Rival, ProfileKeys.Unanswered, ProfileKeys.Milestone];
        var all = typeof(ProfileKeys).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!).ToList();
        all.Count.ShouldBeGreaterThan(35);
        ProfileCheck.Apply(Input(4), [.. all.Select(key => Claim(key, null, 0.38))])!.Claims.Select(c => c.Key).ShouldBe(told, ignoreOrder: true);
        ProfileKeys.IsJudgement(ProfileKeys.Channel).ShouldBeTrue("a channel used twice is no habit");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(101)]
    public void Level_OutOfRange_IsDropped(int level) =>
        ProfileCheck.Apply(Input(3), [Claim(ProfileKeys.Need), Claim(ProfileKeys.Trust) with { Level = level }])!.Dropped.ShouldBe(1);

    [Fact]
    public void Claim_ThatMayStandOnce_StandsOnce()
    {
        var kept = ProfileCheck.Apply(Input(3), [Claim(ProfileKeys.Style, "Direct"), Claim(ProfileKeys.Style, "Diplomatic"), Claim(ProfileKeys.Stakeholder, "李总"), Claim(ProfileKeys.Stakeholder, "王总")])!;
        kept.Claims.Select(c => c.Value).ShouldBe(["Direct", "李总", "王总"]);
    }

    [Fact]
    public void Versions_DifferInWhatCameWentAndChanged_AndSayWhichSentenceDidIt()
    {
        var late = new Evidence(Ids[2], 6, 4);
        var changes = ProfileDiff.Between(
            [Claim(ProfileKeys.Style, "Direct"), Claim(ProfileKeys.Trust) with { Level = 50 }, Claim(ProfileKeys.Rapport) with { Level = 50 }, Claim(ProfileKeys.Stakeholder, "李总")],
            [Claim(ProfileKeys.Style, "Diplomatic", 0.9, new Evidence(Ids[0], 0, 5), late), Claim(ProfileKeys.Trust) with { Level = 52 }, Claim(ProfileKeys.Rapport) with { Level = 60 }, Claim(ProfileKeys.Stakeholder, "王总")]);
        changes.Select(c => (c.Change, c.Claim.Identity)).ShouldBe([(ClaimChange.Added, "stakeholder|王总"), (ClaimChange.Changed, "style"), (ClaimChange.Changed, "rapport"), (ClaimChange.Removed, "stakeholder|李总")]);
        changes[1].Because.ShouldBe([late]);
        changes[3].Because.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, "D", false)]
    [InlineData(2, "D", true)]
    [InlineData(2, "C", false)]
    public void Correction_IsContradicted_OnceLaterConversationsSayOtherwise(int later, string said, bool contradicted)
    {
        var correction = new ProfileCorrection { Claim = "disc", Value = "C", At = new(2026, 5, 1, 0, 0, 0, DateTimeKind.Utc) };
        var claim = Claim(ProfileKeys.Disc, said, 0.9, [.. Ids.Select(id => new Evidence(id, 0, 5))]);
        Corrections.Contradicts(claim, correction, id => correction.At.AddDays(Array.IndexOf(Ids, id) < later ? 1 : -1)).ShouldBe(contradicted);
    }

    [Fact]
    public void Quality_FallsWithAgeAndCorrections()
    {
        ProfileClaim[] claims = [Claim(ProfileKeys.Disc, "D"), Claim(ProfileKeys.Need), Claim(ProfileKeys.Need), Claim(ProfileKeys.Objection, "Price")];
        DataQuality.Of(claims, 1, TimeSpan.FromDays(90)).ShouldBe(new(2.0 / 12, 0.75, 0.5));
        DataQuality.Of([], 0, null).ShouldBe(new(0, 0, 0));
    }
}
