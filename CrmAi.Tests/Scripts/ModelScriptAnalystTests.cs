using System.Text.Json;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Scripts;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Scripts;
using CrmAi.Tests.AiRuns;
using static CrmAi.Tests.Scripts.ScriptStage;

namespace CrmAi.Tests.Scripts;

/// <summary>A model writes the words: of what it was given, as far as it holds, and the rules where nothing does.</summary>
public sealed class ModelScriptAnalystTests
{
    private const string Talk = "张三: 你们的价格太贵了。\n周岚: 我们可以给方案。\n张三: 麻烦把报价发给我，我的电话 13800001203，抄送李四光明。";

    private readonly ScriptedModel model = new();

    [Fact]
    public async Task Sentences_AreShownAsTheyCome_WithNamesPutBack_AndTheirWords()
    {
        model.Answer = q => Answer(Said("Greeting", $"{Placeholder(q, "to")}，您好！"), Said("Body", "您说的报价我正在准备。", "c1", "麻烦把报价发给我"), Said("Question", "您看报价还要发给哪位？"));
        var (script, ever, last) = await WriteAsync(Analysts(model), await InputAsync());
        last.Select(s => s.Text).ShouldBe(["张三，您好！", "您说的报价我正在准备。", "您看报价还要发给哪位？"]);
        last[1].Evidence!.Value.QuoteIn(Talk).ShouldBe("麻烦把报价发给我");
        (script.By.Analyst, script.By.Note, script.Kept, script.Dropped, script.By.CostMicros).ShouldBe(("test-model", null, 3, 0, 4500L));
        ever.Count.ShouldBe(3);
    }

    [Fact]
    public async Task WhatLeaves_HasNoNameOrNumber_AndWhatPeopleWroteIsData()
    {
        model.Answer = _ => Answer(Said("Body", "我来准备材料。"));
        await WriteAsync(Analysts(model), await InputAsync());
        var question = model.Asked.ShouldHaveSingleItem();
        foreach (var secret in new[] { "张三", "周岚", "13800001203", "李四光明", "沪上精工" }) question.Data.ShouldNotContain(secret);
        (question.Task, question.Instructions).ShouldBe((AiRunType.Script, Prompts.Of("script", ScriptAnswer.Schema).In("zh-CN").Text));
        question.Data.ShouldContain("麻烦把报价发给我");
    }

    [Fact]
    public async Task WhatDoesNotHold_IsNeverShown_AndCounted()
    {
        model.Answer = _ => Answer(Said("Body", "我来准备材料。"), Said("Body", "您说的报价我正在准备。", "c1", "没有这句话"), Said("Body", "您说的报价我正在准备。", "c9", "报价"), Said("Body", "⟦人99⟧在等。"),
            Said("Body", "报价总价 30 万。", "c1", "麻烦把报价发给我"), Said("Nothing", "报价我来准备。"), new { part = "Body", text = "报价我来准备。" });
        var (script, ever, _) = await WriteAsync(Analysts(model), await InputAsync());
        ever.ShouldHaveSingleItem().Sentence.Text.ShouldBe("我来准备材料。");
        (script.Kept, script.Dropped).ShouldBe((1, 6));
    }

    [Fact]
    public async Task NothingThatHolds_TheRulesStandIn_AndSaySo()
    {
        model.Answer = _ => Answer(Said("Greeting", "张三，您好！"), Said("Body", "报价打五折。", "c1", "麻烦把报价发给我"));
        var (script, ever, last) = await WriteAsync(Analysts(model), await InputAsync());
        (script.By.Analyst, script.By.Note, script.By.CostMicros, script.Dropped).ShouldBe(("rules", "ai.uncited", 4500L, 1));
        ever[0].Attempt.ShouldBeLessThan(ever[^1].Attempt, "what was shown of the other is thrown away");
        last.ShouldContain(s => s.Part == ScriptPart.Body);
    }

    [Theory]
    [InlineData("ai.off")]
    [InlineData("ai.budget")]
    [InlineData("ai.schema")]
    [InlineData("ai.timeout")]
    [InlineData("ai.busy")]
    public async Task NoAnswer_TheRulesStandIn_WithTheReason(string code)
    {
        model.Unavailable = code;
        var (script, _, last) = await WriteAsync(Analysts(model), await InputAsync());
        (script.By.Analyst, script.By.Note, script.Kept).ShouldBe(("rules", code, last.Count));
        last.Count.ShouldBeGreaterThan(3);
    }

    [Fact]
    public async Task SecondAttempt_ThrowsAwayTheFirst()
    {
        var twice = new TwiceAnswering(Answer(Said("Body", "我来准备材料。")), Answer(Said("Body", "报价我来准备，请稍候。", "c1", "麻烦把报价发给我")));
        var (script, ever, last) = await WriteAsync(Analysts(twice), await InputAsync());
        ever.Select(e => e.Attempt).ShouldBe([1, 2]);
        last.ShouldHaveSingleItem().Text.ShouldBe("报价我来准备，请稍候。");
        script.Kept.ShouldBe(1);
    }

    [Fact]
    public async Task Parts_AndCaps_AreKept()
    {
        model.Answer = _ => Answer([Said("Subject", "报价"), Said("Body", "报价我来准备，请稍候。", "c1", "麻烦把报价发给我"), .. Enumerable.Range(0, 40).Select(n => Said("Closing", new string((char)('天' + n), 8) + "。"))]);
        var (_, _, last) = await WriteAsync(Analysts(model), await InputAsync());
        last[0].Text.ShouldBe("报价我来准备，请稍候。", "it is the model's");
        last.ShouldAllBe(s => s.Part != ScriptPart.Subject, "a message has none");
        last.Count.ShouldBeLessThanOrEqualTo(CheckedSentences.MostSentences);
    }

    private static Task<ScriptInput> InputAsync() => ScriptStage.InputAsync(Talk, "麻烦把报价发给我");

    private static string Placeholder(ModelQuestion question, string field)
    {
        using var data = JsonDocument.Parse(question.Data);
        return data.RootElement.GetProperty("task").GetProperty(field).GetString()!;
    }

    /// <summary>Answers what does not fit, in pieces, and then what does.</summary>
    private sealed class TwiceAnswering(string first, string second) : IModelCalls
    {
        public string? ModelOf(AiRunType task) => "twice";

        public Task<ModelAnswer> AskAsync(ModelQuestion question, CancellationToken ct) => throw new NotSupportedException();

        public async Task<ModelAnswer> AskAsync(ModelQuestion question, Func<AnswerPart, ValueTask> arrived, CancellationToken ct)
        {
            foreach (var (text, attempt) in new[] { (first, 1), (second, 2) })
            {
                foreach (var piece in text.Chunk(5)) await arrived(new(new(piece), attempt));
            }
            using var content = JsonDocument.Parse(second);
            return new(content.RootElement.Clone(), "twice", 1, 1, 1, 1, false, true);
        }
    }
}
