using CrmAi.Domain.NextActions;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.NextActions;

/// <summary>Suggested steps over the API.</summary>
internal static class ActionEndpoints
{
    public static void MapActions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/contacts/{id:guid}/actions", async (INextActions use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                await use.OfAsync(id, ct) is { } actions ? Results.Ok(actions) : Faults.Problem([Error.NotFound], text))
            .WithTags("actions").WithSummary("Steps suggested for a contact, at most three open ones, and those decided today.").Produces<IReadOnlyList<SuggestionView>>().ProducesProblem(StatusCodes.Status404NotFound);
        var action = api.MapGroup("/actions/{id:guid}").WithTags("actions");
        action.MapPost("/accept", async (INextActions use, IStringLocalizer<Text> text, Guid id, Acceptance acceptance, CancellationToken ct) =>
                await use.AcceptAsync(id, acceptance, ct) is var made && made.Succeeded ? Results.Ok(new AcceptedAction(made.Value)) : Faults.Problem(made.Errors, text))
            .WithSummary("Makes a task or an appointment of it, and answers its id; accepted twice, the first one's.").Produces<AcceptedAction>()
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        Decision(action.MapPost("/snooze", async (HttpContext http, INextActions use, IStringLocalizer<Text> text, Guid id, ActionSnooze snooze, CancellationToken ct) => ApiAnswers.Done(http, await use.SnoozeAsync(id, snooze.Until, ct), text)),
            "Asks again at that time, at most 60 days ahead.");
        Decision(action.MapPost("/reject", async (HttpContext http, INextActions use, IStringLocalizer<Text> text, Guid id, ActionRejection rejection, CancellationToken ct) => ApiAnswers.Done(http, await use.RejectAsync(id, rejection.Reason, rejection.Note, ct), text)),
            "Is not suggested again. The ranking learns from it, unless it was done already.");
        Decision(action.MapPost("/undo", async (HttpContext http, INextActions use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.Done(http, await use.UndoAsync(id, ct), text)),
            "Takes the decision back; a task or appointment that came of it goes, unless it is done.");
    }

    private static void Decision(RouteHandlerBuilder route, string summary) =>
        route.WithSummary(summary).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}

/// <param name="Id">Of the task or appointment.</param>
public sealed record AcceptedAction(Guid Id);

/// <param name="Until">UTC.</param>
public sealed record ActionSnooze(DateTime Until);

public sealed record ActionRejection(RejectReason Reason, string? Note);
