using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.NightRuns;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Tests.NightRuns;

/// <summary>Who begins, halts and ends runs, and by which limits they end.</summary>
public sealed class NightControlTests
{
    [Fact]
    public async Task Run_PausedInItsMidst_FinishesWhatRunsAndGoesOnWhenResumed()
    {
        await using var stage = await NightStage.CreateAsync(9, new HeldAnalyst(), batch: 3, change: o => o.Workers = 1);
        var analyst = (HeldAnalyst)stage.Db.Get<IProfileAnalyst>();
        var id = (await stage.Nights.StartAsync(default)).Value;
        analyst.First = async () => (await stage.Nights.PauseAsync(id, default)).Succeeded.ShouldBeTrue();
        await stage.Db.Get<NightWorkers>().DrainAsync(default);
        var paused = (await stage.Nights.OverviewAsync(default))!.Latest!;
        (paused.State, paused.Renewed).ShouldBe((NightRunState.Paused, 3));
        (await stage.Db.Get<NightWorkers>().DrainAsync(default)).ShouldBe(0);
        (await stage.Nights.StartAsync(default)).Errors.Single().Code.ShouldBe("night.active");
        (await stage.Nights.PauseAsync(id, default)).Errors.Single().Code.ShouldBe("night.state");
        (await stage.Nights.ResumeAsync(id, default)).Succeeded.ShouldBeTrue();
        await stage.Db.Get<NightWorkers>().DrainAsync(default);
        (await stage.Nights.OverviewAsync(default))!.Latest!.ShouldSatisfyAllConditions(n => n.State.ShouldBe(NightRunState.Done), n => n.Renewed.ShouldBe(9));
    }

    [Fact]
    public async Task Run_PausedDuringItsLastBatch_EndsByItself_AlsoAfterItsProcessDied()
    {
        await using var stage = await NightStage.CreateAsync(3, new HeldAnalyst(), batch: 3, change: o => o.Workers = 1);
        var analyst = (HeldAnalyst)stage.Db.Get<IProfileAnalyst>();
        var id = (await stage.Nights.StartAsync(default)).Value;
        analyst.First = async () => (await stage.Nights.PauseAsync(id, default)).Succeeded.ShouldBeTrue();
        await stage.Db.Get<NightWorkers>().DrainAsync(default);
        (await stage.Nights.OverviewAsync(default))!.Latest!.ShouldSatisfyAllConditions(n => n.State.ShouldBe(NightRunState.Done), n => n.Renewed.ShouldBe(3));
        await stage.Db.WriteAsync(d => { var run = d.NightRuns.Single(); (run.State, run.Active, run.FinishedAt) = (NightRunState.Paused, 1, null); });
        await stage.Db.Get<NightWorkers>().DrainAsync(default);
        (await stage.Nights.OverviewAsync(default))!.Latest!.State.ShouldBe(NightRunState.Done);
    }

    [Fact]
    public async Task Start_WithNothingToDo_SaysSo_AndLeavesNoRunNorNotice()
    {
        await using var stage = await NightStage.CreateAsync(2);
        (await stage.RunAsync()).Reasons.ShouldHaveSingleItem().ShouldBe(new(NightReason.First, 2));
        var told = await stage.Db.ReadAsync(d => d.Notifications.CountAsync());
        (await stage.Nights.StartAsync(default)).Errors.ShouldHaveSingleItem().Code.ShouldBe("night.nothing");
        (await stage.Nights.ListAsync(default)).Count.ShouldBe(1);
        (await stage.RunAsync()).ShouldSatisfyAllConditions(n => n.State.ShouldBe(NightRunState.Done), n => n.Chosen.ShouldBe(0));
        (await stage.Db.ReadAsync(d => d.Notifications.CountAsync())).ShouldBe(told, "an empty night has no report");
    }

