using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.History;

/// <summary>Commands that made one record of two.</summary>
internal static class MergeCommands
{
    public const string Contact = "contact.merge", Account = "account.merge";

    public static bool Is(ChangeSet set) => set.Command is Contact or Account;
}

/// <param name="Kept">Fields that stayed as they are, because somebody changed them since; only of merges, others are taken back wholly or not at all.</param>
internal sealed record Undone(Guid ChangeSetId, IReadOnlyList<string> Kept);

/// <summary>Whether a command can be taken back, the rows as they would then be, and taking it back.</summary>
internal sealed class TakingBack(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ChangeRecorder recorder, TimeProvider time)
{
    // Whoever gives a contact away may no longer see it, but can take a slip back.
    internal static readonly TimeSpan HandBack = TimeSpan.FromHours(1);

    /// <summary>Errors: see <see cref="IHistory.UndoAsync"/>.</summary>
    public async Task<Result<Undone>> UndoAsync(Guid changeSetId, bool mergesOnly, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        var set = await db.ChangeSets.Include(s => s.Entries).SingleOrDefaultAsync(s => s.Id == changeSetId, ct);
        // A token that was withdrawn stays so, whoever asks.
        if (set is null || set.Entries.Count == 0 || (mergesOnly && !MergeCommands.Is(set)) || set.Command.StartsWith("token.", StringComparison.Ordinal)) return Error.NotFound;
        var kept = await ApplyAsync(db, viewer, set, now, ct);
        if (!kept.Succeeded) return Result.Refused<Undone>(kept.Errors);
        // What takes back a taking back does the thing again.
        var command = db.Begin(set.Command == "undo" ? "redo" : "undo", viewer, now, undoOf: set.Id);
        set.UndoneBy = command.Id;
        try { return await db.TrySaveAsync(ct) is { } refusal ? refusal : new Undone(command.Id, kept.Value); }
        catch (DbUpdateException fault) when (Races.IsStillNeeded(fault)) { return new Error("undo.changed", null); }
    }

    /// <summary>Puts the rows into the context as they were; nothing is saved. Refused where it cannot be; answers the fields that stay as they are.</summary>
    /// <param name="set">With its entries.</param>
    public async Task<Result<List<string>>> ApplyAsync(AppDbContext db, Viewer viewer, ChangeSet set, DateTime now, CancellationToken ct)
    {
        var merge = MergeCommands.Is(set);
        if ((merge ? await MergeAsync(db, viewer, set, ct) : await AccessAsync(db, viewer, set, now, ct)) is { } refused) return refused;
        // One record's part of it cannot be told apart in the end: the whole is taken back, by who did it.
        if (set.GroupId is not null) return new Error("undo.bulk", null);
        if (set.UndoneBy is not null) return new Error("undo.done", null);
        if (set.At < now.AddDays(-IHistory.UndoDays) || set.Entries.Exists(e => e.Payload is null)) return new Error("undo.late", null, IHistory.UndoDays);
        // Doing a merge again is merging: what has come since wants to be looked at, and moved.
        if (set.UndoOf is { } undone && await db.ChangeSets.AnyAsync(s => s.Id == undone && (s.Command == MergeCommands.Contact || s.Command == MergeCommands.Account), ct)) return new Error("merge.again", null);
        if (merge && await LaterAsync(db, set, ct)) return new Error("merge.later", null);
        var kept = new List<string>();
        foreach (var entry in set.Entries.OrderByDescending(e => e.Id))
        {
            var reversal = new Reversal(db, entry, recorder.Read(entry), now);
            if (merge) kept.AddRange(await reversal.ApplyPartlyAsync(ct));
            else if (!await reversal.ApplyAsync(ct)) return reversal.Refusal;
        }
        if (!await Reversal.TargetsExistAsync(db, ct)) return new Error("undo.changed", null);
        Touch(db, now);
        return kept.Distinct().ToList();
    }

    // Whatever goes by what is new, the night among it, sees it.
    private static void Touch(AppDbContext db, DateTime now)
    {
        foreach (var entry in db.ChangeTracker.Entries().Where(e => e.State == EntityState.Modified && e.Entity is Domain.Contacts.Contact or Domain.Accounts.Account or Domain.Interactions.Interaction).ToList())
            entry.Property(nameof(Domain.Contacts.Contact.UpdatedAt)).CurrentValue = now;
    }

    private async Task<Error?> AccessAsync(AppDbContext db, Viewer viewer, ChangeSet set, DateTime now, CancellationToken ct)
    {
        if (set.Command == "contact.assign" && set.UserId == viewer.Id && set.At >= now - HandBack && viewer.May(Operation.WriteContacts)) return null;
        foreach (var entry in set.Entries)
        {
            if (await RecordAccess.OfAsync(db, viewer, set, entry, ct) is not { } access) return Error.NotFound;
            if (!access.MayUndo(entry, recorder.Read(entry))) return Error.Forbidden;
        }
        return null;
    }

    // As for merging: whoever may change both. What moved with them was others' too.
    private async Task<Error?> MergeAsync(AppDbContext db, Viewer viewer, ChangeSet set, CancellationToken ct)
    {
        var (type, loser, survivor) = Both(set);
        foreach (var id in new[] { loser, survivor })
        {
            if (await RecordAccess.OfAsync(db, viewer, type, id, ct) is not { } access) return Error.NotFound;
            if (!access.MayChange) return Error.Forbidden;
        }
        return null;
    }

    private async Task<bool> LaterAsync(AppDbContext db, ChangeSet set, CancellationToken ct)
    {
        var (type, _, survivor) = Both(set);
        return type == nameof(Domain.Contacts.Contact) ? await db.FindAsync<Domain.Contacts.Contact>([survivor], ct) is not { DeletedAt: null } : await db.FindAsync<Domain.Accounts.Account>([survivor], ct) is not { DeletedAt: null };
    }

    private (string Type, Guid Loser, Guid Survivor) Both(ChangeSet set)
    {
        var type = set.Command == MergeCommands.Contact ? nameof(Domain.Contacts.Contact) : nameof(Domain.Accounts.Account);
        foreach (var entry in set.Entries.Where(e => e.RecordType == type))
        {
            if (recorder.Read(entry).FirstOrDefault(f => f.Field == nameof(Domain.Contacts.Contact.MergedIntoId)) is { After.ValueKind: System.Text.Json.JsonValueKind.String } into) return (type, entry.RecordId, into.After.GetGuid());
        }
        return (type, default, default);
    }
}
