using System.Globalization;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;

namespace CrmAi.Web.Shared;

/// <summary>Times as the signed-in person reads them on their own clock.</summary>
public sealed class UserClock(TimeProvider time)
{
    private TimeZoneInfo zone = Find("Asia/Shanghai");
    private TimeOnly workStart = new(9, 0);
    private IReadOnlyList<int> workDays = [1, 2, 3, 4, 5];

    /// <summary>Called by the layout before any page shows a time.</summary>
    public void Start(Viewer viewer) => zone = Find(viewer.TimeZone);

    /// <summary>Also whenever the person changes them.</summary>
    public void Start(UserSettings settings) => (zone, workStart, workDays) = (Find(settings.TimeZone), settings.WorkStart, settings.WorkDays.Count > 0 ? settings.WorkDays : workDays);

    public DateTime UtcNow => time.GetUtcNow().UtcDateTime;

    public DateTime Now => Local(UtcNow);

    public DateOnly Today => DateOnly.FromDateTime(Now);

    public DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);

    /// <summary>A time that the clock skipped in spring is taken an hour later.</summary>
    public DateTime Utc(DateTime local)
    {
        var plain = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(plain) ? plain.AddHours(1) : plain, zone);
    }

    public DateTimeOffset Offset(DateTime utc)
    {
        var local = Local(utc);
        return new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)));
    }

    /// <summary>When this person's work begins on that day, in UTC.</summary>
    public DateTime WorkBegins(DateOnly day) => Utc(day.ToDateTime(workStart));

    /// <summary>Whether this person works on that day of the week.</summary>
    public bool Works(DateOnly day) => workDays.Contains((int)day.DayOfWeek);

    /// <summary>Times at which one would call again, in UTC: the next working morning, the one after the next, and the first of next week.</summary>
    public IReadOnlyList<DateTime> NextMornings()
    {
        var ahead = Enumerable.Range(1, 14).Select(Today.AddDays).Where(d => workDays.Contains((int)d.DayOfWeek)).ToList();
        var monday = Today.AddDays(7 - ((int)Today.DayOfWeek + 6) % 7);
        return [.. ahead.Take(2).Append(ahead.First(d => d >= monday)).Distinct().Select(WorkBegins)];
    }

    /// <summary>The end of this week, Sunday at midnight on the person's clock, in UTC.</summary>
    public DateTime WeekEnds => Utc(Now.Date.AddDays(7 - ((int)Now.DayOfWeek + 6) % 7));

    public string Day(DateOnly day) => day.Year == Today.Year ? day.ToString("MM-dd", CultureInfo.CurrentCulture) : day.ToString("yyyy-MM-dd", CultureInfo.CurrentCulture);

    public string Day(DateTime utc) => Day(DateOnly.FromDateTime(Local(utc)));

    public string Hour(DateTime utc) => Local(utc).ToString("HH:mm", CultureInfo.CurrentCulture);

    /// <summary>In full, for tooltips.</summary>
    public string Full(DateTime utc) => Local(utc).ToString("f", CultureInfo.CurrentCulture);

    private static TimeZoneInfo Find(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found) ? found : TimeZoneInfo.Utc;
}
