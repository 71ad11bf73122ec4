using System.Collections.Concurrent;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.NightRuns;
using CrmAi.Infrastructure.Profiles;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Tests.NightRuns;

public sealed class NightRunTests
{
    [Fact]
    public async Task Night_OverContactsThatChanged_RenewsEachOnceAndTheNextFindsNothing()
    {
        await using var stage = await NightStage.CreateAsync(12);
        var first = await stage.RunAsync();
        (first.State, first.Chosen, first.Renewed, first.Unchanged, first.Failed).ShouldBe((NightRunState.Done, 12, 12, 0, 0));
        var profiled = await stage.ProfiledAsync();
        (profiled.Count, profiled.Distinct().Count()).ShouldBe((12, 12));
        (await stage.Db.ReadAsync(d => d.AiRuns.CountAsync(r => r.Type == Domain.AiRuns.AiRunType.Profile && r.UserId == stage.Rep.Id))).ShouldBe(12);

        var second = await stage.RunAsync();
        (second.State, second.Chosen, second.Done).ShouldBe((NightRunState.Done, 0, 0));
    }

    [Fact]
    public async Task Night_MakesTheSameProfileAsTheDaysJob()
    {
        await using var stage = await NightStage.CreateAsync(1);
        await stage.RunAsync();
        var contact = (await stage.ProfiledAsync()).Single();
        (await stage.Db.As(stage.Rep).Profiles.AnalyseAsync(contact, default)).Succeeded.ShouldBeTrue();
        await stage.Db.DrainAsync();
        (await stage.Db.JobsAsync()).ShouldHaveSingleItem().State.ShouldBe(JobState.Done);
        (await stage.ProfiledAsync()).Count.ShouldBe(1, "an equal input makes no new version");
    }

    [Fact]
    public async Task Choice_TakesWhatChangedIsStaleOrDue_AndNobodyWhoDoesNotWantIt()
    {
        await using var stage = await NightStage.CreateAsync(6);
        await stage.RunAsync();
        var ids = await stage.ProfiledAsync();
        var off = await stage.Db.AddUserAsync(Role.SalesRep, change: u => u.ProfileUpdates = false);
        stage.Db.Clock.Advance(TimeSpan.FromDays(3));
        await stage.Db.WriteAsync(d =>
        {
            Contact(d, ids[0]).Title = "总监";
            Contact(d, ids[0]).UpdatedAt = stage.Db.Clock.Now;
            stage.Talk(d, ids[1], 1);
            Contact(d, ids[2]).NextFollowUpAt = stage.Db.Clock.Now.AddHours(5);
            Contact(d, ids[3]).OwnerId = off.Id;
            Contact(d, ids[3]).UpdatedAt = stage.Db.Clock.Now;
            Contact(d, ids[4]).IsArchived = true;
            Contact(d, ids[4]).UpdatedAt = stage.Db.Clock.Now;
        });
        (await ChosenAsync()).ShouldBe([ids[0], ids[1], ids[2]], ignoreOrder: true);
        stage.Db.Clock.Advance(TimeSpan.FromDays(12));
        (await ChosenAsync()).ShouldBe([ids[0], ids[1], ids[2], ids[5]], ignoreOrder: true, "the sixth is stale by now");

        static Domain.Contacts.Contact Contact(AppDbContext d, Guid id) => d.Contacts.Single(c => c.Id == id);
        // Scores that days alone made others are another story.
        async Task<List<Guid>> ChosenAsync() => [.. (await stage.ChosenAsync()).Where(c => c.Reason != NightReason.Aged).Select(c => c.ContactId)];
    }

    [Fact]
    public async Task Choice_PutsTheMostValuableFirst()
    {
        await using var stage = await NightStage.CreateAsync(4);
        var ids = await stage.Db.ReadAsync(d => d.Contacts.OrderBy(c => c.Id).Select(c => c.Id).ToListAsync());
        await stage.Db.WriteAsync(d =>
        {
            foreach (var contact in d.Contacts)
            {
                (contact.Stage, contact.DealValueMinor) = ids.IndexOf(contact.Id) switch
                {
                    0 => (Domain.Contacts.DealStage.ClosedWon, (long?)900_000_00),
                    1 => (Domain.Contacts.DealStage.Prospecting, (long?)500_000_00),
                    2 => (Domain.Contacts.DealStage.Negotiation, (long?)300_000_00),
                    _ => (Domain.Contacts.DealStage.Prospecting, (long?)null),
                };
                if (ids.IndexOf(contact.Id) == 3) contact.Priority = Domain.Contacts.Priority.High;
            }
        });
        (await stage.ChosenAsync()).Select(c => c.ContactId).ShouldBe([ids[2], ids[1], ids[3], ids[0]]);
    }

