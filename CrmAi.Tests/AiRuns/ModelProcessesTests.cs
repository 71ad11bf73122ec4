using CrmAi.Bench;
using CrmAi.Bench.Models;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.AiRuns;

/// <summary>Two processes of the operating system on one database, and one model at their other end.</summary>
public sealed class ModelProcessesTests
{
    [Fact]
    public async Task Switch_TurnedOffInOne_StopsTheVeryNextCallOfTheOther()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        var administrator = await stage.Database.AddUserAsync(Role.Admin);
        using var one = await StartAsync(stage);
        using var other = await StartAsync(stage);
        ((string[])[await one.AskAsync("一"), await other.AskAsync("二"), await other.AskAsync("一")]).ShouldBe([Asker.Paid, Asker.Paid, Asker.Cached]);

        await one.SwitchOffAsync(administrator.Id);

        ((string[])[await other.AskAsync("三"), await one.AskAsync("四"), await other.AskAsync("一")]).ShouldBe(["ai.off", "ai.off", "ai.off"]);
        stage.StandIn.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Questions_AskedByBothAtOnce_ReachTheModelOnceEach()
    {
        const int questions = 60;
        await using var stage = await ModelCallsStage.StartAsync();
        using var one = await StartAsync(stage);
        using var other = await StartAsync(stage);
        string[] all = [.. Enumerable.Range(0, questions).Select(i => $"question {i}")];
        // From both ends and in small steps, so that they meet in the middle.
        foreach (var (first, last) in all.Zip(all.Reverse()))
        {
            one.Tell([Asker.Ask + first]);
            other.Tell([Asker.Ask + last]);
        }

        string[] outcomes = [.. await one.AnswersAsync(all), .. await other.AnswersAsync(all)];

        (outcomes.Count(o => o == Asker.Paid), outcomes.Count(o => o == Asker.Cached)).ShouldBe((questions, questions), string.Join(' ', outcomes.Distinct()));
        stage.StandIn.Requests.Select(r => r.Data).Order().ShouldBe(all.Order());
        (await stage.CallsAsync()).Select(c => (c.Outcome, c.CostMicros)).ShouldBe(Enumerable.Repeat((AiCallOutcome.Answered, 2000L), questions));
        (await ReservationsAsync(stage)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Question_OfAProcessThatIsKilled_IsAskedByTheOther_AndOfOneThatLivesIsNot()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        stage.StandIn.Next(StandInReply.Hang());
        using var one = await StartAsync(stage, "--Ai:Lease=00:00:02");
        using var other = await StartAsync(stage, "--Ai:Lease=00:00:02");
        one.Tell([Asker.Ask + "甲"]);
        await Eventually.TrueAsync(() => stage.StandIn.AtOnce == 1, "it was not asked");
        var held = (await ReservationsAsync(stage)).Single();
        other.Tell([Asker.Ask + "甲"]);
        // Beyond what it was first held for.
        await Eventually.TrueAsync(async () => (await ReservationsAsync(stage)).Single().Until > held.Until.AddSeconds(2), "no sign of life");
        (stage.StandIn.Requests.Count, (await ReservationsAsync(stage)).Single().Owner).ShouldBe((1, held.Owner), "the other did not wait");

        one.Kill();

        (await other.AnswersAsync(["甲"])).ShouldBe([Asker.Paid]);
        stage.StandIn.Requests.Count.ShouldBe(2);
        (await stage.CallsAsync()).Select(c => (c.Outcome, c.CostMicros)).ShouldBe([(AiCallOutcome.Answered, 2000L)]);
        (await ReservationsAsync(stage)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Budget_OfADay_IsNotPassedByBothTogether()
    {
        // Each may cost 5,000 for its answer and some hundred for its question, and costs 6,000 in the end.
        const long budget = 60_000;
        await using var stage = await ModelCallsStage.StartAsync();
        await stage.SetAsync(s => s.DailyBudgetMicros = budget);
        stage.StandIn.Script = _ => StandInReply.Answer(ModelCallsStage.Fit) with { InputTokens = 100, OutputTokens = 100 };
        using var one = await StartAsync(stage, "--Ai:MaxOutputTokens=100");
        using var other = await StartAsync(stage, "--Ai:MaxOutputTokens=100");
        var outcomes = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            string[] ones = [.. Enumerable.Range(0, 12).Select(i => $"one {round} {i}")], others = [.. Enumerable.Range(0, 12).Select(i => $"other {round} {i}")];
            one.Tell(ones.Select(q => Asker.Ask + q));
            other.Tell(others.Select(q => Asker.Ask + q));
            outcomes.AddRange([.. await one.AnswersAsync(ones), .. await other.AnswersAsync(others)]);
        }

        outcomes.Distinct().Order().ShouldBe(["ai.budget", Asker.Paid]);
        var calls = await stage.CallsAsync();
        calls.Sum(c => c.CostMicros).ShouldBeInRange(budget - 7_000, budget);
        (calls.Count, stage.StandIn.Requests.Count).ShouldBe((outcomes.Count(o => o == Asker.Paid), calls.Count));
    }

    private static Task<AskingProcess> StartAsync(ModelCallsStage stage, params string[] settings) => AskingProcess.StartAsync(stage.Database.Folder, stage.StandIn.Address, settings);

    private static Task<List<AiReservation>> ReservationsAsync(ModelCallsStage stage) => stage.Database.ReadAsync(db => db.AiReservations.AsNoTracking().ToListAsync());
}
