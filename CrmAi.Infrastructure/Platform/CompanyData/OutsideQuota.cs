using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.Platform.CompanyData;

/// <summary>Counts requests in the database, each before it is sent: all processes together stay within the day's quota.</summary>
internal sealed class OutsideQuota(IDbContextFactory<AppDbContext> contexts, IOptions<CompanyOptions> company, TimeProvider time)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(company.Value.TimeZone);

    /// <summary>What may be spent in a day: the whole by people, without their share at night.</summary>
    public static int LimitOf(DataServiceOptions options, bool isWaiting) => isWaiting ? options.DailyQuota : (int)Math.Floor(options.DailyQuota * (1 - options.PeopleShare));

    public async Task<int> LeftAsync(DataLine line, bool isWaiting, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var today = Today;
        var spent = await db.OutsideDays.Where(d => d.Source == line.Source && d.Day == today).Select(d => d.Spent).SingleOrDefaultAsync(ct);
        return Math.Max(0, LimitOf(line.Options, isWaiting) - spent);
    }

    /// <exception cref="DataFaultException">enrichment.quota; enrichment.off where administrators stopped all calls.</exception>
    public async Task TakeAsync(DataLine line, bool isWaiting, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.AiSettings.AnyAsync(s => s.Id == Domain.AiRuns.AiSettings.OnlyId && s.Enabled, ct)) throw new DataFaultException("enrichment.off", "switched off");
        var (limit, today) = (LimitOf(line.Options, isWaiting), Today);
        while (true)
        {
            var taken = await db.OutsideDays.Where(d => d.Source == line.Source && d.Day == today && d.Spent < limit).ExecuteUpdateAsync(set => set.SetProperty(d => d.Spent, d => d.Spent + 1), ct);
            if (taken == 1) return;
            if (limit == 0 || await db.OutsideDays.AnyAsync(d => d.Source == line.Source && d.Day == today, ct)) throw new DataFaultException("enrichment.quota", "spent");
            // The first of the day; of two that come at once one makes the row, and both count on it.
            db.OutsideDays.Add(new() { Source = line.Source, Day = today });
            await db.TrySaveAsync(ct);
            db.ChangeTracker.Clear();
        }
    }

    private DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).Date);
}
