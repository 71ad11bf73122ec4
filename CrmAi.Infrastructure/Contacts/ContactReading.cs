using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Encryption;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Contacts;

/// <summary>Lists of contacts: ranges, pages and groups under the same conditions and permission.</summary>
internal sealed class ContactReading(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, FieldCipher cipher, ContactCounts counts)
{
    private const int MaxTake = 200, MaxGroups = 50;

    public async Task<ContactSlice> ListAsync(ContactQuery query, int start, int count, ListAnchor? near, CancellationToken ct)
    {
        (start, count) = (Math.Max(0, start), Math.Clamp(count, 0, MaxTake));
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await FoundAsync(db, query, viewer, ct);
        var ordering = ContactOrdering.Of(query);
        var range = new ContactRange(found, db.Contacts.VisibleTo(viewer), ordering, ContactRows.Row(db, viewer));
        // A search is worked out once, for its number and its rows; a plain list is counted in the index.
        var ids = SearchTerms.Words(query.Search).Count > 0 ? await range.IdsAsync(ContactSlice.SearchLimit + 1, ct) : null;
        var limit = ids is null ? Slice<ContactRow>.CountLimit : ContactSlice.SearchLimit;
        var total = ids?.Count ?? await counts.CountAsync(found, query, viewer, limit + 1, ct);
        var place = near is null || ids is not null ? null : ContactPlace.Parse(near.Cursor, ordering);
        var rows = ids is not null ? await range.RowsAsync([.. ids.Take(limit).Skip(start).Take(count)], ct)
            : await range.ReadAsync(start, count, total <= limit ? total : null, place is null ? null : (near!.Position, place), ct);
        ListAnchor? Anchor(int at) => rows.Count == 0 ? null : new(start + at, ordering.PlaceOf(rows[at]).ToString());
        return new(await ContactRows.WithTagsAsync(db, rows, ct), Math.Min(total, limit), Anchor(0), Anchor(rows.Count - 1)) { HasMore = total > limit };
    }

    /// <summary>How many a list holds beside those named, searches to their end; counting stops one above <paramref name="most"/>.</summary>
    public async Task<int> CountAsync(ContactQuery query, IReadOnlyCollection<Guid> except, int most, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await FoundAsync(db, query, viewer, ct);
        // Of those named only what the list would hold is taken off.
        var left = 0;
        foreach (var some in except.Distinct().Chunk(MaxTake)) left += await found.CountAsync(c => some.Contains(c.Id), ct);
        return Math.Min(await found.Take(most + left + 1).CountAsync(ct) - left, most + 1);
    }

    public async Task<Result<Page<ContactDetail>>> PageAsync(ContactQuery query, string? after, int take, CancellationToken ct)
    {
        take = Math.Clamp(take, 1, MaxTake);
        var ordering = ContactOrdering.Of(query);
        var place = after is null ? null : ContactPlace.Parse(after, ordering);
        if (after is not null && place is null) return new Error("cursor.unknown", nameof(after));
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var contacts = new List<ReadContact>(take + 1);
        foreach (var part in ordering.Parts(await FoundAsync(db, query, viewer, ct), backwards: false, place))
        {
            contacts.AddRange(await part.Take(take + 1 - contacts.Count).Read(db, viewer).ToListAsync(ct));
            if (contacts.Count > take) break;
        }
        var details = await ContactRows.DetailsAsync(db, viewer, [.. contacts.Take(take)], ct);
        return new Page<ContactDetail>(details, contacts.Count > take ? ordering.PlaceOf(contacts[take - 1].Contact).ToString() : null);
    }

    public async Task<IReadOnlyList<ContactGroup>> GroupsAsync(ContactQuery query, ContactGrouping by, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await FoundAsync(db, query, viewer, ct);
        return by switch
        {
            ContactGrouping.Industry => await LargestAsync(found.GroupBy(c => c.Account!.Industry ?? "").Select(g => new { g.Key, Count = g.Count() }), g => (g.Key, g.Count), ct),
            ContactGrouping.Seniority => await LargestAsync(found.GroupBy(c => c.Seniority).Select(g => new { g.Key, Count = g.Count() }), g => (g.Key?.ToString() ?? "", g.Count), ct),
            ContactGrouping.Folder => [.. (await found.GroupBy(c => c.FolderId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct)).Select(g => new ContactGroup(g.Key?.ToString() ?? "", g.Count))],
            // Counted among those whose details one may read; the others are in no group, not even in that without one.
            _ => await LargestAsync(found.ChannelsReadableBy(viewer).GroupBy(c => c.Index.BirthDecade).Select(g => new { g.Key, Count = g.Count() }), g => (g.Key is { } decade ? $"{decade}" : "", g.Count), ct),
        };
    }

    // Kinds of a company or person are few: the largest are chosen here, alike on either database.
    private static async Task<IReadOnlyList<ContactGroup>> LargestAsync<T>(IQueryable<T> groups, Func<T, (string Key, int Count)> of, CancellationToken ct) =>
        [.. (await groups.ToListAsync(ct)).Select(of).OrderByDescending(g => g.Count).ThenBy(g => g.Key, StringComparer.Ordinal).Take(MaxGroups).Select(g => new ContactGroup(g.Key, g.Count))];

    private Task<IQueryable<Contact>> FoundAsync(AppDbContext db, ContactQuery query, Viewer viewer, CancellationToken ct) =>
        ContactLists.Narrow(db, query, viewer).MatchingAsync(db, cipher, viewer, query.Search, ct);
}
