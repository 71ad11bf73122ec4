using CrmAi.Domain.Notifications;
using CrmAi.Domain.Tasks;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Notifications;

/// <summary>
/// Tells people what fell due since the sweep before. What is told and how far the sweep has come are one transaction: a sweep that dies is made up for by the next,
/// and of two at once one gives way.
/// </summary>
internal sealed class DueSweep(IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    private const int Batch = 50;

    // A change saved while a sweep ran may have fallen due behind its back. What is read again is not told again.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    private delegate IQueryable<Due> Source(AppDbContext db, DateTime after, DateTime until);

    /// <summary>How many were looked at.</summary>
    public async Task<int> RunAsync(CancellationToken ct) => await OverAsync("tasks", Tasks, ct) + await OverAsync("follow-ups", FollowUps, ct);

    private static IQueryable<Due> Tasks(AppDbContext db, DateTime after, DateTime until) =>
        db.Tasks.Where(t => t.RemindAt > after && t.RemindAt <= until && t.State == TaskState.Open && t.DeletedAt == null && (t.ContactId == null || t.Contact!.DeletedAt == null))
            .Select(t => new Due { At = t.RemindAt!.Value, Id = t.Id, OwnerId = t.OwnerId, Kind = NotificationKind.TaskDue, For = t.DueAt!.Value, ContactId = t.ContactId, TaskId = t.Id });

    private static IQueryable<Due> FollowUps(AppDbContext db, DateTime after, DateTime until) =>
        db.Contacts.Where(c => !c.IsArchived && c.DeletedAt == null && c.NextFollowUpAt > after && c.NextFollowUpAt <= until)
            .Select(c => new Due { At = c.NextFollowUpAt!.Value, Id = c.Id, OwnerId = c.OwnerId, Kind = NotificationKind.FollowUpDue, For = c.NextFollowUpAt!.Value, ContactId = c.Id, TaskId = null });

    private async Task<int> OverAsync(string name, Source source, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        DateTime mark;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            if (await db.SweepMarks.AsNoTracking().SingleOrDefaultAsync(m => m.Name == name, ct) is not { } known)
            {
                // What fell due before anybody swept is not told.
                db.SweepMarks.Add(new() { Name = name, Until = now });
                await db.TrySaveAsync(ct);
                return 0;
            }
            mark = known.Until;
        }
        var (seen, after, last) = (0, mark - Overlap, (Due?)null);
        for (; ; )
        {
            ct.ThrowIfCancellationRequested();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var found = source(db, after, now);
            if (last is { } place) found = found.Where(d => d.At > place.At || (d.At == place.At && d.Id > place.Id));
            var batch = await found.OrderBy(d => d.At).ThenBy(d => d.Id).Take(Batch).ToListAsync(ct);
            var until = batch.Count < Batch ? now : batch[^1].At > mark ? batch[^1].At : mark;
            if (!await TellAsync(db, name, mark, until, batch, now, ct)) return seen;
            mark = until;
            seen += batch.Count;
            if (batch.Count < Batch) return seen;
            last = batch[^1];
        }
    }

    /// <summary>False where another sweep was there first.</summary>
    private static async Task<bool> TellAsync(AppDbContext db, string name, DateTime mark, DateTime until, List<Due> batch, DateTime now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.SweepMarks.Where(m => m.Name == name && m.Until == mark).ExecuteUpdateAsync(set => set.SetProperty(m => m.Until, until), ct) == 0) return false;
        foreach (var due in batch)
            NotificationRows.Add(db, due.OwnerId, due.Kind, $"{(due.TaskId is null ? "follow-up" : "task.due")}:{due.Id:N}:{due.For:yyyyMMddHHmmss}", due.ContactId, null, now, due.TaskId);
        if (await db.TrySaveAsync(ct) is not null) return false;
        await transaction.CommitAsync(ct);
        return true;
    }

    private sealed record Due
    {
        public DateTime At { get; init; }
        public Guid Id { get; init; }
        public Guid OwnerId { get; init; }
        public NotificationKind Kind { get; init; }
        public DateTime For { get; init; }
        public Guid? ContactId { get; init; }
        public Guid? TaskId { get; init; }
    }
}
