using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Imports;

/// <summary>What one batch of an undo takes back. Records that nobody touched since go all at once; the others one by one, as their change sets tell.</summary>
internal sealed class ReversalBatch
{
    public required ChangeSet Command { get; init; }

    /// <summary>Records dealt with.</summary>
    public int Records { get; set; }
    public List<ImportItem> Kept { get; } = [];

    /// <summary>Made by the import, and as it left them.</summary>
    public List<Guid> Contacts { get; set; } = [];
    public List<Guid> Companies { get; set; } = [];
    public List<ChangeEntry> Entries { get; } = [];

    /// <summary>Companies that go otherwise, of those dealt with.</summary>
    public int OtherCompanies { get; set; }

    public async Task WriteAsync(AppDbContext db, BulkWriter bulk, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        if (Entries.Count == 0) return;
        if (db.Entry(Command).State == EntityState.Detached) await bulk.WriteAsync<ChangeSet>([Command], ct);
        var at = Command.At;
        var gone = Contacts.Count == 0 ? 0 : await db.Set<Contact>().Where(c => Contacts.Contains(c.Id) && c.Version == 1 && c.DeletedAt == null).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.DeletedAt, at).SetProperty(c => c.UpdatedAt, at).SetProperty(c => c.Version, c => c.Version + 1), ct);
        gone += Companies.Count == 0 ? 0 : await db.Set<Account>().Where(a => Companies.Contains(a.Id) && a.Version == 1 && a.DeletedAt == null && !db.Set<Contact>().Any(c => c.AccountId == a.Id && c.DeletedAt == null))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.DeletedAt, at).SetProperty(a => a.Version, a => a.Version + 1), ct);
        if (gone != Contacts.Count + Companies.Count) throw new DbUpdateConcurrencyException("A record was saved by somebody else.");
        await bulk.WriteAsync(Entries, ct);
    }
}

/// <summary>Takes records of an import back, as long as they are as it left them.</summary>
internal sealed class ImportReversal(ChangeRecorder recorder)
{
    private const string Changed = "undo.changed", Used = "undo.used";

    // What a person adds to a record, beside its own fields.
    private static readonly string[] Own = [nameof(Contact), nameof(Account)];

    public async Task<ReversalBatch> OfRowsAsync(AppDbContext db, Import import, IReadOnlyList<ImportItem> items, Viewer viewer, Guid group, DateTime now, CancellationToken ct)
    {
        var batch = new ReversalBatch { Command = db.Begin(ImportCommands.Undo, viewer, now, groupId: group) };
        var ids = items.Select(i => i.RecordId!.Value).Distinct().ToList();
        var lowest = items[^1].Number;
        // A record of several rows is dealt with at the first of them.
        var later = await db.ImportItems.Where(i => i.RecordId != null && ids.Contains(i.RecordId.Value) && i.ImportId == import.Id && i.Phase == ImportPhase.Run && i.Number < lowest
            && (i.Outcome == RowOutcome.Created || i.Outcome == RowOutcome.Updated)).Select(i => i.RecordId!.Value).ToListAsync(ct);
        ids = [.. ids.Except(later)];
        batch.Records = ids.Count;
        var used = await UsedAsync(db, import, group, ids, ct);
        if (import.Kind == ImportKind.Contacts) ids = await UntouchedAsync(db, import, viewer, batch, ids, items, used, now, ct);
        if (ids.Count == 0) return batch;
        var entries = await EntriesAsync(db, import, ids, ct);
        if (import.Kind == ImportKind.Contacts) await db.Contacts.VisibleTo(viewer, deletedToo: true).Include(c => c.Shares).Include(c => c.Tags).Include(c => c.Account).Where(c => ids.Contains(c.Id)).AsSplitQuery().LoadAsync(ct);
        else if (import.Kind == ImportKind.Accounts) await db.Accounts.VisibleTo(viewer, deletedToo: true).Where(a => ids.Contains(a.Id)).LoadAsync(ct);
        else await db.Interactions.VisibleTo(viewer, db, deletedToo: true).Include(i => i.Contact).ThenInclude(c => c!.Shares).Where(i => ids.Contains(i.Id)).AsSplitQuery().LoadAsync(ct);
        foreach (var id in ids)
        {
            var number = items.Last(i => i.RecordId == id).Number;
            if (await OneAsync(db, viewer, id, entries[id], used, now, ct) is { } reason) batch.Kept.Add(Kept(import, number, id, reason));
        }
        return batch;
    }

