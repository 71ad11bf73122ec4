using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>What the demo company has decided about models: a budget, a day on which none was to be asked, and more money since.</summary>
internal sealed class DemoAiSettings(IDbContextFactory<AppDbContext> contexts, DateTimeOffset now)
{
    private static readonly (int DaysAgo, bool Enabled, long Daily, long Monthly)[] Decisions = [(38, true, 20, 400), (24, false, 20, 400), (23, true, 20, 400), (6, true, 50, 1_000)];

    public async Task RunAsync(User admin, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var settings = await db.AiSettings.SingleAsync(ct);
        foreach (var (daysAgo, enabled, daily, monthly) in Decisions)
        {
            (settings.Enabled, settings.DailyBudgetMicros, settings.MonthlyBudgetMicros) = (enabled, daily * IAiSettings.Yuan, monthly * IAiSettings.Yuan);
            db.Begin("ai.settings", new(admin.Id, admin.Name, admin.Role, admin.TeamId, [], admin.Language, admin.TimeZone, ChangeOrigin.Page), now.AddDays(-daysAgo).UtcDateTime);
            await db.SaveChangesAsync(ct);
        }
    }
}
