using CrmAi.Domain.Contacts;

namespace CrmAi.Web.Contacts.Lists;

/// <summary>The rows around what is in view by their places, and anchors from which deeper ranges are read on.</summary>
public sealed class RowRanges
{
    /// <summary>One anchor is kept for so many places, and rows for so many on each side of the last range.</summary>
    private const int AnchorEvery = 100, RowsAround = 1000;

    private readonly Dictionary<int, ListAnchor> anchors = [];
    private readonly SortedDictionary<int, ContactRow> rows = [];

    /// <summary>Nothing read before counts any more: the question or the data are others.</summary>
    public void Clear()
    {
        anchors.Clear();
        rows.Clear();
    }

    public void Take(int start, ContactSlice slice)
    {
        foreach (var anchor in new[] { slice.First, slice.Last })
            if (anchor is { Position: > 0 }) anchors[anchor.Position / AnchorEvery] = anchor;
        for (var i = 0; i < slice.Items.Count; i++) rows[start + i] = slice.Items[i];
        foreach (var far in rows.Keys.Where(place => place < start - RowsAround || place > start + slice.Items.Count + RowsAround).ToList()) rows.Remove(far);
    }

    /// <summary>The known place nearest to a range; null where the list's beginning is nearer.</summary>
    public ListAnchor? Near(int start)
    {
        var near = anchors.Values.MinBy(a => Math.Abs(a.Position - start));
        return near is not null && Math.Abs(near.Position - start) < start ? near : null;
    }

    public int? PlaceOf(Guid id)
    {
        foreach (var (place, row) in rows)
            if (row.Id == id) return place;
        return null;
    }

    public ContactRow? At(int place) => rows.GetValueOrDefault(place);

    /// <summary>Null where not all of them are known.</summary>
    public IReadOnlyList<ContactRow>? Known(int start, int count)
    {
        var known = Enumerable.Range(start, Math.Max(0, count)).Select(At).OfType<ContactRow>().ToList();
        return known.Count == count ? known : null;
    }

    /// <summary>Puts rows before another one, as the database is about to. Answers whether all places in between were known.</summary>
    public bool Move(IReadOnlyCollection<Guid> ids, Guid? before)
    {
        var (first, last) = rows.Count == 0 ? (0, -1) : (rows.Keys.First(), rows.Keys.Last());
        if (rows.Count != last - first + 1) return false;
        var moved = rows.Values.Where(r => ids.Contains(r.Id)).ToList();
        var rest = rows.Values.Where(r => !ids.Contains(r.Id)).ToList();
        var at = before is { } id ? rest.FindIndex(r => r.Id == id) : rest.Count;
        if (at < 0 || moved.Count != ids.Count) return false;
        rest.InsertRange(at, moved);
        for (var i = 0; i < rest.Count; i++) rows[first + i] = rest[i];
        return true;
    }
}
