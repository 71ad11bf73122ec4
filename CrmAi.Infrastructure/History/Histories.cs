using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.History;

internal sealed class Histories(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ChangeRecorder recorder, Chain chain, TimeProvider time) : IHistory
{
    private const int Most = 200;

    // Whoever gives a contact away may no longer see it, but can take a slip back.
    private static readonly TimeSpan HandBack = TimeSpan.FromHours(1);

    public async Task<IReadOnlyList<HistoryEntry>> OfAsync(string recordType, Guid recordId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!viewer.May(Operation.ReadHistory) || await RecordAccess.OfAsync(db, viewer, recordType, recordId, ct) is not { } access) return [];
        var found = recordType == nameof(Contact) ? db.ChangeEntries.Where(e => e.ContactId == recordId && (e.RecordType == recordType || ReadableFields.Parts.Contains(e.RecordType)))
            : db.ChangeEntries.Where(e => e.RecordId == recordId && (e.RecordType == recordType || (recordType == nameof(Account) && e.RecordType == nameof(RegistryEntry))));
        var entries = await found.AsNoTracking().OrderByDescending(e => e.Id).Take(Most)
            .Join(db.ChangeSets, e => e.ChangeSetId, s => s.Id, (e, s) => new { Entry = e, Set = s })
            .Join(db.Users, x => x.Set.UserId, u => u.Id, (x, u) => new { x.Entry, x.Set, u.Name }).ToListAsync(ct);
        var read = entries.ToDictionary(e => e.Entry.Id, e => recorder.Read(e.Entry));
        var fields = await ReadableFields.ReadAsync(db, viewer, access, [.. entries.Select(e => (e.Entry, read[e.Entry.Id]))], ct);
        var oldest = time.GetUtcNow().UtcDateTime.AddDays(-IHistory.UndoDays);
        return [.. entries.GroupBy(e => e.Entry.ChangeSetId).OrderByDescending(g => g.Max(e => e.Entry.Id)).Select(g =>
        {
            var (set, who) = (g.First().Set, g.First().Name);
            var kind = g.FirstOrDefault(e => e.Entry.RecordType == recordType)?.Entry.Kind ?? ChangeKind.Updated;
            var undoable = set.UndoneBy is null && set.GroupId is null && set.At >= oldest && g.All(e => e.Entry.Payload is not null && access.MayUndo(e.Entry, read[e.Entry.Id]));
            return new HistoryEntry(set.Id, set.At, who, set.Origin, set.Command, kind, set.UndoneBy is not null, undoable, fields.Of([.. g.Select(e => e.Entry)]));
        })];
    }

    public async Task<Result<Guid>> UndoAsync(Guid changeSetId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        var set = await db.ChangeSets.Include(s => s.Entries).SingleOrDefaultAsync(s => s.Id == changeSetId, ct);
        if (set is null || set.Entries.Count == 0) return Error.NotFound;
        var handsBack = set.Command == "contact.assign" && set.UserId == viewer.Id && set.At >= now - HandBack && viewer.May(Operation.WriteContacts);
        foreach (var entry in set.Entries)
        {
            if (handsBack) continue;
            if (await RecordAccess.OfAsync(db, viewer, set, entry, ct) is not { } access) return Error.NotFound;
            if (!access.MayUndo(entry, recorder.Read(entry))) return Error.Forbidden;
        }
        // One record's part of it cannot be told apart in the end: the whole is taken back, by who did it.
        if (set.GroupId is not null) return new Error("undo.bulk", null);
        if (set.UndoneBy is not null) return new Error("undo.done", null);
        if (set.At < now.AddDays(-IHistory.UndoDays) || set.Entries.Exists(e => e.Payload is null)) return new Error("undo.late", null, IHistory.UndoDays);

        var command = db.Begin("undo", viewer, now, undoOf: set.Id);
        foreach (var entry in set.Entries.OrderByDescending(e => e.Id))
        {
            var reversal = new Reversal(db, entry, recorder.Read(entry), now);
            if (!await reversal.ApplyAsync(ct)) return reversal.Refusal;
        }
        if (!await Reversal.TargetsExistAsync(db, ct)) return new Error("undo.changed", null);
        set.UndoneBy = command.Id;
        if (await db.TrySaveAsync(ct) is { } refusal) return refusal;
        return command.Id;
    }

    public async Task<Result<ChainCheck>> VerifyAsync(CancellationToken ct) =>
        (await user.GetAsync(ct)).May(Operation.Administer) ? await chain.VerifyAsync(ct) : Error.Forbidden;
}