    [Fact]
    public async Task TwoProcesses_OnOneDatabase_ShareTheWorkAndDoNoContactTwice()
    {
        var (arrived, both) = (new ConcurrentDictionary<string, bool>(), new TaskCompletionSource());
        HeldAnalyst Analyst(string process) => new()
        {
            Gate = async (_, ct) =>
            {
                arrived[process] = true;
                if (arrived.Count == 2) both.TrySetResult();
                await both.Task.WaitAsync(ct);
            },
        };
        await using var stage = await NightStage.CreateAsync(40, Analyst("a"), batch: 4);
        await using var other = TestDatabase.Services(stage.Db.Folder, s => NightStage.Configure(s, Analyst("b"), 4, null));
        (await stage.Nights.StartAsync(default)).Succeeded.ShouldBeTrue();
        await Task.WhenAll(UntilEndedAsync(stage.Db.Get<NightWorkers>()), UntilEndedAsync(other.GetRequiredService<NightWorkers>()));
        var progress = (await stage.Nights.OverviewAsync(default))!.Latest!;
        (progress.State, progress.Renewed, progress.Unchanged).ShouldBe((NightRunState.Done, 40, 0));
        var profiled = await stage.ProfiledAsync();
        (profiled.Count, profiled.Distinct().Count()).ShouldBe((40, 40));
        arrived.Keys.ShouldBe(["a", "b"], ignoreOrder: true);

        // Who came while the other was still choosing looks again, as its shift does.
        Task UntilEndedAsync(NightWorkers workers) => Task.Run(() => Eventually.TrueAsync(async () =>
        {
            await workers.DrainAsync(default);
            return await stage.Db.ReadAsync(d => d.NightRuns.AllAsync(r => r.Active == null));
        }, "the run ends"));
    }

    [Fact]
    public async Task Contact_ThatCannotBeAnalysed_LeavesTheOthersAlone()
    {
        await using var stage = await NightStage.CreateAsync(7, new HeldAnalyst());
        var broken = await stage.Db.ReadAsync(d => d.Contacts.OrderBy(c => c.Id).Select(c => c.Id).FirstAsync());
        var analyst = (HeldAnalyst)stage.Db.Get<IProfileAnalyst>();
        analyst.Gate = (input, _) => input.ContactId == broken ? throw new FormatException("no") : Task.CompletedTask;
        var night = await stage.RunAsync();
        (night.State, night.Renewed, night.Failed).ShouldBe((NightRunState.Done, 6, 1));
        var report = (await stage.Nights.ReportAsync(night.Id, default))!;
        report.Failures.ShouldHaveSingleItem().ShouldBe(new(broken, "人0", "job.fault"));
        report.Changed.Count.ShouldBe(6);
        analyst.Gate = (_, _) => Task.CompletedTask;
        (await stage.RunAsync()).Renewed.ShouldBe(1, "the next night takes it up again");
    }

