using CrmAi.Bench.Models;
using CrmAi.Domain.AiRuns;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Tests.AiRuns;

public sealed class AiReservationsTests
{
    [Fact]
    public async Task Question_ThatAnotherHostIsAsking_IsWaitedForAndTakenFromTheCache()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        var go = new TaskCompletionSource();
        stage.StandIn.Script = _ => StandInReply.Answer(ModelCallsStage.Fit) with { Hold = go.Task };
        var first = stage.AskAsync();
        await Eventually.TrueAsync(() => stage.StandIn.AtOnce == 1, "it was not asked");
        var parts = new List<AnswerPart>();
        var second = stage.StreamAsync(part => { parts.Add(part); return default; }, host: stage.AnotherHost());
        go.SetResult();
        ((await first).CostMicros, (await second).CostMicros, (await second).FromCache).ShouldBe((2000, 0, true));
        parts.ShouldBe([new(ModelCallsStage.Fit, 1)]);
        stage.StandIn.Requests.Count.ShouldBe(1);
        (await RowsAsync(stage)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Question_ThatFailed_IsFreeAtOnce()
    {
        await using var stage = await ModelCallsStage.StartAsync(options => options.Attempts = 1);
        var go = new TaskCompletionSource();
        stage.StandIn.Next(StandInReply.Refused(500) with { Hold = go.Task });
        var first = stage.AskAsync();
        await Eventually.TrueAsync(() => stage.StandIn.AtOnce == 1, "it was not asked");
        var second = stage.AskAsync(stage.AnotherHost());
        go.SetResult();
        (await ModelStage.CodeAsync(first)).ShouldBe("ai.fault");
        (await second).FromCache.ShouldBeFalse();
        (await RowsAsync(stage)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Question_ThatIsLeft_IsFreeAtOnce()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        stage.StandIn.Next(StandInReply.Hang());
        using var leave = new CancellationTokenSource();
        var first = stage.AskAsync(ct: leave.Token);
        await Eventually.TrueAsync(() => stage.StandIn.AtOnce == 1, "it was not asked");
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        (await stage.AskAsync(stage.AnotherHost())).FromCache.ShouldBeFalse();
    }

    [Fact]
    public async Task Switch_TurnedOff_IsHeardByWhoWaitsForAnother()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        stage.StandIn.Next(StandInReply.Hang());
        using var leave = new CancellationTokenSource();
        var first = stage.AskAsync(ct: leave.Token);
        await Eventually.TrueAsync(() => stage.StandIn.AtOnce == 1, "it was not asked");
        var second = stage.AskAsync(stage.AnotherHost());
        await stage.SetAsync(s => s.Enabled = false);
        (await ModelStage.CodeAsync(second)).ShouldBe("ai.off");
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
    }

    [Fact]
    public async Task Holder_WhoStoodStillForTooLong_IsPaidToo_AndOneAnswerIsKept()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        var go = new TaskCompletionSource();
        stage.StandIn.Script = _ => StandInReply.Answer(ModelCallsStage.Fit) with { Hold = go.Task };
        var first = stage.AskAsync();
        await Eventually.TrueAsync(() => stage.StandIn.AtOnce == 1, "it was not asked");
        await stage.Database.WriteAsync(db => db.AiReservations.Single().Until = DateTime.UtcNow.AddSeconds(-1));
        var second = stage.AskAsync(stage.AnotherHost());
        await Eventually.TrueAsync(() => stage.StandIn.AtOnce == 2, "it was not taken over");
        go.SetResult();
        (await Task.WhenAll(first, second)).Sum(a => a.CostMicros).ShouldBe(4000);
        var calls = await stage.CallsAsync();
        (calls.Count, calls.Count(c => c.Output is not null), calls.Sum(c => c.CostMicros)).ShouldBe((2, 1, 4000));
        (await RowsAsync(stage)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Misfit_KeepsTheQuestion_AndSetsAsideForItsRepair()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        var (one, two) = (new TaskCompletionSource(), new TaskCompletionSource());
        stage.StandIn.Next(StandInReply.Answer("prose") with { Hold = one.Task }, StandInReply.Answer(ModelCallsStage.Fit) with { Hold = two.Task });
        var asked = stage.AskAsync();
        await Eventually.TrueAsync(() => stage.StandIn.AtOnce == 1, "it was not asked");
        var first = (await RowsAsync(stage)).Single();
        one.SetResult();
        await Eventually.TrueAsync(() => stage.StandIn.Requests.Count == 2, "it was not repaired");
        var second = (await RowsAsync(stage)).Single();
        second.Owner.ShouldBe(first.Owner);
        // 4,096 tokens of an answer at 50 each, and the question; a repair holds the answer that did not fit as well.
        first.Micros.ShouldBeInRange(4096 * 50, 4096 * 50 + 2_000);
        second.Micros.ShouldBeInRange(first.Micros + 1, first.Micros + 1_000);
        two.SetResult();
        (await asked).Repaired.ShouldBeTrue();
        (await RowsAsync(stage)).ShouldBeEmpty();
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Budget_CountsWhatAnotherHostHasUnderWay_AsLongAsItLives(bool daily)
    {
        await using var stage = await ModelCallsStage.StartAsync(options => options.MaxOutputTokens = 100);
        await stage.SetAsync(s => (s.DailyBudgetMicros, s.MonthlyBudgetMicros) = (daily ? 7_500 : null, daily ? null : 7_500));
        var go = new TaskCompletionSource();
        stage.StandIn.Next(StandInReply.Answer(ModelCallsStage.Fit) with { Hold = go.Task });
        var other = stage.AskAsync(stage.AnotherHost(), "一");
        await Eventually.TrueAsync(() => stage.StandIn.AtOnce == 1, "it was not asked");
        (await ModelStage.CodeAsync(stage.AskAsync("二"))).ShouldBe("ai.budget");
        await stage.Database.WriteAsync(db => db.AiReservations.Single().Until = DateTime.UtcNow.AddSeconds(-1));
        (await stage.AskAsync("二")).CostMicros.ShouldBe(2000, "what the dead have set aside is free");
        go.SetResult();
        await other;
    }

    [Fact]
    public async Task Breaker_ThatIsOpen_LeavesNothingSetAside()
    {
        await using var stage = await ModelCallsStage.StartAsync(options => (options.Attempts, options.BreakerFaults) = (1, 1));
        stage.StandIn.Script = _ => StandInReply.Refused(500);
        (await ModelStage.CodeAsync(stage.AskAsync("一"))).ShouldBe("ai.fault");
        (await ModelStage.CodeAsync(stage.AskAsync("二"))).ShouldBe("ai.breaker");
        (await RowsAsync(stage)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rows_OfTheDead_ArePutAwayByTheLiving()
    {
        await using var stage = await ModelCallsStage.StartAsync(options => options.Lease = TimeSpan.FromMilliseconds(300));
        await stage.Database.WriteAsync(db => db.AiReservations.Add(new() { Digest = new byte[32], Until = DateTime.UtcNow.AddMinutes(-1), Micros = 5 }));
        var go = new TaskCompletionSource();
        stage.StandIn.Next(StandInReply.Answer(ModelCallsStage.Fit) with { Hold = go.Task });
        var asked = stage.AskAsync();
        await Eventually.TrueAsync(async () => (await RowsAsync(stage)).TrueForAll(r => r.Micros != 5), "they stay for ever");
        go.SetResult();
        (await asked).FromCache.ShouldBeFalse();
    }

    private static Task<List<AiReservation>> RowsAsync(ModelCallsStage stage) => stage.Database.ReadAsync(db => db.AiReservations.AsNoTracking().ToListAsync());
}
