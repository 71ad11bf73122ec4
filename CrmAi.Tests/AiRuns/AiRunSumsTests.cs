using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.AiRuns;

public sealed class AiRunSumsTests : IAsyncLifetime
{
    private static readonly AiRunQuery All = new();

    private Ledger ledger = null!;

    public async Task InitializeAsync() => ledger = await Ledger.OpenAsync();

    public Task DisposeAsync() => ledger.DisposeAsync().AsTask();

    [Fact]
    public async Task Sums_OfNothing_AreNothing()
    {
        var sums = (await ledger.RunsOf(ledger.Rep).SumsAsync(All, default)).Value;
        (sums.Runs, sums.CostMicros, sums.MedianMilliseconds, sums.Acceptance, sums.DroppedShare).ShouldBe((0, null, null, null, null));
    }

    [Fact]
    public async Task Sums_OfRulesAlone_CostNothing()
    {
        await ledger.WriteAsync(ledger.Run(ledger.Rep, took: 8, claims: 3), ledger.Run(ledger.Rep, took: 20));
        var sums = (await ledger.RunsOf(ledger.Rep).SumsAsync(All, default)).Value;
        (sums.Runs, sums.CostMicros, sums.InputTokens, sums.MedianMilliseconds).ShouldBe((2, null, 0, 14));
    }

    [Fact]
    public async Task Sums_AddUpCostTokensRatingsAndClaims()
    {
        await ledger.WriteAsync(
            ledger.Run(ledger.Rep, 5, analyst: "qwen-max", cost: 1_500_000, tokens: 4_000, took: 900, claims: 8, dropped: 2, useful: true), ledger.Run(ledger.Rep, 4, analyst: "qwen-max", cost: 20, tokens: 500, took: 100, useful: true),
            ledger.Run(ledger.Rep, 3, took: 7, claims: 10, useful: false), ledger.Run(ledger.Rep, 60 * 24 * 40, cost: 99, took: 1), ledger.Run(ledger.Mate, 1, cost: 99, took: 1));
        var sums = (await ledger.RunsOf(ledger.Rep).SumsAsync(All with { From = ledger.Db.Clock.Now.AddDays(-30) }, default)).Value;
        (sums.Runs, sums.CostMicros, sums.InputTokens, sums.OutputTokens, sums.MedianMilliseconds).ShouldBe((3, 1_500_020, 4_500, 450, 100));
        (sums.Rated, sums.Useful, sums.Claims, sums.Dropped).ShouldBe((3, 2, 18, 2));
        sums.Acceptance!.Value.ShouldBe(2 / 3d, 1e-9);
        sums.DroppedShare!.Value.ShouldBe(0.1, 1e-9);
    }

    [Fact]
    public async Task Trends_CountDaysOnTheViewersOwnClock()
    {
        // 16:30 in London's winter is half past midnight of the next day in Shanghai.
        var (before, after) = (new DateTime(2026, 1, 14, 15, 30, 0, DateTimeKind.Utc), new DateTime(2026, 1, 14, 16, 30, 0, DateTimeKind.Utc));
        await ledger.Db.WriteAsync(db => db.AiRuns.AddRange(At(before, AiRunType.Profile, "rules", null, true), At(after, AiRunType.Profile, "rules", null, false), At(after.AddMinutes(1), AiRunType.Profile, "rules", null, null), At(after.AddMinutes(2), AiRunType.Conversation, "qwen-max", 70, null)));
        (await ledger.RunsOf(ledger.Rep).TrendsAsync(All, default)).Value.Cells.ShouldBe(
        [
            new(new(2026, 1, 14), AiRunType.Profile, "rules", 1, 0, 1, 1),
            new(new(2026, 1, 15), AiRunType.Profile, "rules", 2, 0, 1, 0),
            new(new(2026, 1, 15), AiRunType.Conversation, "qwen-max", 1, 70, 0, 0),
        ]);
        var london = await ledger.Db.AddUserAsync(Role.Admin, change: u => u.TimeZone = "Europe/London");
        (await ledger.RunsOf(london).TrendsAsync(All, default)).Value.Cells.Select(c => c.Day).Distinct().ShouldBe([new(2026, 1, 14)]);
    }

    private AiRun At(DateTime at, AiRunType type, string analyst, long? cost, bool? useful) => new()
    {
        Type = type, UserId = ledger.Rep.Id, InputDigest = [], Analyst = analyst, AnalystVersion = "1", CostMicros = cost, Useful = useful, At = at,
    };
}
