using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Interactions;

/// <summary>Reads pages of a contact's timeline: appointments first, then the newest.</summary>
internal sealed class Timelines(IAnalysisViews analyses)
{
    private const int MaxTake = 200;

    public async Task<Result<Page<TimelineItem>>> PageAsync(AppDbContext db, Viewer viewer, Guid contactId, TimelineFilter filter, string? after, int take, CancellationToken ct)
    {
        take = Math.Clamp(take, 1, MaxTake);
        if (!await db.Contacts.VisibleTo(viewer).AnyAsync(c => c.Id == contactId, ct)) return Error.NotFound;
        var found = Narrow(db, db.Interactions.VisibleTo(viewer, db).Where(i => i.ContactId == contactId && !i.IsArchived), filter);
        if (after is not null)
        {
            if (Cursor.Parse(after) is not { } cursor) return new Error("cursor.unknown", nameof(after));
            found = found.Where(i => i.At < cursor.At || (i.At == cursor.At && i.Id < cursor.Id));
        }
        var items = await ItemsAsync(db, viewer, found.OrderByDescending(i => i.At).ThenByDescending(i => i.Id).Take(take + 1), ct);
        return new Page<TimelineItem>([.. items.Take(take)], items.Count > take ? new Cursor(items[take - 1].Fields.At, items[take - 1].Id).ToString() : null);
    }

    public async Task<List<TimelineItem>> ItemsAsync(AppDbContext db, Viewer viewer, IQueryable<Interaction> interactions, CancellationToken ct)
    {
        var rows = await interactions.AsNoTracking().Include(i => i.Contact).ThenInclude(c => c!.Shares).Include(i => i.Attachments)
            .Join(db.Users, i => i.AuthorId, u => u.Id, (i, u) => new { Interaction = i, u.Name })
            .OrderByDescending(r => r.Interaction.At).ThenByDescending(r => r.Interaction.Id).AsSplitQuery().ToListAsync(ct);
        var views = await analyses.OfAsync(db, [.. rows.Select(r => r.Interaction)], ct);
        return [.. rows.Select(r => new TimelineItem(r.Interaction.Id, r.Interaction.Version, r.Interaction.ContactId, r.Name, r.Interaction.AuthorId, InteractionMapping.Edit(r.Interaction),
            Interactions.MayChange(viewer, r.Interaction.AuthorId, r.Interaction.Contact!),
            [.. r.Interaction.Attachments.OrderBy(a => a.CreatedAt).Select(Attachments.Row)], views[r.Interaction.Id], r.Interaction.CreatedAt))];
    }

    private static IQueryable<Interaction> Narrow(AppDbContext db, IQueryable<Interaction> found, TimelineFilter filter)
    {
        if (filter.Type is { } type) found = found.Where(i => i.Type == type);
        if (filter.ImportantOnly) found = found.Where(i => i.IsImportant);
        if (filter.Finding is { } kind) found = found.Where(i => db.Findings.Any(f => f.InteractionId == i.Id && f.Kind == kind));
        if (!string.IsNullOrWhiteSpace(filter.Search))
        {
            var text = filter.Search.Trim();
            found = found.Where(i => i.Content.Contains(text) || (i.Subject != null && i.Subject.Contains(text)));
        }
        return found;
    }
}

/// <summary>How far analysis has come with interactions, and what it says. Kept by the conversations feature.</summary>
internal interface IAnalysisViews
{
    /// <summary>One for each interaction; those given are known to be visible.</summary>
    Task<IReadOnlyDictionary<Guid, AnalysisView>> OfAsync(AppDbContext db, IReadOnlyList<Interaction> interactions, CancellationToken ct);
}
