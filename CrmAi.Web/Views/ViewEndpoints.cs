using CrmAi.Domain.Shared;
using CrmAi.Domain.Views;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Views;

/// <summary>Saved views of the contact list over the API.</summary>
internal static class ViewEndpoints
{
    public static void MapViews(this IEndpointRouteBuilder api)
    {
        var views = api.MapGroup("/views").WithTags("views");
        views.MapGet("", async (IViews use, CancellationToken ct) => Results.Ok(await use.ListAsync(ct)))
            .WithSummary("One's own views, then those shared by the team.").Produces<IReadOnlyList<ViewRow>>();
        views.MapGet("/{id:guid}", async (HttpContext http, IViews use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                ApiAnswers.Record(http, (await use.ListAsync(ct)).FirstOrDefault(v => v.Id == id), v => v.Version, text))
            .WithSummary("One view; its version is the ETag.").Produces<ViewRow>().ProducesProblem(StatusCodes.Status404NotFound);
        views.MapPost("", async (HttpContext http, IViews use, IStringLocalizer<Text> text, ViewEdit view, CancellationToken ct) =>
                ApiAnswers.Created(http, await use.AddAsync(view, ct), "/api/v1/views", text))
            .WithSummary("Saves a view of one's own.").Produces<Saved>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        views.MapPut("/{id:guid}", (HttpContext http, IViews use, IStringLocalizer<Text> text, Guid id, ViewEdit view, CancellationToken ct) =>
                ApiAnswers.UpdatedAsync(http, version => use.UpdateAsync(id, version, view, ct), text))
            .WithSummary("Changes a view; send the ETag that was read as If-Match.").Produces<Saved>().ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        views.MapDelete("/{id:guid}", (HttpContext http, IViews use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                ApiAnswers.DeletedAsync(http, version => use.DeleteAsync(id, ct, version), text))
            .WithSummary("Deletes a view.").Produces<Saved>().ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status404NotFound);
    }
}