    [Fact]
    public async Task Speed_IsOfTheTimeWorked_NotOfAPause()
    {
        await using var stage = await NightStage.CreateAsync(0);
        var now = stage.Db.Clock.Now;
        NightBatch Batch(Guid run, int number, DateTime end) => new() { NightRunId = run, Number = number, ContactIds = [], State = NightBatchState.Done, Renewed = 10, AnalysisMilliseconds = 5000, FinishedAt = end };
        var run = new NightRun { State = NightRunState.Done, Active = null, Chosen = 30, CreatedAt = now.AddHours(-2), FinishedAt = now, EndsAt = now };
        // Two of them at the same time, an hour's pause, another one.
        await stage.Db.WriteAsync(d => d.AddRange(run, Batch(run.Id, 0, now.AddHours(-1)), Batch(run.Id, 1, now.AddHours(-1)), Batch(run.Id, 2, now)));
        (await stage.Nights.OverviewAsync(default))!.Latest!.PerSecond.ShouldBe(3.0);
    }

    [Fact]
    public async Task Run_Cancelled_KeepsWhatIsDoneAndLetsAnotherBegin()
    {
        await using var stage = await NightStage.CreateAsync(6, new HeldAnalyst(), batch: 2, change: o => o.Workers = 1);
        var analyst = (HeldAnalyst)stage.Db.Get<IProfileAnalyst>();
        var id = (await stage.Nights.StartAsync(default)).Value;
        analyst.First = () => stage.Nights.CancelAsync(id, default);
        await stage.Db.Get<NightWorkers>().DrainAsync(default);
        var cancelled = (await stage.Nights.OverviewAsync(default))!.Latest!;
        (cancelled.State, cancelled.Renewed, cancelled.FinishedAt is not null).ShouldBe((NightRunState.Cancelled, 2, true));
        (await stage.Nights.ResumeAsync(id, default)).Errors.Single().Code.ShouldBe("night.state");
        (await stage.RunAsync()).ShouldSatisfyAllConditions(n => n.Chosen.ShouldBe(4), n => n.Renewed.ShouldBe(4));
    }

    [Fact]
    public async Task Run_WhoseWindowIsOver_StopsBeforeItsNextBatchAndMayBeGoneOnWithByAnother()
    {
        await using var stage = await NightStage.CreateAsync(6, new HeldAnalyst(), batch: 2, change: o => o.Workers = 1);
        var analyst = (HeldAnalyst)stage.Db.Get<IProfileAnalyst>();
        analyst.First = () =>
        {
            stage.Db.Clock.Advance(TimeSpan.FromHours(4));
            return Task.CompletedTask;
        };
        var night = await stage.RunAsync();
        (night.State, night.Reason, night.Renewed).ShouldBe((NightRunState.Stopped, NightStop.Window, 2));
        (await stage.RunAsync()).Renewed.ShouldBe(4);
    }

    [Fact]
    public async Task Run_WhoseMoneyIsSpent_BeginsNoFurtherContact()
    {
        await using var stage = await NightStage.CreateAsync(12, new HeldAnalyst { CostMicros = 400_000 }, batch: 4, change: o => (o.Workers, o.AtOnce) = (1, 1));
        (await stage.Nights.SavePlanAsync(new(true, new(2, 0), "Asia/Shanghai", 240, 14, 1_000_000), 0, default)).Succeeded.ShouldBeTrue();
        var night = await stage.RunAsync();
        (night.State, night.Reason, night.Renewed, night.PaidCalls, night.CostMicros).ShouldBe((NightRunState.Stopped, NightStop.Budget, 3, 3, 1_200_000L));
        (await stage.Db.ReadAsync(d => d.ContactReviews.CountAsync())).ShouldBe(3, "whoever was left out is chosen the next night");
    }

