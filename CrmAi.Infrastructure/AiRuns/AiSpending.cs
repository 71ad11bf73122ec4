using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>Settings under "Company".</summary>
public sealed class CompanyOptions
{
    /// <summary>By whose midnight days and months begin, for what the company decides as a whole.</summary>
    public string TimeZone { get; set; } = "Asia/Shanghai";
}

/// <summary>What was paid since the company's day and month began, in millionths of a yuan, and when (UTC) they did.</summary>
internal sealed record AiSpent(long DayMicros, long MonthMicros, DateTime DayStart, DateTime MonthStart);

/// <summary>Adds up what models cost.</summary>
internal sealed class AiSpending(CompanyDays days, TimeProvider time)
{
    public async Task<AiSpent> OfAsync(AppDbContext db, CancellationToken ct)
    {
        var today = days.Of(time.GetUtcNow().UtcDateTime);
        var (day, month) = (days.StartOf(today), days.StartOf(today.AddDays(1 - today.Day)));
        // In one pass: it is made before each call, while others queue.
        var sums = await db.AiCalls.Where(c => c.At >= month).GroupBy(_ => 1).Select(g => new { OfDay = g.Sum(c => c.At >= day ? c.CostMicros : 0), OfMonth = g.Sum(c => c.CostMicros) }).SingleOrDefaultAsync(ct);
        return new(sums?.OfDay ?? 0, sums?.OfMonth ?? 0, day, month);
    }
}
