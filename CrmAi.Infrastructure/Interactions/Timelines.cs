using System.Linq.Expressions;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Interactions;

/// <summary>Reads parts of a contact's timeline by key, the newest first.</summary>
internal sealed class Timelines(IAnalysisViews analyses)
{
    private const int MaxTake = 200;

    /// <summary><see cref="InteractionEdit.IsAppointment"/> as a query.</summary>
    public static readonly Expression<Func<Interaction, bool>> IsAppointment = i => i.IsScheduled && i.Outcome != InteractionOutcome.Cancelled;

    private static readonly Expression<Func<Interaction, bool>> IsPast = i => !i.IsScheduled || i.Outcome == InteractionOutcome.Cancelled;

    public async Task<Result<Page<TimelineItem>>> PageAsync(AppDbContext db, Viewer viewer, Guid contactId, TimelineFilter filter, string? after, int take, CancellationToken ct)
    {
        take = Math.Clamp(take, 1, MaxTake);
        if (!await db.Contacts.VisibleTo(viewer).AnyAsync(c => c.Id == contactId, ct)) return Error.NotFound;
        var found = Found(db, viewer, contactId, filter);
        if (after is not null)
        {
            if (Cursor.Parse(after) is not { } cursor) return new Error("cursor.unknown", nameof(after));
            found = OlderThan(found, cursor);
        }
        var items = await ItemsAsync(db, viewer, NewestFirst(found).Take(take + 1), ct);
        return new Page<TimelineItem>([.. items.Take(take)], items.Count > take ? PlaceOf(items[take - 1]) : null);
    }

    public async Task<Result<Page<TimelineItem>>> NewerAsync(AppDbContext db, Viewer viewer, Guid contactId, TimelineFilter filter, string before, int take, CancellationToken ct)
    {
        take = Math.Clamp(take, 1, MaxTake);
        if (!await db.Contacts.VisibleTo(viewer).AnyAsync(c => c.Id == contactId, ct)) return Error.NotFound;
        if (Cursor.Parse(before) is not { } cursor) return new Error("cursor.unknown", nameof(before));
        var items = await ItemsAsync(db, viewer, OldestFirst(NewerThan(Found(db, viewer, contactId, filter), cursor)).Take(take + 1), ct);
        var more = items.Count > take;
        if (more) items.RemoveAt(0);
        return new Page<TimelineItem>(items, more ? PlaceOf(items[0]) : null);
    }

    public async Task<Result<TimelinePart>> AroundAsync(AppDbContext db, Viewer viewer, Guid contactId, TimelineFilter filter, Guid id, int take, CancellationToken ct)
    {
        take = Math.Clamp(take, 1, MaxTake);
        var found = Found(db, viewer, contactId, filter);
        var place = await found.Where(i => i.Id == id).Select(i => new { i.At, i.Id }).SingleOrDefaultAsync(ct);
        if (place is null) return Error.NotFound;
        var cursor = new Cursor(place.At, place.Id);
        var newer = await ItemsAsync(db, viewer, OldestFirst(NewerThan(found, cursor)).Take((take / 2) + 1), ct);
        var older = await ItemsAsync(db, viewer, NewestFirst(found.Where(i => i.At < cursor.At || (i.At == cursor.At && i.Id <= cursor.Id))).Take(take + 1), ct);
        var (moreNewer, moreOlder) = (newer.Count > take / 2, older.Count > take);
        if (moreNewer) newer.RemoveAt(0);
        if (moreOlder) older.RemoveAt(take);
        return new TimelinePart([.. newer, .. older], moreNewer ? PlaceOf(newer.Count > 0 ? newer[0] : older[0]) : null, moreOlder ? PlaceOf(older[^1]) : null);
    }

