using CrmAi.Domain.NightRuns;

namespace CrmAi.Tests.NightRuns;

public sealed class NightPlanTests
{
    private static DateTime Utc(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal | System.Globalization.DateTimeStyles.AssumeUniversal);

    [Theory]
    [InlineData("2026-03-02T17:59:59", null)]
    [InlineData("2026-03-02T18:00:00", "2026-03-03")]
    [InlineData("2026-03-02T21:59:59", "2026-03-03")]
    [InlineData("2026-03-02T22:00:00", null)]
    public void Window_OfTwoInShanghai_HoldsItsFourHours(string at, string? night)
    {
        var window = new NightPlan().WindowAt(Utc(at));
        window?.Night.ToString("yyyy-MM-dd", null).ShouldBe(night);
        (window is null).ShouldBe(night is null);
        if (window is { } open) open.EndsAt.ShouldBe(Utc("2026-03-02T22:00:00"));
    }

    [Fact]
    public void Window_OverMidnight_BelongsToTheEveningItBeganIn()
    {
        var plan = new NightPlan { StartsAt = new(23, 0), WindowMinutes = 180, TimeZone = "UTC" };
        plan.WindowAt(Utc("2026-03-03T01:30:00"))!.Value.ShouldBe((new DateOnly(2026, 3, 2), Utc("2026-03-03T02:00:00")));
        plan.WindowAt(Utc("2026-03-03T02:00:00")).ShouldBeNull();
    }

    [Theory]
    [InlineData("2026-03-29T01:30:00", true)] // 02:30 is left out on that night: it begins at 03:30, which is 01:30 UTC
    [InlineData("2026-03-29T01:29:59", false)]
    [InlineData("2026-10-25T00:30:00", true)] // 02:30 comes twice: it begins the first time
    public void Window_WhereClocksChange_OpensOnceAndAtAKnownMoment(string at, bool open)
    {
        var plan = new NightPlan { StartsAt = new(2, 30), WindowMinutes = 60, TimeZone = "Europe/Berlin" };
        (plan.WindowAt(Utc(at)) is not null).ShouldBe(open);
        if (open) plan.WindowAt(Utc(at).AddMinutes(61)).ShouldBeNull();
    }

    [Fact]
    public void Next_IsTheStartThatComes_AndNoneWhereSwitchedOff()
    {
        new NightPlan().NextAfter(Utc("2026-03-02T18:00:00")).ShouldBe(Utc("2026-03-03T18:00:00"));
        new NightPlan().NextAfter(Utc("2026-03-02T17:00:00")).ShouldBe(Utc("2026-03-02T18:00:00"));
        var off = new NightPlan { IsEnabled = false };
        (off.NextAfter(Utc("2026-03-02T17:00:00")), off.WindowAt(Utc("2026-03-02T19:00:00"))).ShouldBe((null, null));
    }
}
