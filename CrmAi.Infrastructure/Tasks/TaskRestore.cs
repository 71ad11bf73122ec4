using CrmAi.Domain.Notifications;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using CrmAi.Infrastructure.Notifications;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Tasks;

/// <summary>Puts fields of a task back; whether it is done has commands of its own.</summary>
internal sealed class TaskRestore(TimeProvider time) : IRestorable
{
    public string RecordType => nameof(TaskItem);

    public IReadOnlyCollection<string> Fields { get; } = [.. typeof(TaskEdit).GetProperties().Select(p => p.Name)];

    public async Task<Result<OpenRecord>> OpenAsync(AppDbContext db, Viewer viewer, Guid id, CancellationToken ct)
    {
        var task = await db.Tasks.VisibleTo(viewer, db).SingleOrDefaultAsync(t => t.Id == id, ct);
        if (task is null) return Error.NotFound;
        var present = new TaskEdit { Title = task.Title, Note = task.Note, DueAt = task.DueAt, HasTime = task.HasTime, Priority = task.Priority, OwnerId = task.OwnerId, ContactId = task.ContactId, AccountId = task.AccountId };
        return new OpenRecord(task.Version, EditPatch.Of(present), new HashSet<Guid>(), null, async (patch, _, token) =>
        {
            var (edit, owner, now) = (patch.Edit<TaskEdit>(), task.OwnerId, time.GetUtcNow().UtcDateTime);
            if (TaskRules.Check(edit) is { Count: > 0 } errors) return Result.Refused<Saved>(errors);
            var refusals = await TaskWriting.ApplyAsync(db, viewer, task, edit, token);
            if (refusals.Count > 0) return Result.Refused<Saved>(refusals);
            var command = db.Begin("task.putback", viewer, now);
            if (task.OwnerId != owner && task.OwnerId != viewer.Id) NotificationRows.Add(db, task.OwnerId, NotificationKind.TaskAssigned, $"task.assigned:{command.Id:N}", task.ContactId, null, now, task.Id);
            return await db.TrySaveAsync(token) is { } refusal ? refusal : new Saved(task.Id, task.Version, command.Id);
        });
    }
}
