using CrmAi.Domain.Conversations;
using CrmAi.Domain.History;
using CrmAi.Domain.Notifications;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Notifications;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Tasks;

internal sealed class Tasks(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ISpokenDates dates, TimeProvider time) : ITasks
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<Result<Page<TaskRow>>> ListAsync(TaskQuery query, string? after, int take, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await TaskLists.PageAsync(db, viewer, query, after, take, ct);
    }

    public async Task<int> DueAsync(DateTime before, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Tasks.VisibleTo(viewer, db).Where(t => t.OwnerId == viewer.Id && t.State == TaskState.Open && t.DueAt < before).Take(TaskQuery.CountLimit).CountAsync(ct);
    }

    public async Task<TaskRow?> GetAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return (await TaskLists.RowsAsync(db, viewer, db.Tasks.VisibleTo(viewer, db).Where(t => t.Id == id), ct)).SingleOrDefault();
    }

    public async Task<IReadOnlyList<TaskPerson>> PeopleAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var people = await db.Users.AsNoTracking().Where(u => u.IsActive && (viewer.Role == Role.Admin || u.Id == viewer.Id || (u.TeamId != null && viewer.TeamIds.Contains(u.TeamId.Value)))).OrderBy(u => u.Name).ThenBy(u => u.Id).ToListAsync(ct);
        return [.. people.Where(u => TaskRules.MayGive(viewer, u)).OrderByDescending(u => u.Id == viewer.Id).Select(u => new TaskPerson(u.Id, u.Name))];
    }

    public async Task<QuickTask> ReadAsync(string text, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await QuickTasks.ReadAsync(db, viewer, dates, text, Now, ct);
    }

    public async Task<Result<Guid>> AddAsync(NewTask task, CancellationToken ct)
    {
        var edit = Normal(new() { Title = task.Title, Note = task.Note, DueAt = task.DueAt, HasTime = task.HasTime, Priority = task.Priority, OwnerId = task.OwnerId, ContactId = task.ContactId, AccountId = task.AccountId });
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.WriteTasks)) return Error.Forbidden;
        var errors = TaskRules.Check(edit);
        if (errors.Count > 0) return Result.Refused<Guid>(errors);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await MadeAsync(db, task, ct) is { } made) return made;
        var row = new TaskItem { Title = "", OwnerId = viewer.Id, Origin = task.Origin, OriginId = task.OriginId, CreatedBy = viewer.Id, CreatedAt = Now };
        var refusals = await TaskWriting.ApplyAsync(db, viewer, row, edit, ct);
        if (refusals.Count > 0) return Result.Refused<Guid>(refusals);
        db.Tasks.Add(row);
        if (await SaveAsync(db, row, "task.add", viewer, ct) is { Succeeded: true } saved) return saved.Value.Id;
        // Accepted twice at the same time: the other was first.
        await using var again = await contexts.CreateDbContextAsync(ct);
        return await MadeAsync(again, task, ct) is { } first ? first : Error.Conflict;
    }

    public Task<Result<Saved>> UpdateAsync(Guid id, int version, TaskEdit edit, CancellationToken ct)
    {
        edit = Normal(edit);
        return ChangeAsync(id, version, "task.edit", async (db, viewer, task) =>
            TaskRules.Check(edit) is { Count: > 0 } errors ? errors : await TaskWriting.ApplyAsync(db, viewer, task, edit, ct), ct);
    }

    public Task<Result<Saved>> CompleteAsync(Guid id, int version, CancellationToken ct) => CloseAsync(id, version, TaskState.Done, "task.complete", ct);

    public Task<Result<Saved>> CancelAsync(Guid id, int version, CancellationToken ct) => CloseAsync(id, version, TaskState.Cancelled, "task.cancel", ct);

    public Task<Result<Saved>> ReopenAsync(Guid id, int version, CancellationToken ct) => ChangeAsync(id, version, "task.reopen", (_, _, task) =>
    {
        if (task.State == TaskState.Open) return Refused(new Error("task.open", null));
        (task.State, task.CompletedAt, task.CompletedBy) = (TaskState.Open, null, null);
        return Refused();
    }, ct);

    public Task<Result<Saved>> DeleteAsync(Guid id, CancellationToken ct, int? version = null) => ChangeAsync(id, version, "task.delete", (_, _, task) =>
    {
        task.DeletedAt = Now;
        return Refused();
    }, ct);

    public Task<Result<Saved>> RestoreAsync(Guid id, CancellationToken ct) => ChangeAsync(id, null, "task.restore", (_, _, task) =>
    {
        if (task.DeletedAt is not { } deleted) return Refused(Error.NotFound);
        if (deleted < Now.AddDays(-IHistory.UndoDays)) return Refused(new Error("undo.late", null, IHistory.UndoDays));
        task.DeletedAt = null;
        return Refused();
    }, ct, deletedToo: true);

    private Task<Result<Saved>> CloseAsync(Guid id, int version, TaskState state, string name, CancellationToken ct) => ChangeAsync(id, version, name, (_, viewer, task) =>
    {
        if (task.State != TaskState.Open) return Refused(new Error("task.closed", null));
        (task.State, task.CompletedAt, task.CompletedBy) = (state, Now, viewer.Id);
        return Refused();
    }, ct);

    private async Task<Result<Saved>> ChangeAsync(Guid id, int? version, string name, Func<AppDbContext, Viewer, TaskItem, Task<IReadOnlyList<Error>>> change, CancellationToken ct, bool deletedToo = false)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var task = await db.Tasks.VisibleTo(viewer, db, deletedToo).SingleOrDefaultAsync(t => t.Id == id && (t.ContactId == null || t.Contact!.DeletedAt == null), ct);
        if (task is null) return Error.NotFound;
        if (version is { } read && task.Version != read) return Error.Conflict;
        var errors = await change(db, viewer, task);
        return errors.Count > 0 ? Result.Refused<Saved>(errors) : await SaveAsync(db, task, name, viewer, ct);
    }

    private async Task<Result<Saved>> SaveAsync(AppDbContext db, TaskItem task, string name, Viewer viewer, CancellationToken ct)
    {
        var command = db.Begin(name, viewer, Now);
        var entry = db.Entry(task);
        // Whoever gives a task to somebody else lets them know, once for each time it is given.
        var given = entry.State == EntityState.Added || entry.OriginalValues.GetValue<Guid>(nameof(task.OwnerId)) != task.OwnerId;
        if (given && task.OwnerId != viewer.Id) NotificationRows.Add(db, task.OwnerId, NotificationKind.TaskAssigned, $"task.assigned:{command.Id:N}", task.ContactId, null, Now, task.Id);
        if (await db.TrySaveAsync(ct) is { } refusal) return refusal;
        return new Saved(task.Id, task.Version, command.Id);
    }

    private static async Task<Guid?> MadeAsync(AppDbContext db, NewTask task, CancellationToken ct) =>
        task.OriginId is null ? null : await db.Tasks.Where(t => t.Origin == task.Origin && t.OriginId == task.OriginId).Select(t => (Guid?)t.Id).SingleOrDefaultAsync(ct);

    private static TaskEdit Normal(TaskEdit edit) => edit with
    {
        Title = OneLine.Of(edit.Title),
        Note = string.IsNullOrWhiteSpace(edit.Note) ? null : edit.Note.Trim(),
        DueAt = Instants.Utc(edit.DueAt),
        HasTime = edit.HasTime && edit.DueAt is not null,
    };

    private static Task<IReadOnlyList<Error>> Refused(params Error[] errors) => Task.FromResult<IReadOnlyList<Error>>(errors);
}
