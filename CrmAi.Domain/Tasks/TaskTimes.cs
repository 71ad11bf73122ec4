namespace CrmAi.Domain.Tasks;

/// <summary>Days and reminders of tasks on somebody's clock.</summary>
public static class TaskTimes
{
    public static DateOnly DayOf(DateTime utc, string timeZone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, Zone(timeZone)));

    /// <summary>The last second of that day, in UTC.</summary>
    public static DateTime EndOfDay(DateOnly day, string timeZone) => At(day.AddDays(1), default, timeZone).AddSeconds(-1);

    /// <summary>In UTC; a time that the clock skipped in spring is taken an hour later.</summary>
    public static DateTime At(DateOnly day, TimeOnly time, string timeZone)
    {
        var (local, zone) = (day.ToDateTime(time), Zone(timeZone));
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : local, zone);
    }

    /// <summary>When the owner is told: at its time, or where it has none when work begins that day. Null where that is past already.</summary>
    public static DateTime? Reminder(TaskItem task, TimeOnly workStart, string timeZone, DateTime now)
    {
        if (task.State != TaskState.Open || task.DeletedAt is not null || task.DueAt is not { } due) return null;
        var at = task.HasTime ? due : At(DayOf(due, timeZone), workStart, timeZone);
        return at > now ? at : null;
    }

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found) ? found : TimeZoneInfo.Utc;
}
