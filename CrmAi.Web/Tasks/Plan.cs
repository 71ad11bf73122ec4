using CrmAi.Domain.Tasks;

namespace CrmAi.Web.Tasks;

/// <summary>One thing that a day asks for: a task, an appointment, or somebody to follow up.</summary>
/// <param name="At">UTC; null for some day.</param>
/// <param name="Task">Null for what is only shown beside the tasks.</param>
/// <param name="About">Whom it is about, and what else tells it apart.</param>
public sealed record PlanItem(string Key, DateTime? At, bool HasTime, TaskRow? Task, string Title, string? About, string Icon, string? Address)
{
    public bool IsClosed => Task is { State: not TaskState.Open };
}

public enum PlanGroup { Overdue, Today, Tomorrow, Week, Later, Undated, Done }

/// <summary>Which day of one's own a thing belongs to.</summary>
public static class Plan
{
    /// <summary>Groups that hold anything, in order; within each by day, what has a time before what has none, then by urgency.</summary>
    /// <param name="day">The day on the person's clock.</param>
    public static IReadOnlyList<(PlanGroup Group, IReadOnlyList<PlanItem> Items)> ByDay(IEnumerable<PlanItem> items, DateOnly today, Func<DateTime, DateOnly> day) =>
        [.. items.GroupBy(i => GroupOf(i, today, day)).OrderBy(g => g.Key).Select(g => (g.Key, (IReadOnlyList<PlanItem>)[.. g.Key == PlanGroup.Done ? g.OrderByDescending(i => i.Task!.ClosedAt) : InOrder(g, day)]))];

    public static PlanGroup GroupOf(PlanItem item, DateOnly today, Func<DateTime, DateOnly> day)
    {
        if (item.IsClosed) return PlanGroup.Done;
        if (item.At is not { } at) return PlanGroup.Undated;
        var on = day(at);
        return on < today ? PlanGroup.Overdue : on == today ? PlanGroup.Today : on == today.AddDays(1) ? PlanGroup.Tomorrow : on <= Monday(today).AddDays(6) ? PlanGroup.Week : PlanGroup.Later;
    }

    public static IOrderedEnumerable<PlanItem> InOrder(IEnumerable<PlanItem> items, Func<DateTime, DateOnly> day) =>
        items.OrderBy(i => i.IsClosed).ThenBy(i => i.At is { } at ? day(at) : DateOnly.MaxValue).ThenBy(i => !i.HasTime).ThenBy(i => i.HasTime ? i.At : null).ThenBy(i => i.Task?.Fields.Priority).ThenBy(i => i.Key, StringComparer.Ordinal);

    public static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
