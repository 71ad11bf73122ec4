using CrmAi.Domain.Deletions;
using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Deletions;

internal sealed class Deletions(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, TimeProvider time) : IDeletions
{
    private const int MaxTake = 200, Beginning = 60;

    public async Task<Result<Page<DeletedRow>>> ListAsync(DeletedKind? kind, string? after, int take, CancellationToken ct)
    {
        var place = after is null ? null : Cursor.Parse(after);
        if (after is not null && place is null) return new Error("cursor.unknown", nameof(after));
        take = Math.Clamp(take, 1, MaxTake);
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var part = new DeletedPart(time.GetUtcNow().UtcDateTime.AddDays(-IHistory.UndoDays), place, take + 1);
        // One more than asked for of each kind holds the newest of all.
        var found = new List<DeletedRow>();
        if (kind is null or DeletedKind.Contact) found.AddRange(await ContactsAsync(db, viewer, part, ct));
        if (kind is null or DeletedKind.Account) found.AddRange(await AccountsAsync(db, viewer, part, ct));
        if (kind is null or DeletedKind.Interaction) found.AddRange(await InteractionsAsync(db, viewer, part, ct));
        if (kind is null or DeletedKind.Task) found.AddRange(await TasksAsync(db, viewer, part, ct));
        var rows = found.OrderByDescending(r => r.DeletedAt).ThenByDescending(r => r.Id).Take(take).ToList();
        var next = found.Count > take ? new Cursor(rows[^1].DeletedAt, rows[^1].Id).ToString() : null;
        var who = await WhoAsync(db, [.. rows.Select(r => r.Id)], ct);
        return new Page<DeletedRow>([.. rows.Select(r => r with { DeletedBy = who.GetValueOrDefault(r.Id) })], next);
    }

    private static async Task<IEnumerable<DeletedRow>> ContactsAsync(AppDbContext db, Viewer viewer, DeletedPart part, CancellationToken ct)
    {
        var rows = await part.Of(db.Contacts.VisibleTo(viewer, deletedToo: true).GovernedBy(viewer).Where(c => c.MergedIntoId == null)).Select(c => new
        {
            c.Id,
            c.Name,
            c.Title,
            Company = c.Account == null || c.Account.DeletedAt != null ? null : c.Account.ShortName ?? c.Account.Name,
            Owner = db.Users.Where(u => u.Id == c.OwnerId).Select(u => u.Name).First(),
            At = c.DeletedAt!.Value,
        }).ToListAsync(ct);
        return rows.Select(r => Row(DeletedKind.Contact, r.Id, r.Name, r.Owner, r.At) with { Details = Given(r.Title, r.Company) });
    }

    private static async Task<IEnumerable<DeletedRow>> AccountsAsync(AppDbContext db, Viewer viewer, DeletedPart part, CancellationToken ct)
    {
        var rows = await part.Of(db.Accounts.VisibleTo(viewer, deletedToo: true).GovernedBy(viewer).Where(a => a.MergedIntoId == null)).Select(a => new
        {
            a.Id,
            a.Name,
            a.Industry,
            a.City,
            Owner = db.Users.Where(u => u.Id == a.OwnerId).Select(u => u.Name).First(),
            At = a.DeletedAt!.Value,
        }).ToListAsync(ct);
        return rows.Select(r => Row(DeletedKind.Account, r.Id, r.Name, r.Owner, r.At) with { Details = Given(r.Industry, r.City) });
    }

    private static async Task<IEnumerable<DeletedRow>> InteractionsAsync(AppDbContext db, Viewer viewer, DeletedPart part, CancellationToken ct)
    {
        var found = db.Interactions.VisibleTo(viewer, db, deletedToo: true).Where(i => i.Contact!.DeletedAt == null).ChangeableBy(viewer, db);
        var rows = await part.Of(found).Select(i => new
        {
            i.Id,
            i.Subject,
            Text = i.Content.Substring(0, Beginning * 2),
            i.ContactId,
            Contact = i.Contact!.Name,
            i.Type,
            Then = i.At,
            Author = db.Users.Where(u => u.Id == i.AuthorId).Select(u => u.Name).First(),
            At = i.DeletedAt!.Value,
        }).ToListAsync(ct);
        return rows.Select(r => Row(DeletedKind.Interaction, r.Id, string.IsNullOrWhiteSpace(r.Subject) ? Line(r.Text) : r.Subject, r.Author, r.At) with { Talk = new(r.ContactId, r.Contact, r.Type, r.Then) });
    }

    private static async Task<IEnumerable<DeletedRow>> TasksAsync(AppDbContext db, Viewer viewer, DeletedPart part, CancellationToken ct)
    {
        var (contacts, accounts) = (db.Contacts.VisibleTo(viewer), db.Accounts.VisibleTo(viewer));
        var rows = await part.Of(db.Tasks.VisibleTo(viewer, db, deletedToo: true).Where(t => t.ContactId == null || t.Contact!.DeletedAt == null)).Select(t => new
        {
            t.Id,
            t.Title,
            Contact = contacts.Where(c => c.Id == t.ContactId).Select(c => c.Name).FirstOrDefault(),
            Company = accounts.Where(a => a.Id == t.AccountId).Select(a => a.ShortName ?? a.Name).FirstOrDefault(),
            Owner = db.Users.Where(u => u.Id == t.OwnerId).Select(u => u.Name).First(),
            At = t.DeletedAt!.Value,
        }).ToListAsync(ct);
        return rows.Select(r => Row(DeletedKind.Task, r.Id, r.Title, r.Owner, r.At) with { Details = Given(r.Contact, r.Company) });
    }

    // What was deleted, restored and deleted again was deleted by the last who did.
    private static async Task<Dictionary<Guid, string>> WhoAsync(AppDbContext db, List<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        var told = await db.ChangeEntries.Where(e => ids.Contains(e.RecordId) && e.Kind == ChangeKind.Deleted)
            .Join(db.ChangeSets, e => e.ChangeSetId, s => s.Id, (e, s) => new { e.Id, e.RecordId, s.UserId })
            .Join(db.Users, x => x.UserId, u => u.Id, (x, u) => new { x.Id, x.RecordId, u.Name }).ToListAsync(ct);
        return told.GroupBy(x => x.RecordId).ToDictionary(g => g.Key, g => g.MaxBy(x => x.Id)!.Name);
    }

    private static DeletedRow Row(DeletedKind kind, Guid id, string name, string owner, DateTime at) => new(kind, id, name, owner, null, at, at.AddDays(IHistory.UndoDays));

    private static List<string> Given(params IEnumerable<string?> texts) => [.. texts.Where(t => !string.IsNullOrWhiteSpace(t)).OfType<string>()];

    private static string Line(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Beginning ? line : SearchTerms.Cut(line, Beginning - 1) + "…";
    }
}

/// <summary>The newest deletions of one kind behind a place, those from <paramref name="Since"/> on.</summary>
internal sealed record DeletedPart(DateTime Since, Cursor? After, int Take)
{
    public IQueryable<T> Of<T>(IQueryable<T> rows) where T : class, IRecorded, IDeletable
    {
        var found = rows.AsNoTracking().Where(r => r.DeletedAt >= Since);
        // The first comparison bounds the range that is read.
        if (After is { } place) found = found.Where(r => r.DeletedAt <= place.At && (r.DeletedAt < place.At || r.Id < place.Id));
        return found.OrderByDescending(r => r.DeletedAt).ThenByDescending(r => r.Id).Take(Take);
    }
}
