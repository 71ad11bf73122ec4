using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Tasks;

/// <summary>What is done to a task by one click, with a way back.</summary>
public sealed class TaskCommands(ITasks tasks, Undo undo, Toasts toasts, UserClock clock, IStringLocalizer<Text> words)
{
    public Task<bool> CompleteAsync(TaskRow task, CancellationToken ct) => DoAsync(task, words["task.completed", task.Fields.Title], (_, version) => tasks.CompleteAsync(task.Id, version, ct), ct);

    public Task<bool> ReopenAsync(TaskRow task, CancellationToken ct) => DoAsync(task, words["task.reopened", task.Fields.Title], (_, version) => tasks.ReopenAsync(task.Id, version, ct), ct);

    public Task<bool> CancelAsync(TaskRow task, CancellationToken ct) => DoAsync(task, words["task.cancelled", task.Fields.Title], (_, version) => tasks.CancelAsync(task.Id, version, ct), ct);

    public Task<bool> DeleteAsync(TaskRow task, CancellationToken ct) => DoAsync(task, words["task.deleted", task.Fields.Title], (_, _) => tasks.DeleteAsync(task.Id, ct), ct);

    public Task<bool> RenameAsync(TaskRow task, string title, CancellationToken ct) =>
        DoAsync(task, words["task.saved"], (now, version) => tasks.UpdateAsync(task.Id, version, now with { Title = title }, ct), ct);

    /// <summary>To that day at the same time of day; to some day where null.</summary>
    public Task<bool> MoveAsync(TaskRow task, DateOnly? day, CancellationToken ct) =>
        DoAsync(task, day is { } on ? words["task.moved", clock.Day(on)] : words["task.moved.someday"], (now, version) => tasks.UpdateAsync(task.Id, version, now with { DueAt = day is { } to ? On(now, to) : null, HasTime = now.HasTime && day is not null }, ct), ct);

    private DateTime On(TaskEdit edit, DateOnly day) => clock.Utc(day.ToDateTime(edit.HasTime ? TimeOnly.FromDateTime(clock.Local(edit.DueAt!.Value)) : new(12, 0)));

    // Where somebody saved in between, the same is done to what stands there now: it overwrites nothing else.
    private async Task<bool> DoAsync(TaskRow task, string done, Func<TaskEdit, int, Task<Result<Saved>>> command, CancellationToken ct)
    {
        var result = await command(task.Fields, task.Version);
        if (result.Errors is [{ Code: "conflict" }] && await tasks.GetAsync(task.Id, ct) is { } now) result = await command(now.Fields, now.Version);
        if (result.Succeeded) undo.Offer(done, result.Value, slot: "task");
        else toasts.Problem(words.Of(result.Errors));
        return result.Succeeded;
    }
}
