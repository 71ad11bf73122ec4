using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Tasks;

/// <summary>Puts what was entered into a task's row.</summary>
internal static class TaskWriting
{
    /// <summary>All that stands against it; where that is anything, nothing may be saved.</summary>
    public static async Task<IReadOnlyList<Error>> ApplyAsync(AppDbContext db, Viewer viewer, TaskItem task, TaskEdit edit, CancellationToken ct)
    {
        var errors = new List<Error>();
        var isNew = db.Entry(task).State == EntityState.Detached;
        var owner = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == (edit.OwnerId ?? task.OwnerId), ct);
        // Whose it is already may have left since: it stays theirs until somebody takes it over.
        if (owner is null || ((isNew || owner.Id != task.OwnerId) && !TaskRules.MayGive(viewer, owner))) errors.Add(new("user.unknown", nameof(edit.OwnerId)));
        await ContactAsync(db, viewer, task, edit, errors, ct);
        await AccountAsync(db, viewer, task, edit, errors, ct);
        if (errors.Count > 0) return errors;
        var before = (task.OwnerId, task.DueAt, task.HasTime);
        (task.Title, task.Note, task.Priority, task.OwnerId) = (edit.Title, edit.Note, edit.Priority, owner!.Id);
        if (isNew || (edit.DueAt, edit.HasTime) != (before.DueAt, before.HasTime) || owner.Id != before.OwnerId)
        {
            // The day that is meant is the writer's; it ends on the owner's clock. A day that only changes hands was its former owner's.
            var meant = isNew || (edit.DueAt, edit.HasTime) != (before.DueAt, before.HasTime) ? viewer.TimeZone
                : await db.Users.Where(u => u.Id == before.OwnerId).Select(u => u.TimeZone).SingleAsync(ct);
            (task.DueAt, task.HasTime) = (edit.DueAt is { } due && !edit.HasTime ? TaskTimes.EndOfDay(TaskTimes.DayOf(due, meant), owner.TimeZone) : edit.DueAt, edit.HasTime);
        }
        return errors;
    }

    private static async Task ContactAsync(AppDbContext db, Viewer viewer, TaskItem task, TaskEdit edit, List<Error> errors, CancellationToken ct)
    {
        if (edit.ContactId == task.ContactId) return;
        if (edit.ContactId is { } wanted)
        {
            if (await db.Contacts.VisibleTo(viewer).AnyAsync(c => c.Id == wanted, ct)) task.ContactId = wanted;
            else errors.Add(new("contact.unknown", nameof(edit.ContactId)));
        }
        // What was not shown was not taken away.
        else if (await db.Contacts.VisibleTo(viewer).AnyAsync(c => c.Id == task.ContactId, ct)) task.ContactId = null;
    }

    private static async Task AccountAsync(AppDbContext db, Viewer viewer, TaskItem task, TaskEdit edit, List<Error> errors, CancellationToken ct)
    {
        if (edit.AccountId == task.AccountId) return;
        if (edit.AccountId is { } wanted)
        {
            if (await db.Accounts.VisibleTo(viewer).AnyAsync(a => a.Id == wanted, ct)) task.AccountId = wanted;
            else errors.Add(new("account.unknown", nameof(edit.AccountId)));
        }
        else if (await db.Accounts.VisibleTo(viewer).AnyAsync(a => a.Id == task.AccountId, ct)) task.AccountId = null;
    }
}
