using System.Collections.Concurrent;
using CrmAi.Bench.Models;
using CrmAi.Domain.AiRuns;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrmAi.Tests.AiRuns;

public sealed class ModelStreamTests
{
    [Fact]
    public async Task Parts_ArriveBeforeTheEnd_AndTheRowIsAsOfAnyOtherAnswer()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        var end = new TaskCompletionSource();
        stage.StandIn.Next(StandInReply.Answer(ModelCallsStage.Fit) with { HoldEnd = end.Task });
        var shown = new Shown();
        var asked = stage.StreamAsync(shown.Add);
        await Eventually.TrueAsync(() => shown.Text() == ModelCallsStage.Fit, "parts did not come");
        (asked.IsCompleted, (await stage.CallsAsync()).Count).ShouldBe((false, 0));
        end.SetResult();

        var answer = await asked;

        answer.Content.GetProperty("answer").GetString().ShouldBe("yes");
        (answer.InputTokens, answer.OutputTokens, answer.CostMicros, answer.FromCache, answer.Repaired).ShouldBe((100, 20, 2000, false, false));
        shown.Parts.ShouldAllBe(p => p.Attempt == 1);
        stage.StandIn.Requests.Single().IsStreamed.ShouldBeTrue();
        var call = (await stage.CallsAsync()).Single();
        (call.InputTokens, call.OutputTokens, call.CostMicros, call.Outcome, call.ErrorCode, call.Output).ShouldBe((100, 20, 2000, AiCallOutcome.Answered, null, ModelCallsStage.Fit));
    }

    [Fact]
    public async Task Misfit_IsFollowedByASecondAttempt_WhichTakesItsPlace()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        stage.StandIn.Next(StandInReply.Answer("好的，以下是对这段对话的分析：客户预算五十万。"));
        var shown = new Shown();

        var answer = await stage.StreamAsync(shown.Add);

        (answer.Repaired, answer.CostMicros).ShouldBe((true, 4000));
        shown.Text(2).ShouldBe(ModelCallsStage.Fit);
        shown.Parts.Select(p => p.Attempt).ShouldBeInOrder();
        (await stage.CallsAsync()).Select(c => (c.Outcome, c.CostMicros)).ShouldBe([(AiCallOutcome.Misfit, 2000L), (AiCallOutcome.Repaired, 2000L)]);
    }

    [Fact]
    public async Task Answer_CutOffTwice_IsRefusedAndPaidTwice()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        stage.StandIn.Script = _ => StandInReply.Truncated("""{"answer":"ye""");
        var shown = new Shown();
        (await ModelStage.CodeAsync(stage.StreamAsync(shown.Add))).ShouldBe("ai.schema");
        shown.Text(2).ShouldBe("""{"answer":"ye""");
        (await stage.CallsAsync()).Select(c => (c.Outcome, c.CostMicros, c.Output)).ShouldBe([(AiCallOutcome.Misfit, 2000L, null), (AiCallOutcome.Misfit, 2000L, null)]);
    }

    [Fact]
    public async Task Answer_FromTheCache_ArrivesWhole()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        await stage.StreamAsync(new Shown().Add);
        foreach (var host in (IServiceProvider[])[stage.Database.Provider, stage.AnotherHost()])
        {
            var shown = new Shown();
            var answer = await stage.StreamAsync(shown.Add, host: host);
            (answer.FromCache, answer.CostMicros).ShouldBe((true, 0));
            shown.Parts.ShouldBe([new(ModelCallsStage.Fit, 1)]);
        }
        (await stage.AskAsync()).FromCache.ShouldBeTrue();
        stage.StandIn.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Question_ThatOthersWaitForAsAWhole_ArrivesWhole()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        var go = new TaskCompletionSource();
        stage.StandIn.Script = _ => StandInReply.Answer(ModelCallsStage.Fit) with { Hold = go.Task };
        var first = stage.AskAsync();
        await Eventually.TrueAsync(() => stage.StandIn.AtOnce == 1, "it was not asked");
        var shown = new Shown();
        var second = stage.StreamAsync(shown.Add);
        go.SetResult();
        ((await first).CostMicros, (await second).CostMicros, (await second).FromCache).ShouldBe((2000, 0, true));
        shown.Parts.ShouldBe([new(ModelCallsStage.Fit, 1)]);
        stage.StandIn.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Callers_OfTheSame_ShareWhatIsBeingWritten_AlsoWhoComesLate()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        var end = new TaskCompletionSource();
        stage.StandIn.Script = _ => StandInReply.Answer(ModelCallsStage.Fit) with { HoldEnd = end.Task };
        var all = Enumerable.Range(0, 10).Select(_ => new Shown()).ToList();
        var asked = all.Select(s => stage.StreamAsync(s.Add)).ToList();
        await Eventually.TrueAsync(() => all.TrueForAll(s => s.Text() == ModelCallsStage.Fit), "parts did not come to all");
        var late = new Shown();
        asked.AddRange([stage.StreamAsync(late.Add), stage.AskAsync()]);
        await Eventually.TrueAsync(() => !late.Parts.IsEmpty, "nothing was told to who came late");
        late.Parts.ShouldBe([new(ModelCallsStage.Fit, 1)]);
        end.SetResult();

        var answers = await Task.WhenAll(asked);

        answers.ShouldAllBe(a => a.Content.GetProperty("answer").GetString() == "yes");
        (answers.Count(a => !a.FromCache), answers.Sum(a => a.CostMicros)).ShouldBe((1, 2000));
        (stage.StandIn.Requests.Count, (await stage.CallsAsync()).Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Stream_ThatBreaks_IsOnRecordWithWhatCame_AndIsNoAnswer()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        var cut = new TaskCompletionSource();
        stage.StandIn.Next(StandInReply.Answer(ModelCallsStage.Fit) with { Drops = true, HoldEnd = cut.Task });
        var shown = new Shown();
        (await ModelStage.CodeAsync(stage.StreamAsync(part => { cut.TrySetResult(); return shown.Add(part); }))).ShouldBe("ai.fault");
        await ShouldBeBrokenAsync(stage, "ai.fault");
        (await stage.StreamAsync(shown.Add)).FromCache.ShouldBeFalse("half an answer is none");
    }

    [Fact]
    public async Task Stream_ThatStalls_IsATimeoutOnRecord()
    {
        var clock = new ManualClock();
        await using var stage = await ModelCallsStage.StartAsync(services: all => all.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        stage.StandIn.Next(StandInReply.Answer(ModelCallsStage.Fit) with { HoldEnd = new TaskCompletionSource().Task });
        var shown = new Shown();
        var asked = stage.StreamAsync(shown.Add);
        await Eventually.TrueAsync(() => shown.Text() == ModelCallsStage.Fit, "parts did not come");
        await clock.PassAsync(w => w == TimeSpan.FromSeconds(60));
        (await ModelStage.CodeAsync(asked)).ShouldBe("ai.timeout");
        await ShouldBeBrokenAsync(stage, "ai.timeout");
    }

    [Fact]
    public async Task Reader_WhoLeaves_EndsTheStream_AndWhatCameIsOnRecord()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        stage.StandIn.Next(StandInReply.Answer(ModelCallsStage.Fit) with { HoldEnd = new TaskCompletionSource().Task });
        using var leave = new CancellationTokenSource();
        var shown = new Shown();
        var asked = stage.StreamAsync(shown.Add, ct: leave.Token);
        await Eventually.TrueAsync(() => shown.Text() == ModelCallsStage.Fit, "parts did not come");
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(asked);
        await Eventually.TrueAsync(() => stage.StandIn.AtOnce == 0, "the stream went on");
        await Eventually.TrueAsync(async () => (await stage.CallsAsync()).Count == 1, "what was written is not on record");
        await ShouldBeBrokenAsync(stage, "ai.left");
    }

    [Fact]
    public async Task Reader_WhoLeavesOthersBehind_TakesNothingFromThem()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        var end = new TaskCompletionSource();
        stage.StandIn.Script = _ => StandInReply.Answer(ModelCallsStage.Fit) with { HoldEnd = end.Task };
        var shown = new Shown();
        var staying = stage.StreamAsync(shown.Add);
        await Eventually.TrueAsync(() => shown.Text() == ModelCallsStage.Fit, "parts did not come");
        var broken = stage.StreamAsync(_ => throw new InvalidDataException("the reader broke"));
        await Should.ThrowAsync<InvalidDataException>(broken);
        end.SetResult();
        (await staying).Content.GetProperty("answer").GetString().ShouldBe("yes");
        (await stage.CallsAsync()).Single().Outcome.ShouldBe(AiCallOutcome.Answered);
    }

    [Fact]
    public async Task Reader_WhoIsSlow_HoldsUpNobody_AndHearsTheRestAtOnce()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        var read = new TaskCompletionSource();
        var shown = new Shown();
        var asked = stage.StreamAsync(async part =>
        {
            await shown.Add(part);
            await read.Task;
        });
        await Eventually.TrueAsync(async () => (await stage.CallsAsync()).Count == 1, "the model waited for the reader");
        read.SetResult();
        (await asked).CostMicros.ShouldBe(2000);
        shown.Text().ShouldBe(ModelCallsStage.Fit);
        shown.Parts.Count.ShouldBeInRange(1, 2);
    }

    [Fact]
    public async Task Endpoint_ThatCountsNothing_IsEstimated()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        stage.StandIn.Next(StandInReply.Answer(ModelCallsStage.Fit) with { IsCounted = false });
        var answer = await stage.StreamAsync(new Shown().Add);
        answer.InputTokens.ShouldBeInRange(10, 200);
        answer.OutputTokens.ShouldBe(16);
        (await stage.CallsAsync()).Single().CostMicros.ShouldBe(answer.InputTokens * 10 + answer.OutputTokens * 50);
    }

    [Fact]
    public async Task Switch_AndBudget_HoldForStreamsToo()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        var shown = new Shown();
        await stage.SetAsync(s => s.DailyBudgetMicros = 0);
        (await ModelStage.CodeAsync(stage.StreamAsync(shown.Add))).ShouldBe("ai.budget");
        await stage.SetAsync(s => s.Enabled = false);
        (await ModelStage.CodeAsync(stage.StreamAsync(shown.Add))).ShouldBe("ai.off");
        (shown.Parts.Count, stage.StandIn.Requests.Count, (await stage.CallsAsync()).Count).ShouldBe((0, 0, 0));
    }

    // Sixteen characters came of the answer: by the rule of Tokens.Estimate 16 tokens.
    private static async Task ShouldBeBrokenAsync(ModelCallsStage stage, string code)
    {
        var call = (await stage.CallsAsync()).Single();
        (call.Outcome, call.ErrorCode, call.Output).ShouldBe((AiCallOutcome.Failed, code, null));
        call.OutputTokens.ShouldBeInRange(12, 16);
        call.CostMicros.ShouldBe(call.InputTokens * 10 + call.OutputTokens * 50);
        call.InputTokens.ShouldBeInRange(10, 200);
    }

    private sealed class Shown
    {
        public ConcurrentQueue<AnswerPart> Parts { get; } = [];

        public string Text(int attempt = 1) => string.Concat(Parts.Where(p => p.Attempt == attempt).Select(p => p.Text));

        public ValueTask Add(AnswerPart part)
        {
            Parts.Enqueue(part);
            return default;
        }
    }
}
