using CrmAi.Domain.Interactions;

namespace CrmAi.Web.Interactions;

/// <summary>Puts newly read parts of a timeline together with what is shown. Items in which nothing changed stay the same objects, so that their cards are not drawn again.</summary>
public static class TimelineItems
{
    /// <summary>The newest page over what is shown; what lies further back stays.</summary>
    public static (List<TimelineItem> Items, string? Older) Overlaid(List<TimelineItem> shown, TimelinePart newest, string? older)
    {
        if (newest.Older is null || newest.Items.Count == 0 || shown.Count <= newest.Items.Count) return (Kept(shown, newest.Items), newest.Older);
        var fresh = newest.Items.Select(i => i.Id).ToHashSet();
        var last = newest.Items[^1];
        return ([.. Kept(shown, newest.Items), .. shown.Where(i => !fresh.Contains(i.Id) && IsOlder(i, last))], older);
    }

    /// <summary>What was read again in place of the same, somewhere in the middle; what is no longer there goes.</summary>
    public static List<TimelineItem> Refreshed(List<TimelineItem> shown, IReadOnlyList<TimelineItem> read)
    {
        if (read.Count == 0) return shown;
        var fresh = read.ToDictionary(i => i.Id);
        return [.. shown.Where(i => fresh.ContainsKey(i.Id) || IsOlder(read[0], i) || IsOlder(i, read[^1])).Select(i => fresh.TryGetValue(i.Id, out var now) && !IsSame(i, now) ? now : i)];
    }

    public static List<TimelineItem> Joined(IReadOnlyList<TimelineItem> first, IReadOnlyList<TimelineItem> second) => [.. first.Concat(second).DistinctBy(i => i.Id)];

    /// <summary>What was read, as the objects already shown where nothing changed.</summary>
    public static List<TimelineItem> Kept(IReadOnlyList<TimelineItem> shown, IReadOnlyList<TimelineItem> read)
    {
        var before = shown.DistinctBy(i => i.Id).ToDictionary(i => i.Id);
        return [.. read.Select(i => before.TryGetValue(i.Id, out var old) && IsSame(old, i) ? old : i)];
    }

    /// <summary>Every change to the fields counts the version up; an analysis comes and goes beside them.</summary>
    public static bool IsSame(TimelineItem a, TimelineItem b) => (a.Id, a.Version, a.MayChange, a.Author) == (b.Id, b.Version, b.MayChange, b.Author)
        && (a.Analysis.State, a.Analysis.AiRunId, a.Analysis.RatedUseful, a.Analysis.ErrorCode) == (b.Analysis.State, b.Analysis.AiRunId, b.Analysis.RatedUseful, b.Analysis.ErrorCode);

    private static bool IsOlder(TimelineItem item, TimelineItem than) => item.Fields.At < than.Fields.At || (item.Fields.At == than.Fields.At && item.Id.CompareTo(than.Id) < 0);
}
