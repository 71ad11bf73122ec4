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
        runs.SelectMany(r => r.Reasons).Select(r => r.Reason).Distinct().ShouldBe(Enum.GetValues<NightReason>().Except([NightReason.Analyst]), ignoreOrder: true, "a newcomer sees why contacts are chosen");
        runs.ShouldAllBe(r => r.Reasons.Sum(s => s.Contacts) == r.Chosen && r.Rescored > 0);
        runs.Sum(r => r.Reread).ShouldBeGreaterThan(0);
        (await db.ReadAsync(d => d.ContactScores.GroupBy(s => s.ContactId).AllAsync(g => g.Count(s => s.ChangesOn != null) <= 1))).ShouldBeTrue();
        (await db.ReadAsync(d => d.ContactScores.CountAsync(s => s.ChangesOn != null))).ShouldBeGreaterThan(300, "tomorrow's night brings them to the day");
        var busiest = (await nights.ReportAsync(runs.MaxBy(r => r.Renewed)!.Id, default))!;
        busiest.Changed.ShouldNotBeEmpty();
        busiest.Changed.ShouldAllBe(c => c.Statements > 0 && c.Name.Length > 0);
    }
}
