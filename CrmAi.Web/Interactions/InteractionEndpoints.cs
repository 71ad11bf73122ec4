using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Interactions;

/// <summary>Interactions over the API.</summary>
internal static class InteractionEndpoints
{
    public static void MapInteractions(this IEndpointRouteBuilder api)
    {
        api.MapGet("/contacts/{contactId:guid}/interactions", async (IInteractions use, IStringLocalizer<Text> text, Guid contactId, string? search, InteractionType? type, string? after, int? limit, CancellationToken ct) =>
                ApiAnswers.Page(await use.TimelineAsync(contactId, new(type, Search: search), after, limit ?? 50, ct), text))
            .WithTags("interactions").WithSummary("A contact's interactions with what was read out of them, newest first; pass `next` as `after` to read on. `limit` is from 1 to 200, and taken as the nearest of them.")
            .Produces<Page<TimelineItem>>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/contacts/{contactId:guid}/interactions", async (HttpContext http, IInteractions use, IStringLocalizer<Text> text, Guid contactId, InteractionEdit interaction, CancellationToken ct) =>
                ApiAnswers.Created(http, await use.AddAsync(contactId, interaction, ct), "/api/v1/interactions", text))
            .WithTags("interactions").WithSummary("Records an interaction; it is analysed in the background, and reading it tells how far that is.")
            .Produces<Saved>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapGet("/interactions/{id:guid}", async (HttpContext http, IInteractions use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                ApiAnswers.Record(http, await use.GetAsync(id, ct), i => i.Version, text))
            .WithTags("interactions").WithSummary("One interaction; its version is the ETag.").Produces<TimelineItem>().ProducesProblem(StatusCodes.Status404NotFound);
    }
}
