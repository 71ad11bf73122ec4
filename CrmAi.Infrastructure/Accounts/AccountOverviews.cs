using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Accounts;

/// <summary>What is known of one company through the people there whom a viewer may see.</summary>
internal sealed class AccountOverviews(AppDbContext db, Viewer viewer)
{
    private const int MaxContacts = 200, MaxMoods = 30, Excerpt = 160;

    public async Task<AccountOverview?> OfAsync(Guid id, DateTime now, CancellationToken ct)
    {
        var account = await db.Accounts.VisibleTo(viewer).Where(a => a.Id == id).Select(a => new { a.Id, a.PrimaryContactId }).SingleOrDefaultAsync(ct);
        if (account is null) return null;
        var people = db.Contacts.VisibleTo(viewer).Where(c => c.AccountId == id && !c.IsArchived);
        var contacts = await people.OrderByDescending(c => c.Id == account.PrimaryContactId).ThenByDescending(c => c.LastContactAt).ThenByDescending(c => c.Id).Take(MaxContacts)
            .Join(db.Users, c => c.OwnerId, u => u.Id, (c, u) => new
            {
                c.Id,
                c.Name,
                c.Title,
                c.Seniority,
                c.Priority,
                c.Stage,
                c.DecisionMaker,
                Owner = u.Name,
                c.LastContactAt,
                Photo = c.Photos.Where(p => p.Kind == PhotoKind.Profile).OrderByDescending(p => p.AddedAt).Select(p => (Guid?)p.Id).FirstOrDefault()
            })
            .OrderByDescending(c => c.Id == account.PrimaryContactId).ThenByDescending(c => c.LastContactAt).ThenByDescending(c => c.Id)
            .Select(c => new AccountContact(c.Id, c.Name, c.Title, c.Seniority, c.Priority, c.Stage, c.DecisionMaker, c.Owner, c.Photo, c.LastContactAt)).ToListAsync(ct);
        // Private ones do not count, one's own neither: everybody who sees the same people reads the same numbers.
        var said = Said(id).Where(i => !i.IsPrivate && !i.IsArchived);
        var held = said.Where(i => !i.IsScheduled);
        var totals = await held.GroupBy(_ => 1).Select(g => new { Count = g.Count(), First = g.Min(i => i.At), Last = g.Max(i => i.At) }).SingleOrDefaultAsync(ct);
        var followUp = await people.MinAsync(c => c.NextFollowUpAt, ct);
        var appointment = await said.Where(i => i.IsScheduled && i.At >= now).MinAsync(i => (DateTime?)i.At, ct);
        var open = await people.Where(c => c.DealValueMinor != null && c.Stage != DealStage.ClosedWon && c.Stage != DealStage.ClosedLost)
            .GroupBy(c => new { c.Stage, c.Currency }).Select(g => new { g.Key.Stage, g.Key.Currency, Count = g.Count(), Value = g.Sum(c => c.DealValueMinor!.Value) }).ToListAsync(ct);
        var moods = await held.Join(db.Analyses, i => i.Id, a => a.InteractionId, (i, a) => new { i.At, i.Id, i.ContactId, a.Sentiment })
            .OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Take(MaxMoods).Select(m => new AccountMood(m.Id, m.ContactId, m.At, m.Sentiment)).ToListAsync(ct);
        moods.Reverse();
        return new(contacts, await people.CountAsync(ct), totals?.Count ?? 0, totals?.First, totals?.Last, followUp < appointment || appointment is null ? followUp : appointment,
            [.. open.OrderBy(d => d.Stage).ThenBy(d => d.Currency, StringComparer.Ordinal).Select(d => new AccountDeals(d.Stage, d.Currency, d.Count, d.Value))], moods);
    }

    public async Task<Result<Page<AccountInteraction>>> InteractionsAsync(Guid id, string? after, int take, CancellationToken ct)
    {
        if (!await db.Accounts.VisibleTo(viewer).AnyAsync(a => a.Id == id, ct)) return Error.NotFound;
        var found = Said(id).Where(i => !i.IsArchived);
        if (after is not null)
        {
            if (Cursor.Parse(after) is not { } cursor) return new Error("cursor.unknown", nameof(after));
            found = found.Where(i => i.At < cursor.At || (i.At == cursor.At && i.Id < cursor.Id));
        }
        var rows = await found.OrderByDescending(i => i.At).ThenByDescending(i => i.Id).Take(take + 1)
            .Join(db.Users, i => i.AuthorId, u => u.Id, (i, u) => new
            {
                i.Id,
                i.ContactId,
                Contact = i.Contact!.Name,
                i.Type,
                i.At,
                i.Subject,
                Text = i.Content.Substring(0, Excerpt * 2),
                Author = u.Name,
                Mood = db.Analyses.Where(a => a.InteractionId == i.Id).Select(a => (Sentiment?)a.Sentiment).FirstOrDefault()
            })
            .OrderByDescending(i => i.At).ThenByDescending(i => i.Id).ToListAsync(ct);
        var items = rows.Take(take).Select(r => new AccountInteraction(r.Id, r.ContactId, r.Contact, r.Type, r.At, r.Subject, Beginning(r.Text), r.Mood, r.Author)).ToList();
        return new Page<AccountInteraction>(items, rows.Count > take ? new Cursor(rows[take - 1].At, rows[take - 1].Id).ToString() : null);
    }

    private IQueryable<Interaction> Said(Guid accountId)
    {
        var people = db.Contacts.VisibleTo(viewer).Where(c => c.AccountId == accountId);
        return db.Interactions.VisibleTo(viewer, db).Where(i => people.Any(c => c.Id == i.ContactId));
    }

    // One line of it, ending within no character.
    private static string Beginning(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Excerpt ? line : Search.SearchTerms.Cut(line, Excerpt - 1) + "…";
    }
}