    public async Task<List<TimelineItem>> ItemsAsync(AppDbContext db, Viewer viewer, IQueryable<Interaction> interactions, CancellationToken ct)
    {
        var rows = await interactions.AsNoTracking().Include(i => i.Contact).ThenInclude(c => c!.Shares).Include(i => i.Attachments)
            .Join(db.Users, i => i.AuthorId, u => u.Id, (i, u) => new { Interaction = i, u.Name })
            .OrderByDescending(r => r.Interaction.At).ThenByDescending(r => r.Interaction.Id).AsSplitQuery().ToListAsync(ct);
        var views = await analyses.OfAsync(db, [.. rows.Select(r => r.Interaction)], ct);
        return [.. rows.Select(r => new TimelineItem(r.Interaction.Id, r.Interaction.Version, r.Interaction.ContactId, r.Name, r.Interaction.AuthorId, InteractionMapping.Edit(r.Interaction),
            Interactions.MayChange(viewer, r.Interaction.AuthorId, r.Interaction.Contact!),
            [.. r.Interaction.Attachments.OrderBy(a => a.CreatedAt).Select(Attachments.Row)], views[r.Interaction.Id], r.Interaction.CreatedAt)
        { MayHide = Interactions.MayHide(viewer, r.Interaction.AuthorId) })];
    }

    /// <summary>Those of a contact's that the viewer may see and the filter lets through.</summary>
    public static IQueryable<Interaction> Found(AppDbContext db, Viewer viewer, Guid contactId, TimelineFilter filter)
    {
        var found = db.Interactions.VisibleTo(viewer, db).Where(i => i.ContactId == contactId && i.IsArchived == filter.Archived);
        if (filter.Scheduled == true) found = found.Where(i => i.IsScheduled);
        else if (filter.Scheduled == false) found = found.Where(IsPast);
        if (filter.Type is { } type) found = found.Where(i => i.Type == type);
        if (filter.ImportantOnly) found = found.Where(i => i.IsImportant);
        if (filter.PrivateOnly) found = found.Where(i => i.IsPrivate);
        if (filter.Finding is { } kind) found = found.Where(i => db.Findings.Any(f => f.InteractionId == i.Id && f.Kind == kind));
        return string.IsNullOrWhiteSpace(filter.Search) ? found : Matching(db, found, filter.Search.Trim());
    }

    // LIKE takes letters of either case alike on both databases.
    private static IQueryable<Interaction> Matching(AppDbContext db, IQueryable<Interaction> found, string text)
    {
        const string escape = "\\";
        var pattern = "%" + text.Replace(escape, escape + escape, StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal) + "%";
        return found.Where(i => EF.Functions.Like(i.Content, pattern, escape)
            || (i.Subject != null && EF.Functions.Like(i.Subject, pattern, escape))
            || (i.Transcript != null && EF.Functions.Like(i.Transcript, pattern, escape))
            || (i.Location != null && EF.Functions.Like(i.Location, pattern, escape))
            || db.Attachments.Any(a => a.InteractionId == i.Id && EF.Functions.Like(a.FileName, pattern, escape)));
    }

    private static IQueryable<Interaction> OlderThan(IQueryable<Interaction> found, Cursor cursor) => found.Where(i => i.At < cursor.At || (i.At == cursor.At && i.Id < cursor.Id));

    private static IQueryable<Interaction> NewerThan(IQueryable<Interaction> found, Cursor cursor) => found.Where(i => i.At > cursor.At || (i.At == cursor.At && i.Id > cursor.Id));

    private static IOrderedQueryable<Interaction> NewestFirst(IQueryable<Interaction> found) => found.OrderByDescending(i => i.At).ThenByDescending(i => i.Id);

    private static IOrderedQueryable<Interaction> OldestFirst(IQueryable<Interaction> found) => found.OrderBy(i => i.At).ThenBy(i => i.Id);

    private static string PlaceOf(TimelineItem item) => new Cursor(item.Fields.At, item.Id).ToString();
}

/// <summary>How far analysis has come with interactions, and what it says. Kept by the conversations feature.</summary>
internal interface IAnalysisViews
{
    /// <summary>One for each interaction; those given are known to be visible.</summary>
    Task<IReadOnlyDictionary<Guid, AnalysisView>> OfAsync(AppDbContext db, IReadOnlyList<Interaction> interactions, CancellationToken ct);
}
