using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Conversations;
using CrmAi.Tests.AiRuns;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Conversations;

/// <summary>When the rules stand in for the model.</summary>
public sealed class ConversationAnalystsTests
{
    private static readonly RulesConversationAnalyst Rules = Conversations.Analyst;
    private static readonly DateTimeOffset Friday = new(2026, 11, 20, 10, 10, 0, TimeSpan.FromHours(8));

    private readonly ScriptedModel model = new();

    [Theory]
    [InlineData("ai.off")]
    [InlineData("ai.budget")]
    [InlineData("ai.timeout")]
    [InlineData("ai.schema")]
    public async Task NoAnswer_TheRulesStandIn_AndSayWhy(string why)
    {
        model.Unavailable = why;
        var (result, by) = await AnalyseAsync(Samples.Talk);
        (by.Analyst, by.Version, by.PromptVersion, by.Note).ShouldBe(("rules", Rules.Version, null, why));
        result.Findings.ShouldContain(f => f.Kind == FindingKind.Budget);
    }

    [Theory]
    [InlineData("""{"claims":[]}""")]
    [InlineData("""{"sentiment":"Positive"}""")]
    [InlineData("[]")]
    [InlineData("\"Sure! The customer is happy.\"")]
    [InlineData("null")]
    [InlineData("""{"sentiment":{"value":"Positive","confidence":"high","quote":null},"disc":null,"stage":null,"summary":null,"next_action":null,"findings":null,"injections":null}""")]
    public async Task Answer_OfAnotherForm_TheRulesStandIn(string answer)
    {
        model.Answer = _ => answer;
        (await AnalyseAsync(Samples.Talk)).By.ShouldSatisfyAllConditions(b => b.Analyst.ShouldBe("rules"), b => b.Note.ShouldBe("ai.schema"));
    }

    [Fact]
    public async Task Answer_OfWhichNothingHolds_TheRulesStandIn_AndTheCostIsTold()
    {
        model.Answer = _ => Said.Conversation(summary: ["他很满意"], findings: [Said.Finding("BuyingSignal", "马上签合同")]);
        var (_, by) = await AnalyseAsync(Samples.Talk);
        (by.Analyst, by.Note, by.CostMicros).ShouldBe(("rules", "ai.uncited", 4500L));
    }

    [Fact]
    public async Task NoModel_TheRulesRead_WithoutANote()
    {
        model.Model = null;
        (await AnalyseAsync(Samples.Talk)).By.ShouldBe(new("rules", Rules.Version));
        model.Asked.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    public async Task NothingToRead_IsNotAsked(string text)
    {
        (await AnalyseAsync(text)).Result.Findings.ShouldBeEmpty();
        model.Asked.ShouldBeEmpty();
    }

    private Task<Analysed<ConversationResult>> AnalyseAsync(string text) =>
        new ConversationAnalysts(model, new(model, Rules, Prompts.Of(ConversationAnswer.SchemaName, ConversationAnswer.Schema), (_, _) => Task.FromResult("zh-CN")), Rules)
            .AnalyseAsync(new(Guid.CreateVersion7(), InteractionType.WeChat, InteractionDirection.Inbound, Friday, text, ChatContext.At(Friday)), Guid.NewGuid(), default);
}
