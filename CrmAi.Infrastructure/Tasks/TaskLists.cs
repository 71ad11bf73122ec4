using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Tasks;

/// <summary>Tasks in order, with the names that their viewer may read.</summary>
internal static class TaskLists
{
    private const int MaxTake = 200;

    // Those without a date stand behind any date.
    private static readonly DateTime Someday = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);

    public static async Task<Result<Page<TaskRow>>> PageAsync(AppDbContext db, Viewer viewer, TaskQuery query, string? after, int take, CancellationToken ct)
    {
        var place = after is null ? null : Cursor.Parse(after);
        if (after is not null && place is null) return new Error("cursor.unknown", nameof(after));
        take = Math.Clamp(take, 1, MaxTake);
        var found = Matching(db, viewer, query);
        if (place is { } cursor)
        {
            found = cursor.At == Someday ? found.Where(t => t.DueAt == null && t.Id > cursor.Id)
                : found.Where(t => t.DueAt == null || t.DueAt > cursor.At || (t.DueAt == cursor.At && t.Id > cursor.Id));
        }
        var rows = await RowsAsync(db, viewer, found.OrderBy(t => t.DueAt == null).ThenBy(t => t.DueAt).ThenBy(t => t.Id).Take(take + 1), ct);
        var last = rows.Count > take ? rows[take - 1] : null;
        return new Page<TaskRow>([.. rows.Take(take)], last is null ? null : new Cursor(last.Fields.DueAt ?? Someday, last.Id).ToString());
    }

    /// <summary>In the order of the query, which must be one of visible tasks.</summary>
    public static async Task<List<TaskRow>> RowsAsync(AppDbContext db, Viewer viewer, IQueryable<TaskItem> visible, CancellationToken ct)
    {
        var found = await visible.AsNoTracking().ToListAsync(ct);
        var (contactIds, accountIds) = (Ids(found.Select(t => t.ContactId)), Ids(found.Select(t => t.AccountId)));
        var userIds = Ids(found.SelectMany(t => (Guid?[])[t.OwnerId, t.CreatedBy, t.CompletedBy]));
        var contacts = contactIds.Count == 0 ? [] : await db.Contacts.VisibleTo(viewer).Where(c => contactIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        var accounts = accountIds.Count == 0 ? [] : await db.Accounts.VisibleTo(viewer).Where(a => accountIds.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, ct);
        var users = userIds.Count == 0 ? [] : await db.Users.Where(u => userIds.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, ct);
        return [.. found.Select(t => Row(t, contacts, accounts, users))];
    }

    private static IQueryable<TaskItem> Matching(AppDbContext db, Viewer viewer, TaskQuery query)
    {
        var tasks = db.Tasks.VisibleTo(viewer, db);
        if (query.OwnerId is { } owner) tasks = tasks.Where(t => t.OwnerId == owner);
        else if (!query.Everybody) tasks = tasks.Where(t => t.OwnerId == viewer.Id);
        if (query.ContactId is { } contact) tasks = tasks.Where(t => t.ContactId == contact && db.Contacts.VisibleTo(viewer).Any(c => c.Id == contact));
        if (query.AccountId is { } account) tasks = tasks.Where(t => t.AccountId == account && db.Accounts.VisibleTo(viewer).Any(a => a.Id == account));
        if (query.State is { } state) tasks = tasks.Where(t => t.State == state);
        if (query.DueFrom is { } from) tasks = tasks.Where(t => t.DueAt >= from);
        if (query.DueBefore is { } before) tasks = tasks.Where(t => t.DueAt < before);
        if (query.ClosedFrom is { } closedFrom) tasks = tasks.Where(t => t.CompletedAt >= closedFrom);
        if (query.ClosedBefore is { } closedBefore) tasks = tasks.Where(t => t.CompletedAt < closedBefore);
        return tasks;
    }

    private static TaskRow Row(TaskItem task, Dictionary<Guid, string> contacts, Dictionary<Guid, string> accounts, Dictionary<Guid, string> users)
    {
        var contact = task.ContactId is { } c ? contacts.GetValueOrDefault(c) : null;
        var account = task.AccountId is { } a ? accounts.GetValueOrDefault(a) : null;
        var fields = new TaskEdit
        {
            Title = task.Title, Note = task.Note, DueAt = task.DueAt, HasTime = task.HasTime, Priority = task.Priority, OwnerId = task.OwnerId,
            ContactId = contact is null ? null : task.ContactId, AccountId = account is null ? null : task.AccountId,
        };
        return new(task.Id, task.Version, fields, users[task.OwnerId], contact, task.ContactId is not null && contact is null, account, task.State, task.Origin, task.OriginId,
            task.CompletedAt, task.CompletedBy is { } by ? users.GetValueOrDefault(by) : null, task.CreatedBy, users[task.CreatedBy], task.CreatedAt);
    }

    private static HashSet<Guid> Ids(IEnumerable<Guid?> ids) => [.. ids.OfType<Guid>()];
}
