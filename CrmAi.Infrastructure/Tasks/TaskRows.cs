using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CrmAi.Infrastructure.Tasks;

/// <summary>What must hold of tasks whoever saves: when each is to be told of, also after its owner's hours changed; and who watches them.</summary>
internal sealed class TaskRows(TimeProvider time) : ISavingRule
{
    private static readonly string[] Reminded = [nameof(TaskItem.DueAt), nameof(TaskItem.HasTime), nameof(TaskItem.State), nameof(TaskItem.OwnerId), nameof(TaskItem.DeletedAt)];

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task BeforeAsync(AppDbContext db, CancellationToken ct)
    {
        var changed = Changed(db).Where(e => e.State == EntityState.Added || Reminded.Any(name => e.Property(name).IsModified)).Select(e => e.Entity).ToList();
        if (changed.Count == 0) return;
        var ids = changed.Select(t => t.OwnerId).Distinct().ToList();
        var owners = await db.Users.AsNoTracking().Where(u => ids.Contains(u.Id)).Select(u => new { u.Id, u.WorkStart, u.TimeZone }).ToDictionaryAsync(u => u.Id, ct);
        foreach (var task in changed) task.RemindAt = TaskTimes.Reminder(task, owners[task.OwnerId].WorkStart, owners[task.OwnerId].TimeZone, Now);
    }

    public Func<AppDbContext, CancellationToken, Task>? After(AppDbContext db)
    {
        var moved = db.ChangeTracker.Entries<User>().Where(e => e.State == EntityState.Modified && (e.Property(u => u.WorkStart).IsModified || e.Property(u => u.TimeZone).IsModified)).Select(e => e.Entity).ToList();
        return moved.Count == 0 ? null : async (context, ct) =>
        {
            foreach (var owner in moved) await RemindAnewAsync(context, owner, ct);
        };
    }

    public IEnumerable<LiveTopic> Topics(AppDbContext db) => Changed(db).SelectMany(e => (LiveTopic?[])
        [LiveTopic.TasksOf(e.Entity.OwnerId), LiveTopic.TasksOf(e.OriginalValues.GetValue<Guid>(nameof(TaskItem.OwnerId))), With(e.Entity.ContactId), With(e.OriginalValues.GetValue<Guid?>(nameof(TaskItem.ContactId)))]).OfType<LiveTopic>().ToList();

    // All tasks of one day are told of at one time: a few writes for however many tasks, past their versions.
    private async Task RemindAnewAsync(AppDbContext db, User owner, CancellationToken ct)
    {
        var now = Now;
        var ahead = db.Tasks.Where(t => t.OwnerId == owner.Id && t.State == TaskState.Open && t.DeletedAt == null && !t.HasTime && t.DueAt > now);
        foreach (var due in await ahead.Select(t => t.DueAt!.Value).Distinct().ToListAsync(ct))
        {
            var at = TaskTimes.At(TaskTimes.DayOf(due, owner.TimeZone), owner.WorkStart, owner.TimeZone);
            DateTime? remind = at > now ? at : null;
            await ahead.Where(t => t.DueAt == due).ExecuteUpdateAsync(set => set.SetProperty(t => t.RemindAt, remind), ct);
        }
    }

    private static LiveTopic? With(Guid? contactId) => contactId is { } id ? LiveTopic.TasksWith(id) : null;

    private static IEnumerable<EntityEntry<TaskItem>> Changed(AppDbContext db) => db.ChangeTracker.Entries<TaskItem>().Where(e => e.State is EntityState.Added or EntityState.Modified);
}
