using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.History;

internal sealed class Undoing(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, TakingBack takingBack, ChangeRecorder recorder, IEnumerable<IChangeGroups> groups, TimeProvider time) : IUndoing
{
    private const int MaxTake = 100, MaxEntries = 2_000, Tried = 12, Named = 3;

    public async Task<IReadOnlyList<UndoScope>> ScopesAsync(CancellationToken ct) => Scopes(await user.GetAsync(ct));

    public async Task<Result<Page<UndoRow>>> ListAsync(UndoList list, UndoScope scope, string? after, int take, CancellationToken ct)
    {
        var place = after is null ? null : Cursor.Parse(after);
        if (after is not null && place is null) return new Error("cursor.unknown", nameof(after));
        take = Math.Clamp(take, 1, MaxTake);
        var viewer = await user.GetAsync(ct);
        if (!Scopes(viewer).Contains(scope)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        var sets = await UndoQueries.Rows(db, viewer, list, scope, now, [.. groups.Select(g => g.TakenBack(db))]).AsNoTracking().After(place, take + 1).ToListAsync(ct);
        var next = sets.Count > take ? new Cursor(sets[take - 1].At, sets[take - 1].Id).ToString() : null;
        return new Page<UndoRow>(await RowsAsync(db, viewer, [.. sets.Take(take)], now, ct), next);
    }

    public async Task<Result<TakenBack>> UndoAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        foreach (var kind in groups)
        {
            if ((await kind.OfAsync(db, [id], ct)).Count == 0) continue;
            var begun = await kind.UndoAsync(id, ct);
            return begun.Succeeded ? new TakenBack(begun.Value, []) : Result.Refused<TakenBack>(begun.Errors);
        }
        var undone = await takingBack.UndoAsync(id, mergesOnly: false, ct);
        return undone.Succeeded ? new TakenBack(undone.Value.ChangeSetId, undone.Value.Kept) : Result.Refused<TakenBack>(undone.Errors);
    }

    private static IReadOnlyList<UndoScope> Scopes(Viewer viewer) => !viewer.May(Operation.ReadHistory) ? [] : viewer.Role switch
    {
        Role.Admin => [UndoScope.Mine, UndoScope.Team, UndoScope.All],
        Role.Manager => [UndoScope.Mine, UndoScope.Team],
        _ => [UndoScope.Mine],
    };

    private async Task<IReadOnlyList<UndoRow>> RowsAsync(AppDbContext db, Viewer viewer, IReadOnlyList<ChangeSet> sets, DateTime now, CancellationToken ct)
    {
        var ids = sets.Where(s => s.GroupId is null).Select(s => s.Id).ToList();
        var entries = (await db.ChangeEntries.AsNoTracking().Where(e => ids.Contains(e.ChangeSetId)).OrderBy(e => e.Id).Take(MaxEntries).ToListAsync(ct)).ToLookup(e => e.ChangeSetId);
        var subjects = await UndoSubjects.ReadAsync(db, viewer, entries.SelectMany(e => e), recorder, ct);
        var works = await GroupsAsync(db, [.. sets.Select(s => s.GroupId).OfType<Guid>()], ct);
        var undone = sets.Select(s => s.UndoOf).OfType<Guid>().ToList();
        var first = await db.ChangeSets.AsNoTracking().Where(s => undone.Contains(s.Id)).ToDictionaryAsync(s => s.Id, ct);
        var people = sets.Select(s => s.UserId).Concat(first.Values.Select(s => s.UserId)).Concat(works.Values.Select(w => w.Of?.UserId).OfType<Guid>()).Distinct().ToList();
        var names = await db.Users.Where(u => people.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, ct);
        var rows = new List<UndoRow>();
        foreach (var set in sets)
        {
            var until = set.At.AddDays(IHistory.UndoDays);
            if (set.GroupId is { } group)
            {
                var work = works.GetValueOrDefault(group) ?? new(await db.ChangeEntries.Where(e => db.ChangeSets.Any(s => s.Id == e.ChangeSetId && s.GroupId == group)).Take(10_000).CountAsync(ct), null, new("undo.elsewhere", null));
                var (command, by, at) = work.Of ?? (set.Command, set.UserId, set.At);
                rows.Add(new(group, command, at, names.GetValueOrDefault(by, ""), set.Origin, work.Rows, work.Subject is { } subject ? [subject] : [], until, work.Refusal) { IsGroup = true, Progress = work.Progress, Undone = work.Of is null ? null : new(names[set.UserId], set.At) });
                continue;
            }
            var own = entries[set.Id].ToList();
            var told = set.UndoOf is { } of && set.Command == "undo" ? first.GetValueOrDefault(of) : null;
            rows.Add(new(set.Id, (told ?? Original(set, first)).Command, (told ?? set).At, names.GetValueOrDefault((told ?? set).UserId, ""), set.Origin, UndoSubjects.Count(own), [.. subjects.Of(own).Take(Named)], until, await RefusalAsync(viewer, set, own, now, ct))
            {
                Fields = await FieldsAsync(db, viewer, set, own, ct), Undone = told is null ? null : new(names[set.UserId], set.At),
            });
        }
        return rows;
    }

    private static ChangeSet Original(ChangeSet set, Dictionary<Guid, ChangeSet> first) => set.UndoOf is { } of && first.TryGetValue(of, out var undo) && undo.Command != "undo" ? undo : set;

    private async Task<Dictionary<Guid, ChangeGroup>> GroupsAsync(AppDbContext db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var all = new Dictionary<Guid, ChangeGroup>();
        if (ids.Count == 0) return all;
        foreach (var kind in groups)
            foreach (var (id, work) in await kind.OfAsync(db, ids, ct)) all[id] = work;
        return all;
    }

    // Tried on a context that is thrown away; of commands on many records that is left to the moment it is asked for.
    private async Task<Error?> RefusalAsync(Viewer viewer, ChangeSet set, List<ChangeEntry> entries, DateTime now, CancellationToken ct)
    {
        if (entries.Count is 0 or > Tried) return null;
        await using var db = await contexts.CreateDbContextAsync(ct);
        set.Entries.Clear();
        set.Entries.AddRange(entries);
        return (await takingBack.ApplyAsync(db, viewer, set, now, ct)).Errors is [var refusal, ..] ? refusal : null;
    }

    private async Task<IReadOnlyList<FieldChange>> FieldsAsync(AppDbContext db, Viewer viewer, ChangeSet set, List<ChangeEntry> entries, CancellationToken ct)
    {
        if (entries.Count == 0 || entries.Exists(e => e.Kind != ChangeKind.Updated && !ReadableFields.Parts.Contains(e.RecordType)) || entries.DistinctBy(UndoSubjects.RecordOf).Count() != 1) return [];
        if (await RecordAccess.OfAsync(db, viewer, set, entries[0], ct) is not { } access) return [];
        var fields = await ReadableFields.ReadAsync(db, viewer, access, [.. entries.Select(e => (e, recorder.Read(e)))], ct);
        return fields.Of(entries);
    }
}