    [Fact]
    public async Task Batch_WhoseHolderVanished_IsDoneByTheNext_AndGivenUpAfterFourAttempts()
    {
        await using var stage = await NightStage.CreateAsync(3);
        var run = (await stage.Nights.StartAsync(default)).Value;
        var leases = stage.Db.Get<NightLeases>();
        await stage.Db.WriteAsync(d =>
        {
            d.NightRuns.Single().State = NightRunState.Running;
            d.NightBatches.Add(new() { NightRunId = run, Number = 0, ContactIds = [.. d.Contacts.Select(c => c.Id)] });
        });
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            (await leases.TakeAsync(run, default)).ShouldNotBeNull();
            (await leases.TakeAsync(run, default)).ShouldBeNull("it is held");
            stage.Db.Clock.Advance(TimeSpan.FromSeconds(6));
        }
        (await leases.TakeAsync(run, default)).ShouldBeNull();
        await stage.Db.Get<NightWorkers>().DrainAsync(default);
        var night = (await stage.Nights.OverviewAsync(default))!.Latest!;
        (night.State, night.Failed).ShouldBe((NightRunState.Done, 3));
        (await stage.Nights.ReportAsync(run, default))!.Failures.Select(f => f.ErrorCode).ShouldBe(["job.died", "job.died", "job.died"]);
    }

    [Fact]
    public async Task Batch_TakenOverWhileItRan_WritesNothing()
    {
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var analyst = new HeldAnalyst { Gate = async (_, _) => { reached.TrySetResult(); await go.Task; } };
        await using var stage = await NightStage.CreateAsync(2, analyst, change: o => o.Lease = TimeSpan.FromMinutes(20));
        (await stage.Nights.StartAsync(default)).Succeeded.ShouldBeTrue();
        var first = Task.Run(() => stage.Db.Get<NightWorkers>().DrainAsync(default));
        await reached.Task;
        stage.Db.Clock.Advance(TimeSpan.FromMinutes(21));
        var run = await stage.Db.ReadAsync(d => d.NightRuns.SingleAsync());
        (await stage.Db.Get<NightLeases>().TakeAsync(run.Id, default)).ShouldNotBeNull();
        go.SetResult();
        (await first).ShouldBe(0);
        (await stage.ProfiledAsync()).ShouldBeEmpty();
        (await stage.Db.ReadAsync(d => d.ContactReviews.CountAsync())).ShouldBe(0);
    }

    [Fact]
    public async Task Profile_MadeByDayWhileTheBatchRan_IsNotFollowedByAnOlderOne()
    {
        var (reached, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var analyst = new HeldAnalyst { Gate = async (_, _) => { reached.TrySetResult(); await go.Task; } };
        await using var stage = await NightStage.CreateAsync(1, analyst);
        (await stage.Nights.StartAsync(default)).Succeeded.ShouldBeTrue();
        var night = Task.Run(() => stage.Db.Get<NightWorkers>().DrainAsync(default));
        await reached.Task;
        var contact = await stage.Db.ReadAsync(d => d.Contacts.Select(c => c.Id).SingleAsync());
        await stage.Db.WriteAsync(d =>
        {
            var run = new Domain.AiRuns.AiRun { Type = Domain.AiRuns.AiRunType.Profile, UserId = stage.Rep.Id, ContactId = contact, InputDigest = new byte[32], Analyst = "day", AnalystVersion = "1", At = stage.Db.Clock.Now };
            d.AddRange(run, new ContactProfile { ContactId = contact, AiRunId = run.Id, Analyst = "day", AnalystVersion = "1", InputDigest = new byte[32], At = stage.Db.Clock.Now });
        });
        go.SetResult();
        await night;
        (await stage.Db.ReadAsync(d => d.Profiles.Select(p => p.Analyst).ToListAsync())).ShouldBe(["day"]);
    }

    [Fact]
    public async Task Stop_InOrder_PutsTheBatchBackWithItsAttempt()
    {
        var reached = new TaskCompletionSource();
        var analyst = new HeldAnalyst { Gate = async (_, ct) => { reached.TrySetResult(); await Task.Delay(Timeout.Infinite, ct); } };
        await using var stage = await NightStage.CreateAsync(2, analyst);
        (await stage.Nights.StartAsync(default)).Succeeded.ShouldBeTrue();
        using var stop = new CancellationTokenSource();
        var night = Task.Run(() => stage.Db.Get<NightWorkers>().DrainAsync(stop.Token));
        await reached.Task;
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => night);
        (await stage.Db.ReadAsync(d => d.NightBatches.SingleAsync())).ShouldSatisfyAllConditions(b => b.State.ShouldBe(NightBatchState.Waiting), b => b.Attempts.ShouldBe(0), b => b.LeasedBy.ShouldBeNull());
        analyst.Gate = (_, _) => Task.CompletedTask;
        await stage.Db.Get<NightWorkers>().DrainAsync(default);
        (await stage.Nights.OverviewAsync(default))!.Latest!.Renewed.ShouldBe(2);
    }
}
