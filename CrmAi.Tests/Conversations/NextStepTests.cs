using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Conversations;

namespace CrmAi.Tests.Conversations;

public sealed class NextStepTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    private static NextActionView Step(string quote, int? dueInDays) => new(NextActionKind.CallBack, quote, new Evidence(Guid.CreateVersion7(), 0, 1), dueInDays is { } days ? Today.AddDays(days) : null);

    [Fact]
    public void Of_PromiseAheadUnderANewerNote_IsThePromise() =>
        NextStep.Of([Step("keep in touch", null), Step("far", 9), Step("near", 3), Step("missed", -2)], Today)!.Quote.ShouldBe("near");

    [Fact]
    public void Of_NothingAhead_IsWhatTheLatestSuggests() =>
        NextStep.Of([Step("latest", null), Step("missed", -2)], Today)!.Quote.ShouldBe("latest");

    [Fact]
    public void Of_NoSteps_IsNone() => NextStep.Of([], Today).ShouldBeNull();

    [Fact]
    public async Task Speaker_ConfirmedAsUnknown_IsNotHeldAgainstTheCustomer()
    {
        const string text = "阿良 10:01\n预算五十万，太贵了\n小舟 10:02\n周五前给报价";
        var at = new DateTimeOffset(2026, 11, 20, 10, 5, 0, TimeSpan.FromHours(8));
        async Task<ConversationResult> ReadAsync(ChatSide side) => (await new RulesConversationAnalyst().AnalyseAsync(
            new(Guid.CreateVersion7(), InteractionType.WeChat, InteractionDirection.Inbound, at, text, ChatContext.At(at) with { Speakers = new Dictionary<string, ChatSide> { ["阿良"] = side, ["小舟"] = side } }), Guid.Empty, default)).Result;

        (await ReadAsync(ChatSide.Customer)).Findings.ShouldContain(f => f.Kind == FindingKind.Budget);
        (await ReadAsync(ChatSide.Unknown)).Findings.ShouldNotContain(f => f.Kind == FindingKind.Budget || f.Kind == FindingKind.Objection);
    }

    [Theory]
    [InlineData("林总说预算一百万，下周三前要合同，价格太贵了，要和海康比一比。", NextActionKind.PrepareContract, "下周三前要合同")]
    [InlineData("客户: 价格太贵了，再说吧我考虑一下。", null, null)]
    [InlineData("客户: 你们的价格比海康高。", NextActionKind.AnswerObjection, "高")]
    [InlineData("客户: 价格呢？", NextActionKind.SendQuote, "价格呢")]
    [InlineData("客户: 想了解一下报价。", NextActionKind.SendQuote, "报价")]
    [InlineData("客户: 周四之前把方案B的正式报价给我。", NextActionKind.SendQuote, "正式报价")]
    public async Task Price_ComplainedOf_IsNoRequestForAQuote(string text, NextActionKind? kind, string? words)
    {
        var at = new DateTimeOffset(2026, 11, 20, 10, 5, 0, TimeSpan.FromHours(8));
        var read = (await new RulesConversationAnalyst().AnalyseAsync(new(Guid.CreateVersion7(), InteractionType.WeChat, InteractionDirection.Inbound, at, text, ChatContext.At(at)), Guid.Empty, default)).Result;
        if (kind is null) read.NextAction?.Kind.ShouldNotBe(NextActionKind.SendQuote);
        else (read.NextAction!.Kind, read.NextAction.Evidence.QuoteIn(text)!.Contains(words!, StringComparison.Ordinal)).ShouldBe((kind.Value, true));
    }
}
