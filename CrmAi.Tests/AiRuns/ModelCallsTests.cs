using CrmAi.Bench.Models;
using CrmAi.Domain.AiRuns;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Platform.Ai;
using CrmAi.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrmAi.Tests.AiRuns;

public sealed class ModelCallsTests
{
    [Fact]
    public async Task Answer_ThatFits_IsGivenAndPutOnRecord()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        var contact = Guid.CreateVersion7();

        var answer = await stage.Database.Get<IModelCalls>().AskAsync(stage.Question(contactId: contact), default);

        answer.Content.GetProperty("answer").GetString().ShouldBe("yes");
        (answer.Model, answer.InputTokens, answer.OutputTokens, answer.CostMicros, answer.FromCache, answer.Repaired).ShouldBe(("stand-in-1", 100, 20, 2000, false, false));
        var call = (await stage.CallsAsync()).Single();
        (call.Task, call.Model, call.PromptVersion, call.UserId, call.ContactId).ShouldBe((AiRunType.Conversation, "stand-in-1", "conversation/zh/1", stage.UserId, contact));
        (call.InputTokens, call.OutputTokens, call.CostMicros, call.Outcome, call.ErrorCode, call.Output).ShouldBe((100, 20, 2000, AiCallOutcome.Answered, null, ModelCallsStage.Fit));
    }

    [Fact]
    public async Task Database_HoldsNeitherQuestionNorAnswerInClear()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        stage.StandIn.Script = _ => StandInReply.Answer("""{"answer":"secret-of-the-answer"}""");
        await stage.AskAsync("secret-of-the-question");
        await stage.Database.SqlAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        SqliteConnection.ClearAllPools();
        var bytes = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(stage.Database.DatabaseFile));
        bytes.ShouldContain("conversation/zh/1");
        bytes.ShouldNotContain("secret-of-the");
    }

    [Fact]
    public async Task SameQuestion_IsAnsweredFromTheCache_AlsoAfterARestart()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        await stage.AskAsync();
        foreach (var answer in (ModelAnswer[])[await stage.AskAsync(), await stage.AskAsync(stage.AnotherHost())])
        {
            (answer.FromCache, answer.CostMicros, answer.InputTokens).ShouldBe((true, 0, 100));
            answer.Content.GetProperty("answer").GetString().ShouldBe("yes");
        }
        stage.StandIn.Requests.Count.ShouldBe(1);
        (await stage.CallsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Question_ThatDiffersInAnything_IsAnother()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        var question = stage.Question("ab");
        ModelQuestion[] others = [question, question with { Data = "ac" }, question with { PromptVersion = "conversation/zh/2" }, question with { Instructions = "读" }, question with { Instructions = question.Instructions + "a", Data = "b" },
            question with { Schema = """{"type":"object"}""" }];
        others.Select(q => Convert.ToHexString(ModelCalls.DigestOf("m", q))).Append(Convert.ToHexString(ModelCalls.DigestOf("n", question))).Distinct().Count().ShouldBe(7);
        // Who asks, and of whom, makes no other question of it.
        ModelCalls.DigestOf("m", question with { UserId = Guid.CreateVersion7(), ContactId = Guid.CreateVersion7() }).ShouldBe(ModelCalls.DigestOf("m", question));
    }

    [Fact]
    public async Task SameQuestion_TwentyTimesAtOnce_IsBilledOnce()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        var go = new TaskCompletionSource();
        stage.StandIn.Script = _ => StandInReply.Answer(ModelCallsStage.Fit) with { Hold = go.Task };
        var asked = Enumerable.Range(0, 20).Select(_ => stage.AskAsync()).ToList();
        await Eventually.TrueAsync(() => stage.StandIn.AtOnce == 1, "it was not asked");
        go.SetResult();
        var answers = await Task.WhenAll(asked);
        answers.ShouldAllBe(a => a.Content.GetProperty("answer").GetString() == "yes");
        answers.Count(a => !a.FromCache).ShouldBe(1);
        answers.Sum(a => a.CostMicros).ShouldBe(2000);
        stage.StandIn.Requests.Count.ShouldBe(1);
        (await stage.CallsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Answer_ToACallerWhoLeavesThatMoment_IsOnRecordNevertheless()
    {
        using var leave = new CancellationTokenSource();
        var chat = new LastMoment(leave);
        await using var stage = await ModelCallsStage.StartAsync(services: all => all.Replace(ServiceDescriptor.Singleton<IChatModel>(chat)));
        await Should.ThrowAsync<OperationCanceledException>(stage.AskAsync(ct: leave.Token));
        await Eventually.TrueAsync(async () => (await stage.CallsAsync()).Count == 1, "what was paid for is lost");
        (await stage.AskAsync()).FromCache.ShouldBeTrue();
        chat.Asked.ShouldBe(1);
    }

    [Fact]
    public async Task Caller_WhoLeavesWhileTheModelThinks_IsOnRecord_WithWhatWasSent()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        stage.StandIn.Script = _ => StandInReply.Answer(ModelCallsStage.Fit) with { Hold = new TaskCompletionSource().Task };
        using var leave = new CancellationTokenSource();
        var asked = stage.AskAsync(ct: leave.Token);
        await Eventually.TrueAsync(() => stage.StandIn.Requests.Count == 1, "nobody asked");
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(asked);
        await Eventually.TrueAsync(async () => (await stage.CallsAsync()).Count == 1, "what was sent is not on record");
        (await stage.CallsAsync()).Single().ShouldSatisfyAllConditions(c => c.ErrorCode.ShouldBe("ai.left"), c => c.CostMicros.ShouldBeGreaterThan(0), c => c.Output.ShouldBeNull());
    }

    [Fact]
    public async Task Answer_AboutWhoWasDeletedMeanwhile_IsNotKept()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        var rep = await stage.Database.AddUserAsync(Domain.Users.Role.SalesRep);
        var contact = (await stage.Database.As(rep).Contacts.AddAsync(Samples.Contact(), default)).Value.Id;
        var answer = new TaskCompletionSource();
        stage.StandIn.Script = _ => StandInReply.Answer(ModelCallsStage.Fit) with { Hold = answer.Task };
        var asked = stage.Database.Get<IModelCalls>().AskAsync(stage.Question(contactId: contact), default);
        await Eventually.TrueAsync(() => stage.StandIn.Requests.Count == 1, "nobody asked");
        (await stage.Database.As(rep).Contacts.DeleteAsync(contact, default)).Succeeded.ShouldBeTrue();
        answer.SetResult();
        await asked;
        (await stage.CallsAsync()).Single().ShouldSatisfyAllConditions(c => c.Output.ShouldBeNull(), c => c.CostMicros.ShouldBe(2000));
    }

    [Theory]
    [InlineData(401, "ai.refused")]
    [InlineData(429, "ai.busy")]
    [InlineData(500, "ai.fault")]
    public async Task Fault_IsPutOnRecordAndCostsNothing(int status, string code)
    {
        await using var stage = await ModelCallsStage.StartAsync(options => options.Attempts = 2);
        stage.StandIn.Script = _ => StandInReply.Refused(status);
        (await ModelStage.CodeAsync(stage.AskAsync())).ShouldBe(code);
        var call = (await stage.CallsAsync()).Single();
        (call.Outcome, call.ErrorCode, call.CostMicros, call.Output).ShouldBe((AiCallOutcome.Failed, code, 0, null));

        stage.StandIn.Script = _ => StandInReply.Answer(ModelCallsStage.Fit);
        (await stage.AskAsync()).FromCache.ShouldBeFalse("a fault is no answer");
    }

    [Fact]
    public async Task Hanging_ForEver_IsATimeout()
    {
        await using var stage = await ModelCallsStage.StartAsync(options => (options.Attempts, options.Timeout) = (1, TimeSpan.FromMilliseconds(50)));
        stage.StandIn.Script = _ => StandInReply.Hang();
        (await ModelStage.CodeAsync(stage.AskAsync())).ShouldBe("ai.timeout");
        (await stage.CallsAsync()).Single().ErrorCode.ShouldBe("ai.timeout");
    }

    [Fact]
    public async Task Breaker_ThatIsOpen_PutsNothingOnRecord()
    {
        await using var stage = await ModelCallsStage.StartAsync(options => (options.Attempts, options.BreakerFaults) = (1, 1));
        stage.StandIn.Script = _ => StandInReply.Refused(500);
        (await ModelStage.CodeAsync(stage.AskAsync("一"))).ShouldBe("ai.fault");
        (await ModelStage.CodeAsync(stage.AskAsync("二"))).ShouldBe("ai.breaker");
        (await stage.CallsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Task_WithoutAModel_IsNotAsked()
    {
        await using var stage = await ModelCallsStage.StartAsync(options => options.Model = "");
        stage.Database.Get<IModelCalls>().ModelOf(AiRunType.Conversation).ShouldBeNull();
        (await ModelStage.CodeAsync(stage.AskAsync())).ShouldBe("ai.off");
        stage.StandIn.Requests.ShouldBeEmpty();
    }

    /// <summary>Its caller leaves just when it answers.</summary>
    private sealed class LastMoment(CancellationTokenSource leave) : IChatModel
    {
        public int Asked { get; private set; }

        public async Task<ChatReply> AskAsync(AiModel model, ChatAsk ask, CancellationToken ct)
        {
            Asked++;
            await leave.CancelAsync();
            return new(ModelCallsStage.Fit, 100, 20, Truncated: false);
        }

        public IAsyncEnumerable<ChatPiece> StreamAsync(AiModel model, ChatAsk ask, CancellationToken ct) => throw new NotSupportedException();
    }
}
