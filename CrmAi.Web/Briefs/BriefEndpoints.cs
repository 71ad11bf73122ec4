using CrmAi.Domain.Briefs;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Briefs;

/// <summary>Morning briefs over the API.</summary>
internal static class BriefEndpoints
{
    public static void MapBriefs(this IEndpointRouteBuilder api)
    {
        var brief = api.MapGroup("/brief").WithTags("brief");
        brief.MapGet("", async (IBriefs use, IStringLocalizer<Text> text, Guid? userId, CancellationToken ct) =>
                await use.TodayAsync(userId, ct) is { } view ? Results.Ok(view) : Faults.Problem([Error.NotFound], text))
            .WithSummary("At most five steps for today, the same all day, chosen at the first look; with `userId` another's whom one leads. Also what became of the last one, and what was learnt of one's decisions.")
            .Produces<BriefView>().ProducesProblem(StatusCodes.Status404NotFound);
        brief.MapDelete("/learning", async (IBriefs use, CancellationToken ct) => { await use.ForgetAsync(ct); return Results.NoContent(); })
            .WithSummary("Forgets what was learnt of one's own decisions.").Produces(StatusCodes.Status204NoContent);
    }
}
