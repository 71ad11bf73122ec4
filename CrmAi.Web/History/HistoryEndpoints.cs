using CrmAi.Domain.Accounts;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Views;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.History;

/// <summary>Histories of records, putting fields back, and what can be undone, over the API.</summary>
internal static class HistoryEndpoints
{
    private static readonly (string Path, string RecordType)[] Kinds =
        [("contacts", nameof(Contact)), ("accounts", nameof(Account)), ("interactions", nameof(Interaction)), ("tasks", nameof(TaskItem)),
        ("tags", nameof(Tag)), ("folders", nameof(Folder)), ("views", nameof(SavedView)), ("custom-fields", nameof(CustomField)), ("cards", nameof(BusinessCard))];

    public static void MapHistory(this IEndpointRouteBuilder api)
    {
        foreach (var (path, type) in Kinds)
        {
            var record = api.MapGroup($"/{path}/{{id:guid}}/history").WithTags("history");
            record.MapGet("", async (IHistory use, IStringLocalizer<Text> text, Guid id, string? field, Guid? user, string? after, int? limit, CancellationToken ct) =>
                {
                    var page = await use.PageAsync(type, id, new(field, user), after, limit ?? 50, ct);
                    return page.Succeeded ? Results.Ok(page.Value) : Faults.Problem(page.Errors, text);
                })
                .WithSummary("Who changed it, when, through what and which fields, newest first. `field` is a `key` of a field, `user` who changed it; pass `next` as `after` to read on. A page may hold few or none although `next` is there: read on.")
                .Produces<HistoryPage>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
            // What becomes of a card is undone as a whole.
            if (type == nameof(BusinessCard)) continue;
            record.MapGet("/{change:guid}/restore", async (HttpContext http, IRestores use, IStringLocalizer<Text> text, Guid id, Guid change, string? field, CancellationToken ct) =>
                {
                    var preview = await use.PreviewAsync(new(type, id, change, field), ct);
                    return preview.Succeeded ? ApiAnswers.Record(http, preview.Value, p => p.Version, text) : Faults.Problem(preview.Errors, text);
                })
                .WithSummary("What would change: with `field` that field back to before the change, without the record as it stood after it. The record's version is the ETag.")
                .Produces<RestorePreview>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
            record.MapPost("/{change:guid}/restore", (HttpContext http, IRestores use, IStringLocalizer<Text> text, Guid id, Guid change, string? field, CancellationToken ct) =>
                    ApiAnswers.UpdatedAsync(http, version => use.RestoreAsync(new(type, id, change, field), version, ct), text))
                .WithSummary("Puts it back so, under the rules of an edit; If-Match names the version that was read. Later edits of other fields stay; it can itself be undone.")
                .Produces<Saved>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status412PreconditionFailed)
                .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        }
        api.MapGet("/undo", async (IUndoing use, IStringLocalizer<Text> text, UndoList? list, UndoScope? scope, string? after, int? limit, CancellationToken ct) =>
                ApiAnswers.Page(await use.ListAsync(list ?? UndoList.Undoable, scope ?? UndoScope.Mine, after, limit ?? 30, ct), text))
            .WithTags("history")
            .WithSummary("Commands of the last 30 days that can be undone, or were: one's own, a manager's team's, an administrator's all; long work is one row. `refusal` says why a row cannot be undone. Pass `next` as `after` to read on; `limit` from 1 to 100.")
            .Produces<Page<UndoRow>>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapPost("/undo/{id:guid}", async (IUndoing use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
            {
                var undone = await use.UndoAsync(id, ct);
                return undone.Succeeded ? Results.Ok(undone.Value) : Faults.Problem(undone.Errors, text);
            })
            .WithTags("history")
            .WithSummary("Undoes a row of that list, or does it again where it was undone. Answers the id of the command, or of the long work, that does so; of a merge `kept` names fields that stayed because somebody changed them since.")
            .Produces<TakenBack>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapPost("/changes/{id:guid}/undo", async (IHistory use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                await use.UndoAsync(id, ct) is var undone && undone.Succeeded ? Results.Ok(new UndoneChange(undone.Value)) : Faults.Problem(undone.Errors, text))
            .WithTags("history")
            .WithSummary("Takes a command back, all of it or nothing, by the `changeSetId` that it answered: what it made is deleted, what it deleted returns, fields get their former values. For 30 days, where nobody changed the same fields since. Undoing is a change like any other; its own `changeSetId` takes it back.")
            .Produces<UndoneChange>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private sealed record UndoneChange(Guid ChangeSetId);
}
