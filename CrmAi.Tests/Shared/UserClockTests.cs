using CrmAi.Domain.Users;
using CrmAi.Web.Shared;

namespace CrmAi.Tests.Shared;

public sealed class UserClockTests
{
    [Theory]
    [InlineData("2026-05-06T02:00:00Z", "Asia/Shanghai", "05-07 08:30, 05-08 08:30, 05-11 08:30")] // a Wednesday
    [InlineData("2026-05-08T02:00:00Z", "Asia/Shanghai", "05-11 08:30, 05-12 08:30")] // a Friday: the next morning is next week's first
    [InlineData("2026-05-09T17:00:00Z", "Asia/Shanghai", "05-11 08:30, 05-12 08:30")] // already Sunday there
    [InlineData("2026-03-27T12:00:00Z", "Europe/Berlin", "03-30 08:30, 03-31 08:30")] // the clock goes forward in between
    public void Mornings_AreWorkingOnes_OnThePersonsClock(string now, string zone, string expected)
    {
        var clock = Clock(now, zone, [1, 2, 3, 4, 5]);
        string.Join(", ", clock.NextMornings().Select(m => clock.Local(m).ToString("MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture))).ShouldBe(expected);
    }

    [Fact]
    public void Mornings_OfSomebodyWithoutWorkingDays_AreStillOffered() => Clock("2026-05-06T02:00:00Z", "Asia/Shanghai", []).NextMornings().ShouldNotBeEmpty();

    [Fact]
    public void Mornings_OfWhoWorksOneDayAWeek_AreThatDay()
    {
        var clock = Clock("2026-05-06T02:00:00Z", "Asia/Shanghai", [3]);
        clock.NextMornings().Select(m => clock.Local(m).DayOfWeek).Distinct().ShouldBe([DayOfWeek.Wednesday]);
    }

    private static UserClock Clock(string now, string zone, IReadOnlyList<int> days)
    {
        var clock = new UserClock(new FixedTime(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)));
        clock.Start(new UserSettings("a@company.example", "人", Role.SalesRep, null, "zh-CN", zone, Theme.System, new(8, 30), new(17, 0), days, true, true, 1));
        return clock;
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
