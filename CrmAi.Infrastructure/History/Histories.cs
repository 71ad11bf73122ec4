using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.History;

internal sealed class Histories(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ChangeRecorder recorder, Undoing undoing, Chain chain, TimeProvider time) : IHistory
{
    private const int Most = 200;

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
        var undone = await undoing.UndoAsync(changeSetId, mergesOnly: false, ct);
        return undone.Succeeded ? undone.Value.ChangeSetId : Result.Refused<Guid>(undone.Errors);
    }

    public async Task<Result<ChainCheck>> VerifyAsync(CancellationToken ct) =>
        (await user.GetAsync(ct)).May(Operation.Administer) ? await chain.VerifyAsync(ct) : Error.Forbidden;
}
