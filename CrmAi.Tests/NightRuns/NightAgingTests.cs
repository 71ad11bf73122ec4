using CrmAi.Domain.Contacts;
using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Scoring;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.NightRuns;
using CrmAi.Infrastructure.Scoring;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Tests.NightRuns;

/// <summary>Scores that are others because days passed, and for nothing else.</summary>
public sealed class NightAgingTests
{
    [Fact]
    public async Task Scores_ADayLater_AreBroughtToTheDayWithoutAnybodyBeingAsked_AndOnlyOnce()
    {
        await using var stage = await NightStage.CreateAsync(12, new HeldAnalyst());
        await stage.RunAsync();
        var asked = ((HeldAnalyst)stage.Db.Get<Domain.Profiles.IProfileAnalyst>()).Asked;
        var before = await stage.Db.ReadAsync(d => d.ContactScores.AsNoTracking().ToDictionaryAsync(s => s.ContactId));
        stage.Db.Clock.Advance(TimeSpan.FromDays(1));
        var night = await stage.RunAsync();
        (night.State, night.Chosen, night.Rescored, night.Renewed, night.Unchanged, night.Failed, night.Done).ShouldBe((NightRunState.Done, 12, 12, 0, 0, 0, 12));
        night.Reasons.ShouldHaveSingleItem().ShouldBe(new(NightReason.Aged, 12));
        ((HeldAnalyst)stage.Db.Get<Domain.Profiles.IProfileAnalyst>()).Asked.ShouldBe(asked);

        var rows = await stage.Db.ReadAsync(d => d.ContactScores.AsNoTracking().ToListAsync());
        rows.Count.ShouldBe(24, "yesterday's stay for the trend");
        foreach (var days in rows.GroupBy(r => r.ContactId))
        {
            var (old, aged) = (days.MinBy(d => d.Day)!, days.MaxBy(d => d.Day)!);
            (old.Id, old.ChangesOn).ShouldBe((before[days.Key].Id, null));
            (aged.Engagement < old.Engagement, aged.ChangesOn > aged.Day, aged.Conversations).ShouldBe((true, true, 3));
        }
        (await stage.RunAsync()).Chosen.ShouldBe(0, "the same day's second run finds nothing");
    }

