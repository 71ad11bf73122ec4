using CrmAi.Domain.Deletions;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Deletions;

/// <summary>What was deleted lately, over the API.</summary>
internal static class DeletionEndpoints
{
    public static void MapDeletions(this IEndpointRouteBuilder api) =>
        api.MapGet("/deleted", async (IDeletions use, IStringLocalizer<Text> text, DeletedKind? kind, string? after, int? limit, CancellationToken ct) =>
                ApiAnswers.Page(await use.ListAsync(kind, after, limit ?? 50, ct), text))
            .WithTags("deleted")
            .WithSummary("Contacts, companies, interactions and tasks deleted within 30 days that the token's user may restore, the latest deletion first; each is brought back by the `restore` of its kind. Pass `next` as `after` to read on. `limit` is from 1 to 200, and taken as the nearest of them.")
            .Produces<Page<DeletedRow>>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
}
