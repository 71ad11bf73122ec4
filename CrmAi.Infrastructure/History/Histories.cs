using CrmAi.Domain.Accounts;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.History;

internal sealed class Histories(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ChangeRecorder recorder, TakingBack takingBack, IEnumerable<IRestorable> restorable, Chain chain, TimeProvider time) : IHistory
{
    private const int Most = 200, LookedThrough = 2_000;

    public async Task<IReadOnlyList<HistoryEntry>> OfAsync(string recordType, Guid recordId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await AccessAsync(db, viewer, recordType, recordId, ct) is { } access ? (await ReadAsync(db, viewer, access, recordType, recordId, new(), null, Most, ct)).Items : [];
    }

    public async Task<Result<HistoryPage>> PageAsync(string recordType, Guid recordId, HistoryFilter filter, string? after, int take, CancellationToken ct)
    {
        var place = after is null ? null : Cursor.Parse(after);
        if (after is not null && place is null) return new Error("cursor.unknown", nameof(after));
        take = Math.Clamp(take, 1, Most);
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await AccessAsync(db, viewer, recordType, recordId, ct) is not { } access) return new HistoryPage([], null, []);
        var writers = Entries(db, recordType, recordId).Join(db.ChangeSets, e => e.ChangeSetId, s => s.Id, (_, s) => s.UserId).Distinct();
        var people = after is not null ? [] : await db.Users.Where(u => writers.Contains(u.Id)).OrderBy(u => u.Name).ThenBy(u => u.Id).Select(u => new HistoryPerson(u.Id, u.Name)).ToListAsync(ct);
        var (found, looked) = (new List<HistoryEntry>(), 0);
        for (; ; )
        {
            var (items, next) = await ReadAsync(db, viewer, access, recordType, recordId, filter, place?.Id, take, ct);
            looked += items.Count;
            found.AddRange(filter.Field is { } field ? items.Where(i => i.Fields.Any(f => f.Key == field)) : items);
            place = next is { } id ? new Cursor(DateTime.MinValue, id) : null;
            if (place is null || found.Count >= take || looked >= LookedThrough) return new HistoryPage(found, place?.ToString(), people);
        }
    }

    public async Task<Result<Guid>> UndoAsync(Guid changeSetId, CancellationToken ct)
    {
        var undone = await takingBack.UndoAsync(changeSetId, mergesOnly: false, ct);
        return undone.Succeeded ? undone.Value.ChangeSetId : Result.Refused<Guid>(undone.Errors);
    }

    public async Task<Result<ChainCheck>> VerifyAsync(CancellationToken ct) =>
        (await user.GetAsync(ct)).May(Operation.Administer) ? await chain.VerifyAsync(ct) : Error.Forbidden;

    /// <summary>Changes of one record with those of its parts.</summary>
    public static IQueryable<ChangeEntry> Entries(AppDbContext db, string recordType, Guid recordId)
    {
        if (recordType == nameof(BusinessCard))
        {
            // What was corrected as it was saved names the card only as long as it stands.
            var sets = db.ChangeEntries.Where(e => e.RecordId == recordId && e.RecordType == recordType).Select(e => e.ChangeSetId);
            return db.ChangeEntries.Where(e => sets.Contains(e.ChangeSetId) && (e.RecordId == recordId || e.RecordType == nameof(CardCorrection)));
        }
        return recordType == nameof(Contact) ? db.ChangeEntries.Where(e => e.ContactId == recordId && (e.RecordType == recordType || ReadableFields.Parts.Contains(e.RecordType)))
            : db.ChangeEntries.Where(e => e.RecordId == recordId && (e.RecordType == recordType || (recordType == nameof(Account) && e.RecordType == nameof(RegistryEntry))));
    }

    private static async Task<RecordAccess?> AccessAsync(AppDbContext db, Viewer viewer, string recordType, Guid recordId, CancellationToken ct) =>
        viewer.May(Operation.ReadHistory) ? await RecordAccess.OfAsync(db, viewer, recordType, recordId, ct) : null;

    // So many entries, newest first, the parts of one command together; the last command of a part is left to the next where the part may end within it.
    private async Task<(List<HistoryEntry> Items, Guid? Next)> ReadAsync(AppDbContext db, Viewer viewer, RecordAccess access, string recordType, Guid recordId, HistoryFilter filter, Guid? before, int take, CancellationToken ct)
    {
        var found = Entries(db, recordType, recordId).AsNoTracking();
        if (before is { } last) found = found.Where(e => e.Id < last);
        if (filter.UserId is { } person) found = found.Where(e => db.ChangeSets.Any(s => s.Id == e.ChangeSetId && s.UserId == person));
        var entries = await found.OrderByDescending(e => e.Id).Take(take + 1).ToListAsync(ct);
        var more = entries.Count > take;
        if (more)
        {
            var cut = entries[^1].ChangeSetId;
            if (entries[0].ChangeSetId == cut) entries = await found.Where(e => e.ChangeSetId == cut).OrderByDescending(e => e.Id).ToListAsync(ct);
            else entries.RemoveAll(e => e.ChangeSetId == cut);
        }
        var ids = entries.Select(e => e.ChangeSetId).Distinct().ToList();
        var sets = await db.ChangeSets.AsNoTracking().Where(s => ids.Contains(s.Id)).Join(db.Users, s => s.UserId, u => u.Id, (s, u) => new { Set = s, u.Name }).ToDictionaryAsync(s => s.Set.Id, ct);
        var read = entries.ToDictionary(e => e.Id, recorder.Read);
        var fields = await ReadableFields.ReadAsync(db, viewer, access, [.. entries.Select(e => (e, read[e.Id]))], ct);
        var oldest = time.GetUtcNow().UtcDateTime.AddDays(-IHistory.UndoDays);
        var putsBack = access.MayChange && restorable.Any(r => r.RecordType == recordType);
        var items = entries.Where(e => sets.ContainsKey(e.ChangeSetId)).GroupBy(e => e.ChangeSetId).OrderByDescending(g => g.Max(e => e.Id)).Select(g =>
        {
            var (set, who) = (sets[g.Key].Set, sets[g.Key].Name);
            var kind = g.FirstOrDefault(e => e.RecordType == recordType)?.Kind ?? ChangeKind.Updated;
            var undoable = set.UndoneBy is null && set.GroupId is null && set.At >= oldest && g.All(e => e.Payload is not null && access.MayUndo(e, read[e.Id]));
            return new HistoryEntry(set.Id, set.At, who, set.Origin, set.Command, kind, set.UndoneBy is not null, undoable, fields.Of([.. g])) { UserId = set.UserId, MayPutBack = putsBack && g.All(e => e.Payload is not null) };
        }).ToList();
        return (items, more ? entries[^1].Id : null);
    }
}
