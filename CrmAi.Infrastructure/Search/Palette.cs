using CrmAi.Domain.Contacts;
using CrmAi.Domain.Search;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Search;

internal sealed class Palette(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, FieldCipher cipher, TimeProvider time) : IPalette
{
    private const int People = 8, Companies = 5, Talks = 5, Tasks = 5, Tags = 5, OpenTasks = 500, Kept = 30;

    public async Task<IReadOnlyList<FoundGroup>> FindAsync(string text, FoundKind? only, CancellationToken ct)
    {
        var words = SearchTerms.Words(SearchTerms.Cut(text, IPalette.MaxText));
        if (words.Count == 0) return [];
        var viewer = await user.GetAsync(ct);
        // SQLite answers on the thread that asks: a page's is left to the next letter. What takes longest goes beside the rest, each with a connection of its own.
        var talks = only is null or FoundKind.Interaction ? Task.Run(() => TalksAsync(viewer, words, ct), ct) : Task.FromResult<FoundGroup?>(null);
        var groups = await Task.Run(() => RecordsAsync(viewer, text, words, only, ct), ct);
        groups.Add(await talks);
        return [.. groups.OfType<FoundGroup>()];
    }

    private async Task<List<FoundGroup?>> RecordsAsync(Viewer viewer, string text, IReadOnlyList<string> words, FoundKind? only, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var records = new RecordSearch(db, viewer, cipher);
        var groups = new List<FoundGroup?>();
        if (only is null or FoundKind.Contact) groups.Add(await records.PeopleAsync(words, People, ct));
        if (only is null or FoundKind.Account) groups.Add(await records.CompaniesAsync(text, words, Companies, ct));
        if (groups.Count > 0 && groups.TrueForAll(g => g is null)) groups.AddRange(await records.SimilarAsync(words, People, only, ct));
        if (only is null or FoundKind.Task) groups.Add(await TasksAsync(db, viewer, words, ct));
        if (only is null or FoundKind.Tag) groups.Add(await TagsAsync(db, viewer, words, ct));
        return groups;
    }

    public async Task<IReadOnlyList<FoundRecord>> RecentAsync(int take, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var seen = await db.RecentRecords.Where(r => r.UserId == viewer.Id).OrderByDescending(r => r.At).ThenBy(r => r.RecordId).Take(Kept).Select(r => new { r.Kind, r.RecordId }).ToListAsync(ct);
        var ids = seen.ConvertAll(r => r.RecordId);
        if (ids.Count == 0) return [];
        var records = new RecordSearch(db, viewer, cipher);
        var found = (await records.PeopleAsync(ids, ct)).Select(p => p.Record([])).Concat((await records.CompaniesAsync(ids, ct)).Select(c => c.Record([]))).ToDictionary(r => r.Id);
        return [.. ids.Where(found.ContainsKey).Take(take).Select(id => found[id])];
    }

    public async Task OpenedAsync(FoundKind kind, Guid id, CancellationToken ct)
    {
        if (kind is not (FoundKind.Contact or FoundKind.Account)) return;
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        if (await db.RecentRecords.Where(r => r.UserId == viewer.Id && r.RecordId == id).ExecuteUpdateAsync(set => set.SetProperty(r => r.At, now), ct) > 0) return;
        var isSeen = kind == FoundKind.Contact ? await db.Contacts.VisibleTo(viewer).AnyAsync(c => c.Id == id, ct) : await db.Accounts.VisibleTo(viewer).AnyAsync(a => a.Id == id, ct);
        if (!isSeen) return;
        db.RecentRecords.Add(new() { UserId = viewer.Id, Kind = kind, RecordId = id, At = now });
        if (await db.TrySaveAsync(ct) is not null) return; // two windows of one person
        var last = await db.RecentRecords.Where(r => r.UserId == viewer.Id).OrderByDescending(r => r.At).Skip(Kept).Select(r => (DateTime?)r.At).FirstOrDefaultAsync(ct);
        if (last is { } old) await db.RecentRecords.Where(r => r.UserId == viewer.Id && r.At <= old).ExecuteDeleteAsync(ct);
    }

    private async Task<FoundGroup?> TalksAsync(Viewer viewer, IReadOnlyList<string> words, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await new TalkSearch(db, viewer).FindAsync(words, Talks, ct);
    }

    // Open ones of one's own are few, and read in the order of their index.
    private static async Task<FoundGroup?> TasksAsync(AppDbContext db, Viewer viewer, IReadOnlyList<string> words, CancellationToken ct)
    {
        if (!viewer.May(Operation.WriteTasks)) return null;
        var contacts = db.Contacts.VisibleTo(viewer);
        var open = await db.Tasks.VisibleTo(viewer, db).Where(t => t.OwnerId == viewer.Id && t.State == TaskState.Open).OrderBy(t => t.DueAt).ThenBy(t => t.Id).Take(OpenTasks)
            .Select(t => new { t.Id, t.Title, t.DueAt, Contact = contacts.Where(c => c.Id == t.ContactId).Select(c => c.Name).FirstOrDefault() }).ToListAsync(ct);
        var found = open.Where(t => Highlights.All(t.Title, words)).ToList();
        return found.Count == 0 ? null : new(FoundKind.Task, [.. found.Take(Tasks).Select(t => new FoundRecord(FoundKind.Task, t.Id, Highlights.Of(t.Title, words), t.Contact is null ? [] : [new(t.Contact, [])]) { At = t.DueAt })],
            Math.Min(found.Count, FoundGroup.CountLimit), found.Count > FoundGroup.CountLimit);
    }

    private static async Task<FoundGroup?> TagsAsync(AppDbContext db, Viewer viewer, IReadOnlyList<string> words, CancellationToken ct)
    {
        if (!viewer.May(Operation.ReadContacts)) return null;
        var found = (await db.Tags.Select(t => new { t.Id, t.Name }).ToListAsync(ct)).Where(t => Highlights.All(t.Name, words)).OrderBy(t => t.Name.Length).ThenBy(t => t.Name, StringComparer.CurrentCulture).ToList();
        return found.Count == 0 ? null : new(FoundKind.Tag, [.. found.Take(Tags).Select(t => new FoundRecord(FoundKind.Tag, t.Id, Highlights.Of(t.Name, words), []))], Math.Min(found.Count, FoundGroup.CountLimit), found.Count > FoundGroup.CountLimit);
    }
}
