using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Tasks;

/// <summary>Tasks over the API.</summary>
internal static class TaskEndpoints
{
    private const string One = "/{id:guid}";

    public static void MapTasks(this IEndpointRouteBuilder api)
    {
        var tasks = api.MapGroup("/tasks").WithTags("tasks");
        tasks.MapGet("", async (ITasks use, IStringLocalizer<Text> text, [AsParameters] Query query, CancellationToken ct) =>
                ApiAnswers.Page(await use.ListAsync(query.Tasks, query.After, query.Limit ?? 50, ct), text))
            .WithSummary("Tasks in the order they are due, those without a date last; one's own, or with `ownerId` a colleague's, with `everybody=true` all that one may see. "
                + "`limit` is from 1 to 200, and taken as the nearest of them; pass `next` as `after` to read on.")
            .Produces<Page<TaskRow>>();
        tasks.MapPost("", async (HttpContext http, ITasks use, IStringLocalizer<Text> text, TaskEdit task, CancellationToken ct) =>
        {
            var added = await use.AddAsync(new(task.Title, task.Note, task.DueAt, task.HasTime, task.OwnerId, task.ContactId, task.AccountId, TaskOrigin.Person, null) { Priority = task.Priority }, ct);
            if (!added.Succeeded || await use.GetAsync(added.Value, ct) is not { } row) return Faults.Problem(added.Succeeded ? [Error.NotFound] : added.Errors, text);
            http.Response.Headers.ETag = $"\"{row.Version}\"";
            return Results.Created($"/api/v1/tasks/{row.Id}", row);
        })
            .WithSummary("Adds a task. Without `hasTime`, `dueAt` is any moment of the day on one's own clock; an `ownerId` other than one's own is told of it.")
            .Produces<TaskRow>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        tasks.MapGet(One, async (HttpContext http, ITasks use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.Record(http, await use.GetAsync(id, ct), t => t.Version, text))
            .WithSummary("One task; its version is the ETag.").Produces<TaskRow>().ProducesProblem(StatusCodes.Status404NotFound);
        Changes(tasks.MapPut(One, (HttpContext http, ITasks use, IStringLocalizer<Text> text, Guid id, TaskEdit task, CancellationToken ct) => ApiAnswers.UpdatedAsync(http, version => use.UpdateAsync(id, version, task, ct), text)),
            "Replaces all fields of a task as it was read; If-Match names the version.");
        Changes(tasks.MapPost(One + "/complete", (HttpContext http, ITasks use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.UpdatedAsync(http, version => use.CompleteAsync(id, version, ct), text)),
            "Marks an open task as done; If-Match names the version.");
        Changes(tasks.MapPost(One + "/cancel", (HttpContext http, ITasks use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.UpdatedAsync(http, version => use.CancelAsync(id, version, ct), text)),
            "Cancels an open task; If-Match names the version.");
        Changes(tasks.MapPost(One + "/reopen", (HttpContext http, ITasks use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.UpdatedAsync(http, version => use.ReopenAsync(id, version, ct), text)),
            "Opens a task again that was done or cancelled; If-Match names the version.");
        tasks.MapDelete(One, (HttpContext http, ITasks use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.DeletedAsync(http, version => use.DeleteAsync(id, ct, version), text))
            .WithSummary("Deletes a task; it can be restored for 30 days.").Produces<Saved>().ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status404NotFound);
        tasks.MapPost(One + "/restore", async (HttpContext http, ITasks use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.Saved(http, await use.RestoreAsync(id, ct), text))
            .WithSummary("Brings back a task deleted within 30 days.").Produces<Saved>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static void Changes(RouteHandlerBuilder route, string summary) => route.WithSummary(summary).Produces<Saved>().ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status428PreconditionRequired);

    private sealed record Query(Guid? OwnerId, bool? Everybody, Guid? ContactId, Guid? AccountId, TaskState? State, DateTime? DueFrom, DateTime? DueBefore, DateTime? ClosedFrom, DateTime? ClosedBefore, string? After, int? Limit)
    {
        public TaskQuery Tasks => new(OwnerId, Everybody == true)
        {
            ContactId = ContactId, AccountId = AccountId, State = State, DueFrom = Instants.Utc(DueFrom), DueBefore = Instants.Utc(DueBefore), ClosedFrom = Instants.Utc(ClosedFrom), ClosedBefore = Instants.Utc(ClosedBefore),
        };
    }
}
