using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;

namespace CrmAi.Domain.Tasks;

/// <summary>What a task's fields must be. Errors, each with its field: task.title.empty, text.long (args: limit), task.due.range.</summary>
public static class TaskRules
{
    public static IReadOnlyList<Error> Check(TaskEdit edit)
    {
        var errors = new List<Error>();
        if (string.IsNullOrWhiteSpace(edit.Title)) errors.Add(new("task.title.empty", nameof(edit.Title)));
        if (edit.Title.Length > TaskItem.MaxTitle) errors.Add(new("text.long", nameof(edit.Title), TaskItem.MaxTitle));
        if (edit.Note?.Length > TaskItem.MaxNote) errors.Add(new("text.long", nameof(edit.Note), TaskItem.MaxNote));
        if (edit.DueAt is { } due && !ContactRules.IsDate(due)) errors.Add(new("task.due.range", nameof(edit.DueAt)));
        return errors;
    }

    /// <summary>Oneself; for a manager anybody of their teams; for an administrator everybody. Whoever it is must be at work here and have tasks at all.</summary>
    public static bool MayGive(Viewer viewer, User to)
    {
        if (!to.IsActive || !Permissions.Allow(to.Role, Operation.WriteTasks)) return false;
        return viewer.Role == Role.Admin || to.Id == viewer.Id || (viewer.Role == Role.Manager && to.TeamId is { } team && viewer.TeamIds.Contains(team));
    }
}
