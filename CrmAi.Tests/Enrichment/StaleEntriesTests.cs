using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.NightRuns;
using CrmAi.Infrastructure.Enrichment;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Enrichment;

/// <summary>At night what is old is asked for again, and people's share of the quota is left to them.</summary>
public sealed class StaleEntriesTests
{
    private static async Task<EnrichmentStage> AtNightAsync(int entries, int quota = 200, double share = 0.5)
    {
        var stage = await EnrichmentStage.StartAsync(o => (o.DailyQuota, o.PeopleShare, o.Attempts) = (quota, share, 1));
        await stage.Database.WriteAsync(db =>
        {
            var plan = db.NightPlans.SingleOrDefault();
            if (plan is null) db.Add(plan = new());
            (plan.StartsAt, plan.WindowMinutes, plan.TimeZone) = (TimeOnly.FromDateTime(stage.Database.Clock.GetUtcNow().UtcDateTime.AddMinutes(-30)), 240, "UTC");
        });
        for (var i = 0; i < entries; i++)
        {
            var account = i == 0 ? stage.AccountId : (await stage.As().Accounts.AddAsync(new() { Name = $"第{i}家有限公司" }, default)).Value.Id;
            await stage.Database.WriteAsync(db => db.Add(Entry(stage, account, i, 31 + i)));
        }
        return stage;
    }

    private static RegistryEntry Entry(EnrichmentStage stage, Guid account, int index, int daysAgo, string source = "tianyancha") => new()
    {
        Id = account, Source = source, SourceId = $"{500 + index}", PickedBy = stage.Rep.Id, PickedAt = stage.Database.Clock.GetUtcNow().UtcDateTime.AddDays(-daysAgo), CheckedAt = stage.Database.Clock.GetUtcNow().UtcDateTime.AddDays(-daysAgo), Facts = new() { Name = "旧名" },
    };

    private static Task<int> SweepAsync(EnrichmentStage stage) => stage.Database.Get<StaleEntries>().SweepAsync(default);

    [Fact]
    public async Task OldEntries_AreRefreshedInTheBulkLane_OnBehalfOfTheCompanysOwner()
    {
        await using var stage = await AtNightAsync(3);
        (await SweepAsync(stage)).ShouldBe(3);
        (await stage.Database.JobsAsync()).ShouldAllBe(j => j.Lane == JobLane.Bulk && !j.ByHand && j.UserId == stage.Rep.Id);
        await stage.Database.DrainAsync();
        (await stage.Database.ReadAsync(db => db.RegistryEntries.AsNoTracking().ToListAsync())).ShouldAllBe(e => e.Facts.Name == "恒川精密制造有限公司" && !e.IsStaleAt(stage.Database.Clock.GetUtcNow().UtcDateTime));
        (await SweepAsync(stage)).ShouldBe(0);
        stage.StandIn.Requests.Count.ShouldBe(9);
    }

    [Fact]
    public async Task TheQuota_KeepsPeoplesShare_AndTheOldestComeFirst()
    {
        await using var stage = await AtNightAsync(6, quota: 12, share: 0.5);
        while (await SweepAsync(stage) > 0) await stage.Database.DrainAsync();
        (await stage.SpentAsync()).ShouldBe(6);
        (await stage.Database.ReadAsync(db => db.RegistryEntries.AsNoTracking().ToListAsync())).Where(e => e.Facts.Name != "旧名").Select(e => e.SourceId).Order().ShouldBe(["504", "505"]);
        (await stage.CompanySearchedAsync()).State.ShouldBe(LookUpState.Done); // a person still has theirs
    }

    [Fact]
    public async Task ByDay_NewEntries_AndThoseOfAnotherSource_AreLeftAlone()
    {
        await using var stage = await AtNightAsync(0);
        await stage.Database.WriteAsync(db => db.Add(Entry(stage, stage.AccountId, 0, 45, source: "demo")));
        var fresh = (await stage.As().Accounts.AddAsync(new() { Name = "新近有限公司" }, default)).Value.Id;
        await stage.Database.WriteAsync(db => db.Add(Entry(stage, fresh, 1, 29)));
        (await SweepAsync(stage)).ShouldBe(0);
        stage.Database.Clock.Advance(TimeSpan.FromDays(2) + TimeSpan.FromHours(12)); // old by now, and it is day
        (await SweepAsync(stage)).ShouldBe(0);
        stage.Database.Clock.Advance(TimeSpan.FromHours(12));
        (await SweepAsync(stage)).ShouldBe(1);
    }

    [Fact]
    public async Task OneThatFails_IsTriedOnceANight()
    {
        await using var stage = await AtNightAsync(1);
        stage.StandIn.Bodies["/services/open/ic/baseinfo/normal"] = StandInRegistry.Refusal(300005);
        (await SweepAsync(stage)).ShouldBe(1);
        await stage.Database.DrainAsync();
        (await stage.ViewAsync()).ErrorCode.ShouldBe("enrichment.refused");
        (await SweepAsync(stage)).ShouldBe(0);
        stage.Database.Clock.Advance(TimeSpan.FromDays(1));
        (await SweepAsync(stage)).ShouldBe(1);
    }

    [Fact]
    public async Task WhatIsKeptLongEnough_IsLetGo()
    {
        await using var stage = await AtNightAsync(0);
        await stage.CompanySearchedAsync();
        stage.Database.Clock.Advance(TimeSpan.FromDays(10));
        await SweepAsync(stage);
        (await stage.Database.ReadAsync(async db => (await db.OutsideAnswers.CountAsync(), await db.LookUps.CountAsync()))).ShouldBe((0, 1));
        stage.Database.Clock.Advance(TimeSpan.FromDays(21));
        await SweepAsync(stage);
        (await stage.Database.ReadAsync(db => db.LookUps.CountAsync())).ShouldBe(0);
    }
}
