using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.History;

internal static class HistoryEndpoints
{
    public static void MapHistory(this IEndpointRouteBuilder api) =>
        api.MapPost("/changes/{id:guid}/undo", async (IHistory use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                await use.UndoAsync(id, ct) is var undone && undone.Succeeded ? Results.Ok(new Undone(undone.Value)) : Faults.Problem(undone.Errors, text))
            .WithTags("history")
            .WithSummary("Takes a command back, all of it or nothing, by the `changeSetId` that it answered: what it made is deleted, what it deleted returns, fields get their former values. For 30 days, where nobody changed the same fields since. Undoing is a change like any other; its own `changeSetId` takes it back.")
            .Produces<Undone>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private sealed record Undone(Guid ChangeSetId);
}