    [Fact]
    public async Task Plan_AtItsHour_BeginsOneRunPerNight_WhicheverProcessLooksFirst()
    {
        await using var stage = await NightStage.CreateAsync(2, change: o => o.Scheduled = true);
        await using var other = TestDatabase.Services(stage.Db.Folder, s => NightStage.Configure(s, null, 5, o => o.Scheduled = true));
        var local = TimeZoneInfo.ConvertTimeFromUtc(stage.Db.Clock.Now, TimeZoneInfo.FindSystemTimeZoneById("UTC"));
        var hour = new TimeOnly(local.Hour, local.Minute);
        (await stage.Nights.SavePlanAsync(new(true, hour, "UTC", 720, 14, null), 0, default)).Succeeded.ShouldBeTrue();
        await Task.WhenAll(Task.Run(() => stage.Db.Get<NightShift>().LookAsync(default)), Task.Run(() => other.GetRequiredService<NightShift>().LookAsync(default)));
        await stage.Db.Get<NightShift>().LookAsync(default);
        var run = await stage.Db.ReadAsync(d => d.NightRuns.SingleAsync());
        (run.State, run.StartedBy, run.Chosen).ShouldBe((NightRunState.Done, null, 2));
        (await stage.Nights.SavePlanAsync(new(false, hour, "UTC", 720, 14, null), 1, default)).Succeeded.ShouldBeTrue();
        stage.Db.Clock.Advance(TimeSpan.FromDays(1));
        await stage.Db.Get<NightShift>().LookAsync(default);
        (await stage.Db.ReadAsync(d => d.NightRuns.CountAsync())).ShouldBe(1, "off means off");
    }

    [Fact]
    public async Task Plan_OutOfRange_IsRefusedFieldByField_AndALostRaceIsTold()
    {
        await using var stage = await NightStage.CreateAsync(0);
        var bad = await stage.Nights.SavePlanAsync(new(true, new(2, 0), "Nowhere/Land", 5, 0, -1), 0, default);
        bad.Errors.Select(e => (e.Code, e.Field)).ShouldBe([("night.window.range", "WindowMinutes"), ("night.stale.range", "StaleDays"), ("night.budget.range", "BudgetMicros"), ("settings.timezone.unknown", "TimeZone")]);
        var good = new NightPlanEdit(true, new(1, 30), "UTC", 60, 7, null);
        (await stage.Nights.SavePlanAsync(good, 0, default)).Succeeded.ShouldBeTrue();
        (await stage.Nights.SavePlanAsync(good with { StaleDays = 8 }, 0, default)).Errors.Single().Code.ShouldBe("conflict");
        var overview = (await stage.Nights.OverviewAsync(default))!;
        (overview.Plan, overview.Version).ShouldBe((good, 1));
        (await stage.Db.ReadAsync(d => d.ChangeSets.CountAsync(c => c.Command == "night.plan" && c.UserId == stage.Admin.Id))).ShouldBe(1);
    }

    [Theory]
    [InlineData(Role.SalesRep)]
    [InlineData(Role.Manager)]
    [InlineData(Role.Analyst)]
    public async Task Nights_OfAnybodyButAdministrators_AreNeitherShownNorMoved(Role role)
    {
        await using var stage = await NightStage.CreateAsync(1);
        var night = await stage.RunAsync();
        var theirs = stage.Db.As(await stage.Db.AddUserAsync(role)).Get<INightRuns>();
        (await theirs.OverviewAsync(default)).ShouldBeNull();
        (await theirs.ListAsync(default)).ShouldBeEmpty();
        (await theirs.ReportAsync(night.Id, default)).ShouldBeNull();
        (await theirs.StartAsync(default)).Errors.Single().Code.ShouldBe("forbidden");
        foreach (var move in (Func<Guid, CancellationToken, Task<Domain.Shared.Result>>[])[theirs.PauseAsync, theirs.ResumeAsync, theirs.CancelAsync])
            (await move(night.Id, default)).Errors.Single().Code.ShouldBe("forbidden");
        (await theirs.SavePlanAsync(new(false, new(2, 0), "UTC", 60, 7, null), 0, default)).Errors.Single().Code.ShouldBe("forbidden");
    }
}