    // Nothing need be read of those that are as they came. Answers the others.
    private async Task<List<Guid>> UntouchedAsync(AppDbContext db, Import import, Viewer viewer, ReversalBatch batch, List<Guid> ids, IReadOnlyList<ImportItem> items, IReadOnlyDictionary<Guid, string> used, DateTime now, CancellationToken ct)
    {
        var made = items.Where(i => i.Outcome == RowOutcome.Created).Select(i => i.RecordId!.Value).Where(id => !used.ContainsKey(id)).Intersect(ids).ToList();
        var told = db.ChangeEntries.Where(e => made.Contains(e.RecordId) && e.RecordType == nameof(Contact) && e.Kind == ChangeKind.Created && e.Payload != null && db.ChangeSets.Any(s => s.Id == e.ChangeSetId && s.GroupId == import.Id));
        var recorded = (await told.Select(e => e.RecordId).ToListAsync(ct)).ToHashSet();
        var asLeft = await db.Contacts.VisibleTo(viewer).GovernedBy(viewer).Where(c => made.Contains(c.Id) && c.Version == 1).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(ct);
        batch.Contacts = asLeft.FindAll(recorded.Contains);
        batch.Entries.AddRange(batch.Contacts.Select(id => recorder.Deleted(nameof(Contact), id, now, batch.Command.Id)));
        return [.. ids.Except(batch.Contacts)];
    }

    /// <summary>Companies that an import of contacts made along, and that are still to be dealt with.</summary>
    public static async Task<Queue<Guid>> CompaniesAsync(AppDbContext db, Import import, Viewer viewer, CancellationToken ct)
    {
        if (import.Kind != ImportKind.Contacts || import.Companies == 0) return [];
        var made = db.ChangeEntries.Where(e => e.RecordType == nameof(Account) && e.Kind == ChangeKind.Created && db.ChangeSets.Any(s => s.Id == e.ChangeSetId && s.GroupId == import.Id)).Select(e => e.RecordId);
        var open = db.Accounts.VisibleTo(viewer).Where(a => made.Contains(a.Id) && !db.ImportItems.Any(i => i.RecordId == a.Id && i.ImportId == import.Id && i.Phase == ImportPhase.Undo));
        return new(await open.OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(ct));
    }

