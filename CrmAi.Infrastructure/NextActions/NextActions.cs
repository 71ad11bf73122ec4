using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.NextActions;

internal sealed class NextActions(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ITasks tasks, IInteractions interactions, TimeProvider time) : INextActions
{
    private const int MostSnoozeDays = 60;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<IReadOnlyList<SuggestionView>?> OfAsync(Guid contactId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Contacts.VisibleTo(viewer).AnyAsync(c => c.Id == contactId, ct)) return null;
        var today = TaskTimes.At(TaskTimes.DayOf(Now, viewer.TimeZone), default, viewer.TimeZone);
        var rows = await db.SuggestedActions.AsNoTracking().Where(s => s.ContactId == contactId && (s.State == SuggestionState.Open || s.State == SuggestionState.Snoozed || (s.State != SuggestionState.Expired && s.DecidedAt >= today))).ToListAsync(ct);
        var shown = rows.Where(r => r.IsOpen(Now) || r.DecidedAt >= today).ToList();
        var views = await SuggestionViews.OfAsync(db, viewer, shown, Now, ct);
        return [.. shown.OrderByDescending(r => r.IsOpen(Now)).ThenByDescending(r => ActionWorth.Rank(r, 1)).ThenBy(r => r.Id).Select(r => views[r.Id])];
    }

    public async Task<Result<Guid>> AcceptAsync(Guid id, Acceptance acceptance, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (row, refusal) = await FindAsync(db, viewer, id, ct);
        if (row is null) return refusal!;
        if ((row.TaskId ?? row.AppointmentId) is { } made) return made;
        var isMine = row.State != SuggestionState.Accepted;
        if (isMine)
        {
            if (!Waits(row)) return new Error("suggestion.decided", null);
            Decide(row, SuggestionState.Accepted, viewer);
            if (await db.TrySaveAsync(ct) is { } problem) return problem;
        }
        // Taken first, so that of two who accept at once only one makes something of it; what is refused leaves it open.
        var result = acceptance.As == AcceptAs.Task ? await tasks.AddAsync(new(acceptance.Title, null, acceptance.At, true, null, row.ContactId, null, TaskOrigin.NextAction, row.Ticket), ct) : await AgreeAsync(row, acceptance, ct);
        if (!result.Succeeded)
        {
            if (!isMine) return result;
            Reopen(row);
        }
        else if (acceptance.As == AcceptAs.Task) row.TaskId = result.Value;
        else row.AppointmentId = result.Value;
        // Of two who accept at once both made the same, and one of them notes it.
        if (await db.TrySaveAsync(ct) is not { } conflict || !result.Succeeded) return result;
        return await db.SuggestedActions.AsNoTracking().Where(s => s.Id == id).Select(s => s.TaskId ?? s.AppointmentId).SingleOrDefaultAsync(ct) is { } stored ? stored : conflict;
    }

    public async Task<Result> SnoozeAsync(Guid id, DateTime until, CancellationToken ct)
    {
        until = Instants.Utc(until);
        if (until <= Now || until > Now.AddDays(MostSnoozeDays)) return new Error("suggestion.snooze", nameof(until), MostSnoozeDays);
        return await DecideAsync(id, SuggestionState.Snoozed, row => row.SnoozedUntil = until, ct);
    }

    public async Task<Result> RejectAsync(Guid id, RejectReason reason, string? note, CancellationToken ct)
    {
        if (note?.Length > SuggestedAction.MaxNote) return new Error("suggestion.note.long", nameof(note), SuggestedAction.MaxNote);
        return await DecideAsync(id, SuggestionState.Rejected, row => (row.RejectReason, row.RejectNote) = (reason, OneLine.OrNone(note)), ct);
    }

    public async Task<Result> UndoAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (row, refusal) = await FindAsync(db, viewer, id, ct);
        if (row is null) return refusal!;
        if (row.DecidedAt is null || row.State is SuggestionState.Open or SuggestionState.Expired) return new Error("suggestion.open", null);
        if (row.TaskId is { } task && await tasks.GetAsync(task, ct) is { } there)
        {
            if (there.State == TaskState.Done) return new Error("suggestion.done", null);
            if (await tasks.DeleteAsync(task, ct) is { Succeeded: false } kept) return Result.Refused(kept.Errors);
        }
        if (row.AppointmentId is { } agreed && await interactions.GetAsync(agreed, ct) is { } appointment)
        {
            if (!appointment.Fields.IsScheduled) return new Error("suggestion.done", null);
            if (await interactions.DeleteAsync(agreed, ct) is { Succeeded: false } kept) return Result.Refused(kept.Errors);
        }
        Reopen(row);
        return await db.TrySaveAsync(ct) is { } problem ? problem : Result.Ok;
    }

    private async Task<Result<Guid>> AgreeAsync(SuggestedAction row, Acceptance acceptance, CancellationToken ct)
    {
        var added = await interactions.AddAsync(row.ContactId, new() { Type = row.Channel, Subject = acceptance.Title, At = acceptance.At, IsScheduled = true }, ct, row.Ticket);
        return added.Succeeded ? added.Value.Id : Result.Refused<Guid>(added.Errors);
    }

    private async Task<Result> DecideAsync(Guid id, SuggestionState state, Action<SuggestedAction> change, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (row, refusal) = await FindAsync(db, viewer, id, ct);
        if (row is null) return refusal!;
        if (!Waits(row)) return new Error("suggestion.decided", null);
        Decide(row, state, viewer);
        change(row);
        return await db.TrySaveAsync(ct) is { } problem ? problem : Result.Ok;
    }

    // One whose reason went while it was looked at may still be decided.
    private bool Waits(SuggestedAction row) => row.IsOpen(Now) || row is { State: SuggestionState.Expired, DecidedAt: null };

    private void Decide(SuggestedAction row, SuggestionState state, Viewer viewer) => (row.State, row.DecidedBy, row.DecidedAt, row.SnoozedUntil) = (state, viewer.Id, Now, null);

    private static void Reopen(SuggestedAction row)
    {
        (row.State, row.DecidedBy, row.DecidedAt, row.SnoozedUntil, row.RejectReason, row.RejectNote) = (SuggestionState.Open, null, null, null, null, null);
        (row.TaskId, row.AppointmentId, row.Ticket) = (null, null, Ids.Next());
    }

    private static async Task<(SuggestedAction? Row, Error? Refusal)> FindAsync(AppDbContext db, Viewer viewer, Guid id, CancellationToken ct)
    {
        var row = await db.SuggestedActions.SingleOrDefaultAsync(s => s.Id == id, ct);
        if (row is null) return (null, Error.NotFound);
        var contact = await db.Contacts.VisibleTo(viewer).AsNoTracking().Include(c => c.Shares).SingleOrDefaultAsync(c => c.Id == row.ContactId, ct);
        if (contact is null) return (null, Error.NotFound);
        return viewer.MayChange(contact) && viewer.May(Operation.WriteInteractions) ? (row, null) : (null, Error.Forbidden);
    }
}
