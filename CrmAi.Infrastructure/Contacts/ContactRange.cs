using System.Linq.Expressions;
using CrmAi.Domain.Contacts;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>Reads positions of an ordered list from wherever the way is shortest: its beginning, its end, or a known place between.</summary>
/// <param name="found">What the list holds.</param>
/// <param name="visible">All that the viewer may see, for reading rows by id.</param>
internal sealed class ContactRange(IQueryable<Contact> found, IQueryable<Contact> visible, ContactOrdering ordering, Expression<Func<Contact, FoundContact>> row)
{
    /// <param name="total">Null where it is not known where the list ends.</param>
    public async Task<IReadOnlyList<FoundContact>> ReadAsync(int start, int count, int? total, (int Position, ContactPlace Place)? near, CancellationToken ct)
    {
        if (total is { } end) count = Math.Min(count, end - start);
        if (count <= 0) return [];
        var fromEnd = total is { } last ? last - start - count : int.MaxValue;
        if (near is { } known && Math.Abs(start - known.Position) <= Math.Min(start, fromEnd)) return await AroundAsync(known.Position, known.Place, start, count, ct);
        if (start <= fromEnd) return await OnwardAsync(null, backwards: false, including: false, start, count, ct);
        return [.. (await OnwardAsync(null, backwards: true, including: false, fromEnd, count, ct)).Reverse()];
    }

    /// <summary>The first ids of the list, as many as wanted.</summary>
    public async Task<IReadOnlyList<Guid>> IdsAsync(int count, CancellationToken ct)
    {
        var ids = new List<Guid>();
        foreach (var part in ordering.Parts(found, backwards: false))
        {
            ids.AddRange(await part.Take(count - ids.Count).Select(c => c.Id).ToListAsync(ct));
            if (ids.Count == count) break;
        }
        return ids;
    }

    public async Task<IReadOnlyList<FoundContact>> RowsAsync(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        var rows = await visible.Where(c => ids.Contains(c.Id)).Select(row).ToDictionaryAsync(r => r.Row.Id, ct);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])];
    }

    private async Task<IReadOnlyList<FoundContact>> AroundAsync(int position, ContactPlace place, int start, int count, CancellationToken ct)
    {
        if (start >= position) return await OnwardAsync(place, backwards: false, including: true, start - position, count, ct);
        var (skip, before) = (Math.Max(0, position - start - count), Math.Min(count, position - start));
        var rows = (await OnwardAsync(place, backwards: true, including: false, skip, before, ct)).Reverse().ToList();
        if (before < count) rows.AddRange(await OnwardAsync(place, backwards: false, including: true, 0, count - before, ct));
        return rows;
    }

    private async Task<IReadOnlyList<FoundContact>> OnwardAsync(ContactPlace? place, bool backwards, bool including, int skip, int count, CancellationToken ct)
    {
        var rows = new List<FoundContact>(count);
        foreach (var part in ordering.Parts(found, backwards, place, including))
        {
            var wanted = count - rows.Count;
            // What is skipped is skipped as ids, which stand in the index alone; then the few rows are read.
            var here = skip == 0 ? await part.Take(wanted).Select(row).ToListAsync(ct)
                : await RowsAsync(await part.Skip(skip).Take(wanted).Select(c => c.Id).ToListAsync(ct), ct);
            rows.AddRange(here);
            if (rows.Count == count) break;
            // The rest stands in the next part, behind what this part had to skip.
            if (skip > 0) skip = here.Count > 0 ? 0 : Math.Max(0, skip - await part.CountAsync(ct));
        }
        return rows;
    }
}