    public async Task<ReversalBatch> OfCompaniesAsync(AppDbContext db, Import import, IReadOnlyList<Guid> companies, Viewer viewer, Guid group, DateTime now, CancellationToken ct)
    {
        var batch = new ReversalBatch { Command = db.Begin(ImportCommands.Undo, viewer, now, groupId: group), Records = companies.Count };
        batch.Companies = await db.Accounts.VisibleTo(viewer).GovernedBy(viewer).Where(a => companies.Contains(a.Id) && a.Version == 1 && !db.Contacts.Any(c => c.AccountId == a.Id && c.DeletedAt == null)).OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(ct);
        batch.Entries.AddRange(batch.Companies.Select(id => recorder.Deleted(nameof(Account), id, now, batch.Command.Id)));
        var ids = companies.Except(batch.Companies).ToList();
        if (ids.Count == 0) return batch;
        var entries = await EntriesAsync(db, import, ids, ct);
        var number = await db.ImportItems.Where(i => i.ImportId == import.Id && i.Phase == ImportPhase.Undo).MinAsync(i => (int?)i.Number, ct) is { } least and < 0 ? least : 0;
        foreach (var account in await db.Accounts.VisibleTo(viewer).Where(a => ids.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync(ct))
        {
            var reason = !viewer.MayGovern(account) ? Error.Forbidden.Code : await BackAsync(db, entries[account.Id], now, ct) ? null : Changed;
            if (reason is null && account.DeletedAt is null) reason = Used;
            // Below nought: no row of the file.
            if (reason is not null) batch.Kept.Add(Kept(import, --number, account.Id, RowProblems.Whole(reason)));
            else batch.OtherCompanies++;
        }
        return batch;
    }

    private async Task<RowProblem?> OneAsync(AppDbContext db, Viewer viewer, Guid id, IEnumerable<ChangeEntry> entries, IReadOnlyDictionary<Guid, string> used, DateTime now, CancellationToken ct)
    {
        var all = entries.OrderByDescending(e => e.Id).ToList();
        var created = all.Exists(e => e.Kind == ChangeKind.Created && e.RecordId == id);
        var (row, owned) = Local(db, id);
        if (row is null) return RowProblems.Whole(Error.NotFound.Code);
        // Deleted since by somebody: there is nothing left to take back.
        if (created && row is IDeletable { DeletedAt: not null }) return null;
        if (created ? !viewer.MayGovern(owned) : !viewer.MayChange(owned)) return RowProblems.Whole(Error.Forbidden.Code);
        if (all.Count == 0 || all.Exists(e => e.Payload is null)) return RowProblems.Whole("undo.late");
        if (created && used.TryGetValue(id, out var who)) return RowProblems.Whole(Used, who);
        // Labels of one that goes stay on it, for the case that it comes back.
        return await BackAsync(db, created ? all.FindAll(e => e.RecordId == id) : all, now, ct) ? null : RowProblems.Whole(Changed);
    }

    private async Task<bool> BackAsync(AppDbContext db, IEnumerable<ChangeEntry> entries, DateTime now, CancellationToken ct)
    {
        var all = entries.OrderByDescending(e => e.Id).ToList();
        foreach (var entry in all)
        {
            if (await new Reversal(db, entry, recorder.Read(entry), now).ApplyAsync(ct)) continue;
            await ForgetAsync(db, all, ct);
            return false;
        }
        foreach (var row in all.Select(e => Local(db, e.RecordId).Row).OfType<Contact>().Distinct()) row.UpdatedAt = now;
        if (await PointsNowhereAsync(db, all, ct))
        {
            await ForgetAsync(db, all, ct);
            return false;
        }
        return true;
    }

    // A record that was half taken back is as it was.
    private static async Task ForgetAsync(AppDbContext db, List<ChangeEntry> entries, CancellationToken ct)
    {
        foreach (var id in entries.Select(e => e.RecordId).Distinct())
        {
            foreach (var entry in db.ChangeTracker.Entries<IRecorded>().Where(e => e.Entity.Id == id).ToList())
            {
                if (entry.State == EntityState.Added) entry.State = EntityState.Detached;
                else await entry.ReloadAsync(ct);
            }
        }
    }

    // The company to which a contact would return may be gone.
    private static async Task<bool> PointsNowhereAsync(AppDbContext db, List<ChangeEntry> entries, CancellationToken ct)
    {
        foreach (var contact in entries.Select(e => Local(db, e.RecordId).Row).OfType<Contact>().Distinct())
        {
            if (contact.AccountId is { } account && db.Entry(contact).Property(c => c.AccountId).IsModified && await db.FindAsync<Account>([account], ct) is not { DeletedAt: null }) return true;
        }
        return false;
    }

    private static (object? Row, IOwned Owned) Local(AppDbContext db, Guid id)
    {
        if (db.Set<Contact>().Local.FindEntry(id)?.Entity is { } contact) return (contact, contact);
        if (db.Set<Account>().Local.FindEntry(id)?.Entity is { } account) return (account, account);
        return db.Set<Interaction>().Local.FindEntry(id)?.Entity is { } interaction ? (interaction, interaction.Contact!) : (null, null!);
    }

    private static async Task<ILookup<Guid, ChangeEntry>> EntriesAsync(AppDbContext db, Import import, List<Guid> ids, CancellationToken ct)
    {
        var own = db.ChangeEntries.AsNoTracking().Where(e => db.ChangeSets.Any(s => s.Id == e.ChangeSetId && s.GroupId == import.Id));
        // One index after the other: both at once the database would look through the whole table.
        var found = await own.Where(e => ids.Contains(e.RecordId)).ToListAsync(ct);
        found = [.. found.Concat(await own.Where(e => e.ContactId != null && ids.Contains(e.ContactId.Value)).ToListAsync(ct)).DistinctBy(e => e.Id)];
        return found.ToLookup(e => e.ContactId is { } contact && ids.Contains(contact) ? contact : e.RecordId);
    }

    /// <summary>Who added something to a record since, a label, a conversation, a task, and did not take it away again.</summary>
    private static async Task<IReadOnlyDictionary<Guid, string>> UsedAsync(AppDbContext db, Import import, Guid group, List<Guid> ids, CancellationToken ct)
    {
        if (import.Kind != ImportKind.Contacts) return new Dictionary<Guid, string>();
        var later = await db.ChangeEntries.AsNoTracking().Where(e => e.ContactId != null && ids.Contains(e.ContactId.Value) && !Own.Contains(e.RecordType) && (e.Kind == ChangeKind.Created || e.Kind == ChangeKind.Deleted))
            .Join(db.ChangeSets.Where(s => (s.GroupId == null || (s.GroupId != import.Id && s.GroupId != group)) && s.UndoneBy == null && s.UndoOf == null), e => e.ChangeSetId, s => s.Id, (e, s) => new { e.Kind, e.RecordId, ContactId = e.ContactId!.Value, s.UserId })
            .Join(db.Users, x => x.UserId, u => u.Id, (x, u) => new { x.Kind, x.RecordId, x.ContactId, u.Name }).ToListAsync(ct);
        var gone = later.Where(e => e.Kind == ChangeKind.Deleted).Select(e => e.RecordId).ToHashSet();
        return later.Where(e => e.Kind == ChangeKind.Created && !gone.Contains(e.RecordId)).GroupBy(e => e.ContactId).ToDictionary(g => g.Key, g => g.First().Name);
    }

    private static ImportItem Kept(Import import, int number, Guid id, RowProblem reason) => new()
    {
        ImportId = import.Id, Phase = ImportPhase.Undo, Number = number, Outcome = RowOutcome.Kept, RecordId = id, Problems = System.Text.Json.JsonSerializer.Serialize<List<RowProblem>>([reason], JsonColumns.Options),
    };
}
