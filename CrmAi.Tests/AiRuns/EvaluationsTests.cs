using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Profiles;
using CrmAi.Infrastructure;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Conversations;
using CrmAi.Tests.Support;
using Case = CrmAi.Tests.Conversations.Conversations;

namespace CrmAi.Tests.AiRuns;

public sealed class EvaluationsTests : IDisposable
{
    private readonly string folder = TestFolders.New();
    private readonly ScriptedModel model = new();
    private readonly StringWriter output = new();

    public void Dispose()
    {
        output.Dispose();
        TestFolders.Remove(folder);
    }

    [Theory]
    [InlineData("", false, EvaluatedAnalyst.Rules)]
    [InlineData("--analyst model", false, EvaluatedAnalyst.Model)]
    [InlineData("--prompts p", false, EvaluatedAnalyst.Model)]
    [InlineData("--compare --predictions out", true, EvaluatedAnalyst.Rules)]
    public void Options_AreRead(string options, bool compare, EvaluatedAnalyst analyst) =>
        EvaluationOrder.Read("f", options.Split(' ', StringSplitOptions.RemoveEmptyEntries))!.ShouldSatisfyAllConditions(o => o.Compare.ShouldBe(compare), o => o.Analyst.ShouldBe(analyst));

    [Theory]
    [InlineData("--analyst human")]
    [InlineData("--predictions")]
    [InlineData("--fast")]
    public void Options_ThatNobodyKnows_AreRefused(string options) => EvaluationOrder.Read("f", options.Split(' ')).ShouldBeNull();

    [Fact]
    public async Task NoModel_IsSaidInOneSentence()
    {
        model.Model = null;
        (await ConversationsAsync(new(Cases("Conversations"), Compare: true))).ShouldBe(2);
        output.ToString().Trim().ShouldBe("No model is configured: set Ai:BaseAddress, Ai:Key and Ai:Model (as environment variables Ai__BaseAddress, Ai__Key and Ai__Model).");
    }

    [Fact]
    public async Task Comparison_ShowsRulesAndModelSideBySide_WithWhatLiesBetween()
    {
        // Says nothing at all but for one thing that is not there: what the model finds differs from the rules wherever these find something.
        model.Answer = _ => Said.Conversation(findings: [Said.Finding("Pain", "这句话哪里都没有")]);
        (await ConversationsAsync(new(Cases("Conversations"), Predictions: Path.Combine(folder, "said"), Compare: true))).ShouldBe(0);
        var table = output.ToString().Split(Environment.NewLine);
        table[0].ShouldStartWith("1  rules ");
        table[1].ShouldStartWith("2  test-model 1-");
        Row("claims dropped").ShouldContain("30 of");
        Row("objections F1").ShouldContain("0.0000 (-");
        Row("tokens").ShouldContain("45000");
        Row("yuan").ShouldContain("0.1350");
        File.ReadLines(Path.Combine(folder, "said.1")).Count().ShouldBe(30);
        File.ReadLines(Path.Combine(folder, "said.2")).Count().ShouldBe(30);

        string Row(string name) => table.Single(l => l.StartsWith(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Prompts_OfAnotherFolder_AreComparedAsAThirdColumn()
    {
        foreach (var file in Directory.EnumerateFiles(Prompts.DefaultFolder)) File.WriteAllText(Path.Combine(folder, Path.GetFileName(file)), $"version: 2\n\nRead it well. {Path.GetFileName(file)}");
        model.Answer = _ => Said.Conversation();
        (await ConversationsAsync(new(Cases("Conversations"), Compare: true, Prompts: folder))).ShouldBe(0);
        output.ToString().ShouldContain("3  test-model 2-");
        model.Asked.Count(q => q.Instructions.StartsWith("Read it well. conversation.zh.md", StringComparison.Ordinal)).ShouldBe(30);
        model.Asked.Select(q => q.PromptVersion.Split('-')[0]).Distinct().ShouldBe(["conversation/zh/1", "conversation/zh/2"]);
    }

    [Fact]
    public async Task Prompts_WithoutTheirNumber_AreRefused()
    {
        foreach (var file in Directory.EnumerateFiles(Prompts.DefaultFolder)) File.WriteAllText(Path.Combine(folder, Path.GetFileName(file)), "Read it well.");
        (await Should.ThrowAsync<InvalidOperationException>(() => ConversationsAsync(new(Cases("Conversations"), Prompts: folder, Analyst: EvaluatedAnalyst.Model)))).Message.ShouldContain("the first line is");
    }

    [Fact]
    public async Task ModelThatDoesNotAnswer_IsCounted_NotHidden()
    {
        model.Unavailable = "ai.timeout";
        (await ConversationsAsync(new(Cases("Conversations"), Analyst: EvaluatedAnalyst.Model))).ShouldBe(0);
        output.ToString().ShouldContain("ai.timeout:30");
    }

    [Fact]
    public async Task Profiles_AreComparedAlike()
    {
        model.Answer = q => Said.Profile(Said.Claim(ProfileKeys.Need, null, [("c1", Said.Texts(q)[0].Text[..6])]));
        (await Evaluations.ProfilesAsync(new(Cases("Profiles"), Compare: true), Case.Analyst, model, output, default)).ShouldBe(0);
        var table = output.ToString();
        table.ShouldContain("2  test-model 1-");
        table.ShouldContain("silent where thin");
        model.Asked.ShouldAllBe(q => q.Task == AiRunType.Profile);
        foreach (var question in model.Asked) question.Data.ShouldNotContain("00000000-0000");
    }

    private Task<int> ConversationsAsync(EvaluationOrder order) => Evaluations.ConversationsAsync(order, Case.Analyst, model, output, default);

    // The first thirty are enough to tell columns apart.
    private string Cases(string feature)
    {
        var file = Path.Combine(folder, $"{feature}.jsonl");
        File.WriteAllLines(file, File.ReadLines(Path.Combine(AppContext.BaseDirectory, feature, "Cases", feature == "Profiles" ? "blind.jsonl" : "tuned.jsonl")).Take(30));
        return file;
    }
}
