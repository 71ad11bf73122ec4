using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Contacts;

/// <summary>The company's labels over the API.</summary>
internal static class TagEndpoints
{
    public static void MapTags(this IEndpointRouteBuilder api)
    {
        var tags = api.MapGroup("/tags").WithTags("tags");
        tags.MapGet("", async (ITags use, CancellationToken ct) => Results.Ok(await use.ListAsync(ct)))
            .WithSummary("The company's labels by kind, then name.").Produces<IReadOnlyList<TagRow>>();
        tags.MapGet("/{id:guid}", async (HttpContext http, ITags use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                ApiAnswers.Record(http, (await use.ListAsync(ct)).FirstOrDefault(t => t.Id == id), t => t.Version, text))
            .WithSummary("One label; its version is the ETag.").Produces<TagRow>().ProducesProblem(StatusCodes.Status404NotFound);
        tags.MapPost("", async (HttpContext http, ITags use, IStringLocalizer<Text> text, TagEdit tag, CancellationToken ct) =>
                ApiAnswers.Created(http, await use.AddAsync(tag, ct), "/api/v1/tags", text))
            .WithSummary("Adds a label.").Produces<Saved>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        tags.MapPut("/{id:guid}", (HttpContext http, ITags use, IStringLocalizer<Text> text, Guid id, TagEdit tag, CancellationToken ct) =>
                ApiAnswers.UpdatedAsync(http, version => use.UpdateAsync(id, version, tag, ct), text))
            .WithSummary("Changes a label; send the ETag that was read as If-Match.").Produces<Saved>().ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        tags.MapDelete("/{id:guid}", (HttpContext http, ITags use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                ApiAnswers.DeletedAsync(http, version => use.DeleteAsync(id, ct, version), text))
            .WithSummary("Deletes a tag and takes it off every contact.").Produces<Saved>().ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status404NotFound);
    }
}
