using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data.Seed;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Tests.Seed;

public sealed class DemoNightsTests
{
    [Fact]
    public async Task Nights_OfThePastWeek_AreReportedAndLeaveTonightFree()
    {
        await using var db = await TestDatabase.CreateAsync();
        await db.Get<IDemoSeed>().SeedDemoAsync(new Progress<SeedProgress>(), default);
        var administrator = await db.ReadAsync(d => d.Users.FirstAsync(u => u.Role == Role.Admin));
        var nights = db.As(administrator).Get<INightRuns>();
        var runs = await nights.ListAsync(default);
        runs.Count.ShouldBe(7);
        runs.ShouldAllBe(r => r.State == NightRunState.Done && r.Done == r.Chosen && r.Chosen > 300 && r.CreatedAt < db.Clock.Now.AddHours(-23));
        runs.Select(r => r.Night).Distinct().Count().ShouldBe(7);
        runs.Sum(r => r.Renewed).ShouldBeGreaterThan(0);
        var busiest = (await nights.ReportAsync(runs.MaxBy(r => r.Renewed)!.Id, default))!;
        busiest.Changed.ShouldNotBeEmpty();
        busiest.Changed.ShouldAllBe(c => c.Statements > 0 && c.Name.Length > 0);
    }
}
