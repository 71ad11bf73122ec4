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
}
