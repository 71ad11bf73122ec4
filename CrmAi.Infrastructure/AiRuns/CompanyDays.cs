using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>The company's days.</summary>
internal sealed class CompanyDays(IOptions<CompanyOptions> company)
{
    private readonly TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(company.Value.TimeZone);

    public DateOnly Of(DateTime utc) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, zone));

    /// <summary>When a day begins, UTC. Where clocks go forward at midnight it begins when the gap ends.</summary>
    public DateTime StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15);
        return TimeZoneInfo.ConvertTimeToUtc(midnight, zone);
    }
}