    [Fact]
    public async Task Scores_BroughtToTheDay_AreThoseThatTheConversationsMake()
    {
        await using var stage = await NightStage.CreateAsync(6);
        await stage.RunAsync();
        for (var day = 0; day < 5; day++)
        {
            stage.Db.Clock.Advance(TimeSpan.FromDays(2.3));
            await stage.RunAsync();
        }
        var rows = await NewestAsync(stage);
        await using (var db = stage.Db.Open())
        {
            foreach (var source in await ScoringSources.ReadAsync(db, NightChoice.Viewer, [.. rows.Select(r => r.ContactId)], default))
            {
                var row = rows.Single(r => r.ContactId == source.Contact.Id);
                StoredScores.Says(row.Sheet).ShouldBe(StoredScores.Says(source.At(row.At).Sheet));
                (row.Engagement, row.Intent).ShouldBe(((int?)row.Sheet.Engagement.Value, (int?)row.Sheet.Intent.Value));
            }
        }
        rows.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Scores_ThatAreTheSameToday_AreLeftAlone()
    {
        await using var stage = await NightStage.CreateAsync(3);
        await stage.RunAsync();
        await stage.Db.WriteAsync(d => { foreach (var row in d.ContactScores) row.ChangesOn = DateOnly.FromDateTime(stage.Db.Clock.Now).AddDays(5); });
        stage.Db.Clock.Advance(TimeSpan.FromDays(1));
        (await stage.RunAsync()).Chosen.ShouldBe(0);
    }

    [Fact]
    public async Task Scores_OfWhoIsOff_ArchivedOrGone_StayAsTheyAre()
    {
        await using var stage = await NightStage.CreateAsync(4);
        await stage.RunAsync();
        var ids = (await NewestAsync(stage)).ConvertAll(r => r.ContactId);
        var off = await stage.Db.AddUserAsync(Role.SalesRep, change: u => u.ProfileUpdates = false);
        await stage.Db.WriteAsync(d =>
        {
            d.Contacts.Single(c => c.Id == ids[0]).OwnerId = off.Id;
            d.Contacts.Single(c => c.Id == ids[1]).IsArchived = true;
            d.Contacts.Single(c => c.Id == ids[2]).DeletedAt = stage.Db.Clock.Now;
        });
        stage.Db.Clock.Advance(TimeSpan.FromDays(1));
        (await stage.ChosenAsync()).Where(c => c.Reason == NightReason.Aged).Select(c => c.ContactId).ShouldBe([ids[3]]);
    }

    [Fact]
    public async Task Scores_SwitchedOffAfterTheChoice_AreNotTouched()
    {
        await using var stage = await NightStage.CreateAsync(2);
        await stage.RunAsync();
        stage.Db.Clock.Advance(TimeSpan.FromDays(1));
        var ids = (await stage.ChosenAsync()).Select(c => c.ContactId).ToList();
        await stage.Db.WriteAsync(d => d.Users.Single(u => u.Id == stage.Rep.Id).ProfileUpdates = false);
        (await stage.Db.Get<NightAging>().RunAsync(new(Guid.Empty, 0, Guid.Empty, ids, NightWork.Scores), default)).ShouldBeEmpty();
        (await stage.Db.ReadAsync(d => d.ContactScores.CountAsync())).ShouldBe(2);
    }

    [Fact]
    public async Task Budget_OfNothing_StillBringsScoresToTheDay()
    {
        await using var stage = await NightStage.CreateAsync(6, batch: 2);
        await stage.RunAsync();
        stage.Db.Clock.Advance(TimeSpan.FromDays(1));
        await stage.AddAsync(2);
        (await stage.Nights.SavePlanAsync(new(true, new(2, 0), "Asia/Shanghai", 240, 14, 0), 0, default)).Succeeded.ShouldBeTrue();
        var night = await stage.RunAsync();
        (night.State, night.Reason, night.Rescored, night.Renewed).ShouldBe((NightRunState.Stopped, NightStop.Budget, 6, 0));
    }

    [Fact]
    public async Task Talk_DatedAhead_CountsOnceItsDayHasCome()
    {
        await using var stage = await NightStage.CreateAsync(1);
        var contact = await stage.Db.ReadAsync(d => d.Contacts.Select(c => c.Id).SingleAsync());
        await stage.Db.WriteAsync(d => stage.Talk(d, contact, -2));
        await stage.RunAsync();
        stage.Db.Clock.Advance(TimeSpan.FromDays(3));
        await stage.RunAsync();
        (await NewestAsync(stage)).Single().Conversations.ShouldBe(4);
    }

    [Fact]
    public async Task TwoProcesses_BringEachContactToTheDayOnce()
    {
        await using var stage = await NightStage.CreateAsync(30, batch: 1);
        await stage.RunAsync();
        stage.Db.Clock.Advance(TimeSpan.FromDays(1));
        var clock = stage.Db.Clock;
        await using var other = TestDatabase.Services(stage.Db.Folder, s =>
        {
            NightStage.Configure(s, null, 1, null);
            s.AddSingleton<TimeProvider>(clock);
        });
        (await stage.Nights.StartAsync(default)).Succeeded.ShouldBeTrue();
        await Task.WhenAll(UntilEndedAsync(stage.Db.Get<NightWorkers>()), UntilEndedAsync(other.GetRequiredService<NightWorkers>()));
        (await stage.Nights.OverviewAsync(default))!.Latest!.ShouldSatisfyAllConditions(n => n.Rescored.ShouldBe(30), n => n.Failed.ShouldBe(0));
        (await stage.Db.ReadAsync(d => d.ContactScores.GroupBy(s => s.ContactId).AllAsync(g => g.Count() == 2 && g.Count(s => s.ChangesOn != null) == 1))).ShouldBeTrue();

        Task UntilEndedAsync(NightWorkers workers) => Task.Run(() => Eventually.TrueAsync(async () =>
        {
            await workers.DrainAsync(default);
            return await stage.Db.ReadAsync(d => d.NightRuns.AllAsync(r => r.Active == null));
        }, "the run ends"));
    }

    private static Task<List<ContactScore>> NewestAsync(NightStage stage) => stage.Db.ReadAsync(d => d.ContactScores.AsNoTracking().Where(s => !d.ContactScores.Any(o => o.ContactId == s.ContactId && o.Day > s.Day)).OrderBy(s => s.ContactId).ToListAsync());
}
