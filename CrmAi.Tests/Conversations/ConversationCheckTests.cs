using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;

namespace CrmAi.Tests.Conversations;

public sealed class ConversationCheckTests
{
    private const string Text = "价格太贵了，下周再谈。";

    private static readonly Guid Id = Guid.CreateVersion7();

    private static readonly ConversationInput Input = new(Id, InteractionType.Call, InteractionDirection.Inbound, DateTimeOffset.UtcNow, Text, new(DateTimeOffset.UtcNow, [], [], new Dictionary<string, ChatSide>()));

    private static readonly Finding Price = new(FindingKind.Objection, new(Id, 0, 5), 0.9) { Objection = ObjectionKind.Price };

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(0, 0)]
    [InlineData(0, -3)]
    [InlineData(9, 3)]
    [InlineData(int.MaxValue, 1)]
    [InlineData(1, int.MaxValue)]
    public void Finding_OutsideTheText_IsDroppedAndCounted(int start, int length)
    {
        var kept = ConversationCheck.Apply(Input, Result(Price, Price with { Evidence = new(Id, start, length) }))!;
        kept.Dropped.ShouldBe(1);
        kept.Result.Findings.ShouldHaveSingleItem().Evidence.QuoteIn(Text).ShouldBe("价格太贵了");
    }

    [Fact]
    public void Finding_OfAnotherInteraction_IsDropped() =>
        ConversationCheck.Apply(Input, Result(Price, Price with { Evidence = new(Guid.NewGuid(), 0, 5) }))!.Result.Findings.ShouldHaveSingleItem();

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void Finding_OfImpossibleConfidence_IsDropped(double confidence) =>
        ConversationCheck.Apply(Input, Result(Price, Price with { Confidence = confidence }))!.Dropped.ShouldBe(1);

    [Fact]
    public void Finding_QuotingOnlySpace_IsDropped()
    {
        var input = Input with { Text = "a   b" };
        ConversationCheck.Apply(input, Result(Price with { Evidence = new(Id, 0, 1) }, Price with { Evidence = new(Id, 1, 3) }))!.Dropped.ShouldBe(1);
    }

    [Fact]
    public void Result_WhoseClaimsAllFell_IsRefused()
    {
        ConversationCheck.Apply(Input, Result(Price with { Evidence = new(Id, 90, 5) })).ShouldBeNull();
        ConversationCheck.Apply(Input, Result() with { Summary = [new(Id, 90, 5)] }).ShouldBeNull();
    }

    [Fact]
    public void Result_WithoutClaims_StandsAsNothingFound()
    {
        var kept = ConversationCheck.Apply(Input, Result())!;
        kept.Dropped.ShouldBe(0);
        (kept.Result.Sentiment, kept.Result.Disc, kept.Result.Stage).ShouldBe((Sentiment.Neutral, null, null));
    }

    [Fact]
    public void Class_WithoutQuote_FallsBack()
    {
        var claims = Result(Price) with { NextAction = new(NextActionKind.CallBack, new(Id, 50, 2), null) };
        var kept = ConversationCheck.Apply(Input, claims)!.Result;
        (kept.Sentiment, kept.Disc, kept.Stage, kept.NextAction).ShouldBe((Sentiment.Neutral, null, null, null));
    }

    [Fact]
    public void Class_WithQuote_Stands()
    {
        Finding Of(FindingKind kind) => new(kind, new(Id, 0, 5), 0.8);
        var claims = Result(Of(FindingKind.Sentiment), Of(FindingKind.Disc), Of(FindingKind.Stage)) with { NextAction = new(NextActionKind.CallBack, new(Id, 6, 4), null) };
        var kept = ConversationCheck.Apply(Input, claims)!.Result;
        (kept.Sentiment, kept.Disc, kept.Stage, kept.NextAction!.Kind).ShouldBe((Sentiment.Negative, DiscType.D, StageHint.Negotiation, NextActionKind.CallBack));
    }

    [Fact]
    public void Disc_UnderThreeConversations_IsNoOpinion() => DiscOpinion.Of([Of(DiscType.D, 1), Of(DiscType.D, 1)]).ShouldBe((null, 0));

    [Fact]
    public void Disc_OfThreeHintsAlike_IsThatType()
    {
        var (type, confidence) = DiscOpinion.Of([Of(DiscType.D, 0.9), Of(DiscType.D, 0.9), Of(DiscType.D, 0.9)]);
        type.ShouldBe(DiscType.D);
        confidence.ShouldBe(1 - 0.125, 1e-9);
    }

    [Fact]
    public void Disc_OfContraryOrFewHints_IsNoOpinion()
    {
        DiscOpinion.Of([Of(DiscType.D, 0.5), Of(DiscType.I, 0.5), Of(DiscType.S, 0.5), Of(DiscType.C, 0.5)]).Type.ShouldBeNull();
        DiscOpinion.Of([Of(null, 0), Of(null, 0), Of(null, 0)]).ShouldBe((null, 0));
    }

    private static ConversationResult Result(params Finding[] findings) => new(findings.Length == 0 ? Sentiment.Neutral : Sentiment.Negative, 0.8,
        findings.Length == 0 ? null : DiscType.D, 0.7, findings.Length == 0 ? null : StageHint.Negotiation, 0.7, false, [], null, findings);

    private static ConversationAnalysis Of(DiscType? type, double confidence) => new() { Disc = type, DiscConfidence = confidence, Analyst = "t", AnalystVersion = "1", InputDigest = [] };
}
