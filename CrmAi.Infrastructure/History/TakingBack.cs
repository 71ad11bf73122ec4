using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;

namespace CrmAi.Infrastructure.History;

/// <summary>Whether a command can be taken back, and the rows as they would then be.</summary>
internal sealed class TakingBack(ChangeRecorder recorder)
{
    // Whoever gives a contact away may no longer see it, but can take a slip back.
    public static readonly TimeSpan HandBack = TimeSpan.FromHours(1);

    /// <summary>Puts the rows into the context as they were; nothing is saved. Where it answers anything, nothing may be.</summary>
    /// <param name="set">With its entries.</param>
    public async Task<Error?> ApplyAsync(AppDbContext db, Viewer viewer, ChangeSet set, DateTime now, CancellationToken ct)
    {
        var handsBack = set.Command == "contact.assign" && set.UserId == viewer.Id && set.At >= now - HandBack && viewer.May(Operation.WriteContacts);
        foreach (var entry in set.Entries)
        {
            if (handsBack) continue;
            if (await RecordAccess.OfAsync(db, viewer, set, entry, ct) is not { } access) return Error.NotFound;
            if (!access.MayUndo(entry, recorder.Read(entry))) return Error.Forbidden;
        }
        // One record's part of it cannot be told apart in the end: the whole is taken back, by who did it.
        if (set.GroupId is not null) return new("undo.bulk", null);
        if (set.UndoneBy is not null) return new("undo.done", null);
        if (set.At < now.AddDays(-IHistory.UndoDays) || set.Entries.Exists(e => e.Payload is null)) return new("undo.late", null, IHistory.UndoDays);
        foreach (var entry in set.Entries.OrderByDescending(e => e.Id))
        {
            var reversal = new Reversal(db, entry, recorder.Read(entry), now);
            if (!await reversal.ApplyAsync(ct)) return reversal.Refusal;
        }
        return await Reversal.TargetsExistAsync(db, ct) ? null : new("undo.changed", null);
    }
}
