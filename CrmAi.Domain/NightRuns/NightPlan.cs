using CrmAi.Domain.Shared;

namespace CrmAi.Domain.NightRuns;

/// <summary>When the company has its contacts analysed by night, and within which limits. One row.</summary>
public sealed class NightPlan : IRecorded, IVersioned
{
    public const int LeastMinutes = 15, MostMinutes = 720, MostStaleDays = 365;

    /// <summary>A million yuan.</summary>
    public const long MostMicros = 1_000_000_000_000;

    public static readonly Guid TheId = new("01930000-0000-7000-8000-00000000a17e");

    public Guid Id { get; init; } = TheId;
    public bool IsEnabled { get; set; } = true;

    /// <summary>The company's hour, in its zone.</summary>
    public TimeOnly StartsAt { get; set; } = new(2, 0);
    public string TimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>How long it may take from then on, in minutes.</summary>
    public int WindowMinutes { get; set; } = 240;

    /// <summary>A contact not looked at for so many days is looked at though nothing changed.</summary>
    public int StaleDays { get; set; } = 14;

    /// <summary>Millionths of a yuan that one night may cost; null without limit.</summary>
    public long? BudgetMicros { get; set; }
    public int Version { get; set; }

    /// <summary>The night whose window holds this moment, and when that window ends; null between two windows, or where it is switched off.</summary>
    /// <remarks>A start that a clock change leaves out is taken an hour later, one that comes twice the first time.</remarks>
    public (DateOnly Night, DateTime EndsAt)? WindowAt(DateTime utc)
    {
        if (!IsEnabled) return null;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, zone));
        for (var night = today; night >= today.AddDays(-1); night = night.AddDays(-1))
        {
            var start = StartOf(night, zone);
            if (utc >= start && utc < start.AddMinutes(WindowMinutes)) return (night, start.AddMinutes(WindowMinutes));
        }
        return null;
    }

    /// <summary>When the next window opens, null where it is switched off.</summary>
    public DateTime? NextAfter(DateTime utc)
    {
        if (!IsEnabled) return null;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, zone));
        return Enumerable.Range(0, 3).Select(days => StartOf(today.AddDays(days), zone)).First(start => start > utc);
    }

    private DateTime StartOf(DateOnly night, TimeZoneInfo zone)
    {
        var local = night.ToDateTime(StartsAt);
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }
}
