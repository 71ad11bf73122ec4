using System.Text.Json;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.History;

internal sealed class Histories(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ChangeRecorder recorder, Chain chain, TimeProvider time) : IHistory
{
    private const int Most = 200;

    // What a contact's page masks or leaves out.
    private static readonly string[] Masked = ["Mobile", "Phone", "Email", "WeChat", "Personal", "SocialProfiles"];

    public async Task<IReadOnlyList<HistoryEntry>> OfAsync(string recordType, Guid recordId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!viewer.May(Operation.ReadHistory) || await RecordAccess.OfAsync(db, viewer, recordType, recordId, ct) is not { } access) return [];
        var entries = await db.ChangeEntries.AsNoTracking().Where(e => e.RecordId == recordId && e.RecordType == recordType)
            .OrderByDescending(e => e.Id).Take(Most)
            .Join(db.ChangeSets, e => e.ChangeSetId, s => s.Id, (e, s) => new { Entry = e, Set = s })
            .Join(db.Users, x => x.Set.UserId, u => u.Id, (x, u) => new { x.Entry, x.Set, u.Name }).ToListAsync(ct);
        var oldest = time.GetUtcNow().UtcDateTime.AddDays(-IHistory.UndoDays);
        return [.. entries.OrderByDescending(e => e.Entry.Id).Select(e => new HistoryEntry(e.Set.Id, e.Set.At, e.Name, e.Set.Origin, e.Set.Command, e.Entry.Kind,
            e.Set.UndoneBy is not null, e.Set.UndoneBy is null && e.Set.GroupId is null && e.Set.At >= oldest && access.MayChange && e.Entry.Payload is not null,
            [.. recorder.Read(e.Entry).Where(f => access.MayReadChannels || !Masked.Contains(f.Field)).Select(f => new FieldChange(f.Field, Shown(f.Before), Shown(f.After)))]))];
    }

    public async Task<Result<Guid>> UndoAsync(Guid changeSetId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        var set = await db.ChangeSets.Include(s => s.Entries).SingleOrDefaultAsync(s => s.Id == changeSetId, ct);
        if (set is null || set.Entries.Count == 0) return Error.NotFound;
        foreach (var entry in set.Entries)
        {
            if (await RecordAccess.OfAsync(db, viewer, set, entry, ct) is not { } access) return Error.NotFound;
            if (!access.MayChange) return Error.Forbidden;
        }
        // One record's part of it cannot be told apart in the end: the whole is taken back, by who did it.
        if (set.GroupId is not null) return new Error("undo.bulk", null);
        if (set.UndoneBy is not null) return new Error("undo.done", null);
        if (set.At < now.AddDays(-IHistory.UndoDays) || set.Entries.Exists(e => e.Payload is null)) return new Error("undo.late", null, IHistory.UndoDays);

        var command = db.Begin("undo", viewer, now, undoOf: set.Id);
        foreach (var entry in set.Entries.OrderByDescending(e => e.Id))
        {
            if (!await new Reversal(db, entry, recorder.Read(entry), now).ApplyAsync(ct)) return new Error("undo.changed", null);
        }
        if (!await Reversal.TargetsExistAsync(db, ct)) return new Error("undo.changed", null);
        set.UndoneBy = command.Id;
        try { await db.SaveChangesAsync(ct); }
        catch (DbUpdateConcurrencyException) { return Error.Conflict; }
        return command.Id;
    }

    public async Task<Result<ChainCheck>> VerifyAsync(CancellationToken ct) =>
        (await user.GetAsync(ct)).May(Operation.Administer) ? await chain.VerifyAsync(ct) : Error.Forbidden;

    private static string? Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.String ? v.GetString() : v.GetRawText())),
        _ => value.GetRawText(),
    };
}
