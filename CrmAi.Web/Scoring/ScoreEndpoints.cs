using CrmAi.Domain.Scoring;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Scoring;

/// <summary>Scores over the API.</summary>
internal static class ScoreEndpoints
{
    public static void MapScores(this IEndpointRouteBuilder api) =>
        api.MapGet("/contacts/{id:guid}/scores", async (IScores use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                await use.GetAsync(id, ct) is { } view ? Results.Ok(view) : Faults.Problem([Error.NotFound], text))
            .WithTags("scores").WithSummary("Intent, engagement and relationship from 0 to 100 and the lifetime value in minor units: each with the factors that add up to it, the sentences they rest on, its trend, and what moved it.")
            .Produces<ScoresView>().ProducesProblem(StatusCodes.Status404NotFound);
}
