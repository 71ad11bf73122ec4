using CrmAi.Bench.Models;
using CrmAi.Domain.AiRuns;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CrmAi.Tests.AiRuns;

public sealed class ModelBudgetTests
{
    [Fact]
    public async Task Switch_SetByOneHost_IsObeyedByTheOtherAtItsNextCall()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        var other = stage.AnotherHost();
        await stage.AskAsync(other, "一");
        await stage.SetAsync(s => s.Enabled = false);
        (await ModelStage.CodeAsync(stage.AskAsync(other, "二"))).ShouldBe("ai.off");
        (await ModelStage.CodeAsync(stage.AskAsync(other, "一"))).ShouldBe("ai.off");
        stage.StandIn.Requests.Count.ShouldBe(1);
        await stage.SetAsync(s => s.Enabled = true);
        await stage.AskAsync(other, "二");
        stage.StandIn.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Switch_TurnedOffBetweenAttempts_StopsTheNext()
    {
        await using var stage = await ModelCallsStage.StartAsync(options => options.Attempts = 10);
        var go = new TaskCompletionSource();
        stage.StandIn.Script = _ => StandInReply.Refused(500) with { Hold = go.Task };
        var asked = stage.AskAsync();
        await Eventually.TrueAsync(() => stage.StandIn.AtOnce == 1, "it was not asked");
        await stage.SetAsync(s => s.Enabled = false);
        go.SetResult();
        (await ModelStage.CodeAsync(asked)).ShouldBe("ai.off");
        stage.StandIn.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Switch_TurnedOffBeforeARepair_StopsIt()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        var go = new TaskCompletionSource();
        stage.StandIn.Script = _ => StandInReply.Answer("prose") with { Hold = go.Task };
        var asked = stage.AskAsync();
        await Eventually.TrueAsync(() => stage.StandIn.AtOnce == 1, "it was not asked");
        await stage.SetAsync(s => s.Enabled = false);
        go.SetResult();
        (await ModelStage.CodeAsync(asked)).ShouldBe("ai.off");
        stage.StandIn.Requests.Count.ShouldBe(1);
        (await stage.CallsAsync()).Single().Outcome.ShouldBe(AiCallOutcome.Misfit);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Budget_OfSixteenCallersAtOnce_IsNotPassed(bool daily)
    {
        // Each may cost 5,000 for its answer and some hundred for its question, and costs 6,000 in the end.
        await using var stage = await ModelCallsStage.StartAsync(options => (options.MaxOutputTokens, options.Concurrency) = (100, 16));
        const long budget = 40_000;
        await stage.SetAsync(s => (s.DailyBudgetMicros, s.MonthlyBudgetMicros) = (daily ? budget : null, daily ? null : budget));
        stage.StandIn.Script = _ => StandInReply.Answer(ModelCallsStage.Fit) with { InputTokens = 100, OutputTokens = 100 };
        var codes = new List<string?>();
        for (var round = 0; round < 3; round++) codes.AddRange(await Task.WhenAll(Enumerable.Range(0, 16).Select(i => CodeOfAsync(stage.AskAsync($"问题{round}-{i}")))));

        codes.ShouldContain((string?)null);
        codes.Where(c => c is not null).Distinct().ShouldBe(["ai.budget"]);
        var calls = await stage.CallsAsync();
        calls.Sum(c => c.CostMicros).ShouldBeInRange(budget - 7_000, budget);
        calls.Count.ShouldBe(stage.StandIn.Requests.Count);
        calls.Count.ShouldBe(codes.Count(c => c is null));
    }

    [Fact]
    public async Task Budget_OfADay_BeginsAnewAtTheCompanysMidnight_AndTheMonthsDoesNot()
    {
        var clock = new ManualClock(); // 20 November, 10:00 in Shanghai
        await using var stage = await ModelCallsStage.StartAsync(options => options.MaxOutputTokens = 20, services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        await stage.SetAsync(s => (s.DailyBudgetMicros, s.MonthlyBudgetMicros) = (3_500, 6_500));
        await stage.AskAsync("一");
        (await ModelStage.CodeAsync(stage.AskAsync("二"))).ShouldBe("ai.budget");
        (await stage.AskAsync("一")).FromCache.ShouldBeTrue("what is paid for is given out, budget or none");
        clock.Advance(TimeSpan.FromHours(13.9));
        (await ModelStage.CodeAsync(stage.AskAsync("二"))).ShouldBe("ai.budget");
        clock.Advance(TimeSpan.FromHours(0.2));
        await stage.AskAsync("二");
        clock.Advance(TimeSpan.FromDays(1));
        await stage.AskAsync("三");
        clock.Advance(TimeSpan.FromDays(1));
        (await ModelStage.CodeAsync(stage.AskAsync("四"))).ShouldBe("ai.budget", "the month's is spent");
        clock.Advance(TimeSpan.FromDays(9)); // 1 December
        await stage.AskAsync("四");

        await using var db = stage.Database.Open();
        var spent = await stage.Database.Get<AiSpending>().OfAsync(db, default);
        spent.ShouldBe(new(2000, 2000, new(2026, 12, 1, 16, 0, 0, DateTimeKind.Utc), new(2026, 11, 30, 16, 0, 0, DateTimeKind.Utc)));
    }

    [Fact]
    public async Task Budget_SpentByAnotherHost_Counts()
    {
        await using var stage = await ModelCallsStage.StartAsync(options => options.MaxOutputTokens = 20);
        await stage.SetAsync(s => s.DailyBudgetMicros = 3_500);
        await stage.AskAsync(stage.AnotherHost(), "一");
        (await ModelStage.CodeAsync(stage.AskAsync("二"))).ShouldBe("ai.budget");
    }

    [Fact]
    public async Task Budget_OfNothing_StopsAlsoWhatCostsNothing()
    {
        await using var stage = await ModelCallsStage.StartAsync(options => (options.InputPrice, options.OutputPrice) = (0, 0));
        await stage.SetAsync(s => s.DailyBudgetMicros = 0);
        (await ModelStage.CodeAsync(stage.AskAsync())).ShouldBe("ai.budget");
        await stage.SetAsync(s => s.DailyBudgetMicros = 1);
        (await stage.AskAsync()).CostMicros.ShouldBe(0);
    }

    [Fact]
    public async Task Contact_WhoIsDeleted_TakesTheAnswersAlong_AndWhatTheyCostStays()
    {
        await using var stage = await ModelCallsStage.StartAsync();
        var rep = await stage.Database.AddUserAsync(Domain.Users.Role.SalesRep);
        var contacts = stage.Database.As(rep).Contacts;
        var (gone, stays) = ((await contacts.AddAsync(new() { Name = "林若溪" }, default)).Value, (await contacts.AddAsync(new() { Name = "陈望" }, default)).Value);
        var calls = stage.Database.Get<IModelCalls>();
        await calls.AskAsync(stage.Question("一", gone.Id), default);
        await calls.AskAsync(stage.Question("二", stays.Id), default);

        (await contacts.DeleteAsync(gone.Id, default)).Succeeded.ShouldBeTrue();

        var rows = await stage.CallsAsync();
        rows.Single(c => c.ContactId == gone.Id).Output.ShouldBeNull();
        rows.Single(c => c.ContactId == stays.Id).Output.ShouldBe(ModelCallsStage.Fit);
        rows.ShouldAllBe(c => c.CostMicros == 2000);
        // The same question may be answered again, for somebody else's contact.
        (await calls.AskAsync(stage.Question("一", stays.Id), default)).FromCache.ShouldBeFalse();
    }

    private static async Task<string?> CodeOfAsync(Task asked)
    {
        try
        {
            await asked;
            return null;
        }
        catch (ModelUnavailableException none)
        {
            return none.Code;
        }
    }
}
