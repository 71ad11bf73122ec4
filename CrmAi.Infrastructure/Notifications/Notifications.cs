using CrmAi.Domain.Notifications;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Notifications;

internal sealed class Notifications(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ILiveUpdates live, TimeProvider time) : INotifications
{
    private const int MaxTake = 200;

    private static readonly NotificationKind[] OfTasks = [NotificationKind.TaskDue, NotificationKind.TaskAssigned];

    public async Task<Result<Page<NotificationRow>>> ListAsync(bool unreadOnly, string? after, int take, CancellationToken ct)
    {
        var place = after is null ? null : Cursor.Parse(after);
        if (after is not null && place is null) return new Error("cursor.unknown", nameof(after));
        take = Math.Clamp(take, 1, MaxTake);
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = db.Notifications.AsNoTracking().Where(n => n.UserId == viewer.Id && (!unreadOnly || n.ReadAt == null));
        if (place is { } cursor) found = found.Where(n => n.CreatedAt <= cursor.At && (n.CreatedAt < cursor.At || n.Id < cursor.Id));
        var rows = await found.OrderByDescending(n => n.CreatedAt).ThenByDescending(n => n.Id).Take(take + 1).ToListAsync(ct);
        var next = rows.Count > take ? new Cursor(rows[take - 1].CreatedAt, rows[take - 1].Id).ToString() : null;
        return new Page<NotificationRow>(await NamedAsync(db, viewer, [.. rows.Take(take)], ct), next);
    }

    public async Task<int> UnreadAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Notifications.Where(n => n.UserId == viewer.Id && n.ReadAt == null).Take(INotifications.CountLimit).CountAsync(ct);
    }

    public async Task<Result> ReadAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using (var db = await contexts.CreateDbContextAsync(ct))
            if (!await db.Notifications.AnyAsync(n => n.Id == id && n.UserId == viewer.Id, ct)) return Error.NotFound;
        return await MarkAsync(rows => rows.Where(n => n.Id == id), ct);
    }

    public Task<Result> ReadAllAsync(CancellationToken ct) => MarkAsync(rows => rows, ct);

    private async Task<Result> MarkAsync(Func<IQueryable<Notification>, IQueryable<Notification>> which, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var marked = await which(db.Notifications.Where(n => n.UserId == viewer.Id && n.ReadAt == null)).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), ct);
        if (marked > 0) live.Publish(LiveTopic.NotificationsOf(viewer.Id));
        return Result.Ok;
    }

    // A record that this person may not see by now is neither named nor quoted.
    private static async Task<IReadOnlyList<NotificationRow>> NamedAsync(AppDbContext db, Viewer viewer, List<Notification> rows, CancellationToken ct)
    {
        var contactIds = rows.Select(n => n.ContactId).OfType<Guid>().ToHashSet();
        var subjectIds = rows.Select(n => n.SubjectId).OfType<Guid>().ToHashSet();
        var contacts = contactIds.Count == 0 ? [] : await db.Contacts.VisibleTo(viewer).Where(c => contactIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        var tasks = subjectIds.Count == 0 ? [] : await db.Tasks.VisibleTo(viewer, db).Where(t => subjectIds.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Title, ct);
        var talks = subjectIds.Count == 0 ? [] : await db.Interactions.VisibleTo(viewer, db).Where(i => subjectIds.Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => i.Subject, ct);
        return [.. rows.Select(n =>
        {
            var contact = n.ContactId is { } c ? contacts.GetValueOrDefault(c) : null;
            var ofTask = OfTasks.Contains(n.Kind);
            var gone = ofTask ? n.SubjectId is not { } task || !tasks.ContainsKey(task)
                : (n.ContactId is not null && contact is null) || (n.Kind == NotificationKind.AnalysisFailed && n.SubjectId is { } talk && !talks.ContainsKey(talk));
            if (gone) return new NotificationRow(n.Id, n.Kind, null, null, null, null, null, true, n.CreatedAt, n.ReadAt);
            var subject = n.SubjectId is not { } id ? null : ofTask ? tasks[id] : talks.GetValueOrDefault(id);
            return new NotificationRow(n.Id, n.Kind, contact is null ? null : n.ContactId, contact, n.SubjectId, subject, n.Text, false, n.CreatedAt, n.ReadAt);
        })];
    }
}
