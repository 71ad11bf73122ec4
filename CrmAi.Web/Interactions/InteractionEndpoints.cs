using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Interactions;

/// <summary>Interactions over the API.</summary>
internal static class InteractionEndpoints
{
    private const string One = "/interactions/{id:guid}";

    public static void MapInteractions(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("").WithTags("interactions");
        api.MapGet("/contacts/{contactId:guid}/interactions", async (IInteractions use, IStringLocalizer<Text> text, Guid contactId, [AsParameters] Query query, CancellationToken ct) =>
                ApiAnswers.Page(await use.TimelineAsync(contactId, query.Filter, query.After, query.Limit ?? 50, ct), text))
            .WithSummary("A contact's interactions with what was read out of them, newest first; pass `next` as `after` to read on. `limit` is from 1 to 200, and taken as the nearest of them. "
                + "`archived=true` lists the archived ones instead of the others; `scheduled` true lists appointments alone, false all but those still open.")
            .Produces<Page<TimelineItem>>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/contacts/{contactId:guid}/interactions", async (HttpContext http, IInteractions use, IStringLocalizer<Text> text, Guid contactId, InteractionEdit interaction, CancellationToken ct) =>
                ApiAnswers.Created(http, await use.AddAsync(contactId, interaction, ct), "/api/v1/interactions", text))
            .WithSummary("Records an interaction; it is analysed in the background, and reading it tells how far that is.")
            .Produces<Saved>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapGet(One, async (HttpContext http, IInteractions use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                ApiAnswers.Record(http, await use.GetAsync(id, ct), i => i.Version, text))
            .WithSummary("One interaction; its version is the ETag.").Produces<TimelineItem>().ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPut(One, (HttpContext http, IInteractions use, IStringLocalizer<Text> text, Guid id, InteractionEdit interaction, CancellationToken ct) =>
                ApiAnswers.UpdatedAsync(http, version => use.UpdateAsync(id, version, interaction, ct), text))
            .WithSummary("Replaces all fields of an interaction as it was read; If-Match names the version.")
            .Produces<Saved>().ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        api.MapDelete(One, (HttpContext http, IInteractions use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.DeletedAsync(http, version => use.DeleteAsync(id, ct, version), text))
            .WithSummary("Deletes an interaction; for 30 days it can be restored.").Produces<Saved>().ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost(One + "/restore", async (HttpContext http, IInteractions use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.Saved(http, await use.RestoreAsync(id, ct), text))
            .WithSummary("Brings back what was deleted within 30 days.").Produces<Saved>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private sealed record Query(string? Search, InteractionType? Type, bool? Important, bool? Private, bool? Scheduled, bool? Archived, string? After, int? Limit)
    {
        public TimelineFilter Filter => new(Type, Search: Search, ImportantOnly: Important == true) { PrivateOnly = Private == true, Archived = Archived == true, Scheduled = Scheduled };
    }
}
