using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.BulkEdits;

/// <summary>One change to many contacts over the API.</summary>
internal static class BulkEndpoints
{
    private const string Path = "/api/v1/bulk-edits";

    public static void MapBulkEdits(this IEndpointRouteBuilder api)
    {
        var edits = api.MapGroup("/bulk-edits").WithTags("bulk-edits");
        edits.MapPost("", async (IBulkEdits use, IStringLocalizer<Text> text, BulkRequest request, CancellationToken ct) => Started(await use.StartAsync(request, ct), text))
            .WithSummary("Starts a change to the contacts of `ids`, or to every contact of `all` except `except`; read the address answered for its progress.")
            .Produces(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        edits.MapGet("/{id:guid}", async (IBulkEdits use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                await use.ProgressAsync(id, ct) is { } progress ? Results.Ok(progress) : Faults.Problem([Error.NotFound], text))
            .WithSummary("How far it has come, and which contacts it could not change.").Produces<BulkProgress>().ProducesProblem(StatusCodes.Status404NotFound);
        edits.MapPost("/{id:guid}/cancel", async (HttpContext http, IBulkEdits use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                ApiAnswers.Done(http, await use.CancelAsync(id, ct), text))
            .WithSummary("Ends it; what is done stays done.").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
        edits.MapPost("/{id:guid}/undo", async (IBulkEdits use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => Started(await use.UndoAsync(id, ct), text))
            .WithSummary("Takes it back as another bulk edit.").Produces(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult Started(Result<Guid> started, IStringLocalizer<Text> text) =>
        started.Succeeded ? Results.Accepted($"{Path}/{started.Value}", new { Id = started.Value }) : Faults.Problem(started.Errors, text);
}
