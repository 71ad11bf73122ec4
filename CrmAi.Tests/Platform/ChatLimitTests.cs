using CrmAi.Bench.Models;
using CrmAi.Domain.AiRuns;
using CrmAi.Infrastructure.Platform.Ai;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Platform;

public sealed class ChatLimitTests
{
    [Fact]
    public async Task Breaker_AfterFaultsInARow_LeavesTheAddressAloneAndTriesItWithOneRequest()
    {
        await using var stage = await ModelStage.StartAsync(("Attempts", "1"), ("BreakerFaults", "3"), ("BreakerPause", "00:00:30"));
        stage.StandIn.Script = _ => StandInReply.Refused(500);
        for (var i = 0; i < 3; i++) (await ModelStage.CodeAsync(stage.AskAsync())).ShouldBe("ai.fault");
        for (var i = 0; i < 5; i++) (await ModelStage.CodeAsync(stage.AskAsync())).ShouldBe("ai.breaker");
        stage.StandIn.Requests.Count.ShouldBe(3);

        stage.Clock.Advance(TimeSpan.FromSeconds(29));
        (await ModelStage.CodeAsync(stage.AskAsync())).ShouldBe("ai.breaker");
        stage.Clock.Advance(TimeSpan.FromSeconds(2));
        (await ModelStage.CodeAsync(stage.AskAsync())).ShouldBe("ai.fault");
        (await ModelStage.CodeAsync(stage.AskAsync())).ShouldBe("ai.breaker");
        stage.StandIn.Requests.Count.ShouldBe(4);

        stage.Clock.Advance(TimeSpan.FromSeconds(31));
        var answer = new TaskCompletionSource();
        stage.StandIn.Script = _ => StandInReply.Answer(ModelStage.Fit) with { Hold = answer.Task };
        var probe = stage.AskAsync();
        await Eventually.TrueAsync(() => stage.StandIn.Requests.Count == 5, "it was not tried");
        (await ModelStage.CodeAsync(stage.AskAsync())).ShouldBe("ai.breaker");
        answer.SetResult();
        (await probe).Text.ShouldBe(ModelStage.Fit);
        await stage.AskAsync();
        stage.StandIn.Requests.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Breaker_IsNotOpenedByFaultsWithAnswersBetween_NorByRefusals()
    {
        await using var stage = await ModelStage.StartAsync(("Attempts", "1"), ("BreakerFaults", "2"));
        stage.StandIn.Script = request => request.Number % 2 == 1 ? StandInReply.Refused(500) : StandInReply.Answer(ModelStage.Fit);
        for (var i = 0; i < 3; i++)
        {
            (await ModelStage.CodeAsync(stage.AskAsync())).ShouldBe("ai.fault");
            await stage.AskAsync();
        }
        foreach (var (status, code) in ((int, string)[])[(401, "ai.refused"), (429, "ai.busy")])
        {
            stage.StandIn.Script = _ => StandInReply.Refused(status);
            for (var i = 0; i < 3; i++) (await ModelStage.CodeAsync(stage.AskAsync())).ShouldBe(code);
        }
    }

    [Fact]
    public async Task Breaker_ThatOpensBetweenAttempts_TellsTheFaultThatOpenedIt()
    {
        await using var stage = await ModelStage.StartAsync(("BreakerFaults", "2"));
        stage.StandIn.Script = _ => StandInReply.Refused(500);
        var asked = stage.AskAsync();
        for (var wait = 0; wait < 2; wait++) await stage.Clock.PassAsync(w => w < TimeSpan.FromSeconds(60));
        (await ModelStage.CodeAsync(asked)).ShouldBe("ai.fault");
        stage.StandIn.Requests.Count.ShouldBe(2);
        (await ModelStage.CodeAsync(stage.AskAsync())).ShouldBe("ai.breaker");
    }

    [Fact]
    public async Task Requests_AtOnce_AreNoMoreThanAllowedForAllTasksOfAnAddress()
    {
        await using var stage = await ModelStage.StartAsync(("Concurrency", "5"), ("Tasks:Profile:Concurrency", "2"), ("Tasks:Profile:Model", "stand-in-2"));
        var go = new TaskCompletionSource();
        stage.StandIn.Script = _ => StandInReply.Answer(ModelStage.Fit) with { Hold = go.Task };
        var asked = Enumerable.Range(0, 12).Select(i => stage.AskAsync(task: i % 2 == 0 ? AiRunType.Profile : AiRunType.Conversation)).ToList();
        await Eventually.TrueAsync(() => stage.StandIn.AtOnce == 2, "two were allowed");
        go.SetResult();
        await Task.WhenAll(asked);
        stage.StandIn.MostAtOnce.ShouldBe(2);
        stage.StandIn.Requests.Select(r => r.Model).Distinct().Order().ShouldBe(["stand-in-1", "stand-in-2"]);
    }

    [Fact]
    public async Task Tokens_OfAMinute_AreNotPassed_AndWhatWasNotSpentIsGivenBack()
    {
        var clock = new ManualClock();
        var pace = new TokenPace(600, clock);
        await pace.TakeAsync(400, default);
        pace.Correct(400, 100);
        await pace.TakeAsync(500, default); // 100 spent, 500 taken: the minute is full

        var next = pace.TakeAsync(60, default);
        next.IsCompleted.ShouldBeFalse();
        var later = pace.TakeAsync(100_000, default); // more than a minute holds: as much as it holds
        clock.Waits.ShouldBe([TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(66)]);
        clock.Advance(TimeSpan.FromSeconds(6));
        await next;
        later.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(60));
        await later;

        clock.Advance(TimeSpan.FromSeconds(30));
        pace.Correct(0, 600); // an answer that was far longer than estimated
        var owing = pace.TakeAsync(0, default);
        clock.Waits.ShouldBe([TimeSpan.FromSeconds(30)]);
        clock.Advance(TimeSpan.FromSeconds(30));
        await owing;
    }

    [Fact]
    public async Task Tokens_OfWhoeverLeft_AreGivenBack()
    {
        var clock = new ManualClock();
        var pace = new TokenPace(60, clock);
        await pace.TakeAsync(60, default);
        using var leave = new CancellationTokenSource();
        var left = pace.TakeAsync(60, leave.Token);
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(left);
        var next = pace.TakeAsync(30, default);
        clock.Waits.ShouldBe([TimeSpan.FromSeconds(30)]);
        clock.Advance(TimeSpan.FromSeconds(30));
        await next;
    }

    [Fact]
    public async Task Requests_BeyondTheTokensOfAMinute_WaitForThem()
    {
        await using var stage = await ModelStage.StartAsync(("TokensPerMinute", "1000"), ("MaxOutputTokens", "400"), ("Timeout", "00:20:00"));
        stage.StandIn.Script = _ => StandInReply.Answer(ModelStage.Fit) with { InputTokens = 900, OutputTokens = 100 };
        await stage.AskAsync(ModelStage.Question("一"));
        var second = stage.AskAsync(ModelStage.Question("二"));
        await Eventually.TrueAsync(() => stage.Clock.Waits.Count == 1, "it did not wait");
        stage.StandIn.Requests.Count.ShouldBe(1);
        await stage.Clock.PassAsync(w => w < TimeSpan.FromMinutes(1));
        await second;
        stage.StandIn.Requests.Count.ShouldBe(2);
    }
}
