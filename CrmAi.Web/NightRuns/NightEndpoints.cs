using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.NightRuns;

/// <summary>The nightly analysis over the API, for administrators.</summary>
internal static class NightEndpoints
{
    private const string Path = "/api/v1/night-runs";

    public static void MapNightRuns(this IEndpointRouteBuilder api)
    {
        var runs = api.MapGroup("/night-runs").WithTags("night runs");
        runs.MapGet("", async (INightRuns use, CancellationToken ct) => Results.Ok(await use.ListAsync(ct)))
            .WithSummary("The latest 30 runs, newest first, with how far each came. Nothing for anybody but administrators.").Produces<IReadOnlyList<NightProgress>>();
        runs.MapGet("/{id:guid}", async (INightRuns use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                await use.ReportAsync(id, ct) is { } report ? Results.Ok(report) : Faults.Problem([Error.NotFound], text))
            .WithSummary("What one run brought: contacts whose profile says something else now, failures, and shares of time.").Produces<NightReport>().ProducesProblem(StatusCodes.Status404NotFound);
        runs.MapPost("", async (INightRuns use, IStringLocalizer<Text> text, CancellationToken ct) =>
            {
                var begun = await use.StartAsync(ct);
                return begun.Succeeded ? Results.Created($"{Path}/{begun.Value}", new { Id = begun.Value }) : Faults.Problem(begun.Errors, text);
            })
            .WithSummary("Begins a run now.").Produces(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        Move(runs, "pause", "Begins no further batch.", (use, id, ct) => use.PauseAsync(id, ct));
        Move(runs, "resume", "Goes on with a paused run.", (use, id, ct) => use.ResumeAsync(id, ct));
        Move(runs, "cancel", "Ends a run; what is done stays.", (use, id, ct) => use.CancelAsync(id, ct));
    }

    private static void Move(IEndpointRouteBuilder runs, string name, string summary, Func<INightRuns, Guid, CancellationToken, Task<Result>> move) =>
        runs.MapPost($"/{{id:guid}}/{name}", async (HttpContext http, INightRuns use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.Done(http, await move(use, id, ct), text))
            .WithSummary(summary).Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
