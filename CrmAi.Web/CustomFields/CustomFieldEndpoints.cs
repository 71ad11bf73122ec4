using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.CustomFields;

/// <summary>The administrator's own fields over the API.</summary>
internal static class CustomFieldEndpoints
{
    private const string Path = "/api/v1/custom-fields";

    public static void MapCustomFields(this IEndpointRouteBuilder api)
    {
        var fields = api.MapGroup("/custom-fields").WithTags("custom fields");
        fields.MapGet("", async (ICustomFields use, CustomFieldTarget? target, bool? archived, CancellationToken ct) => Results.Ok(await ListAsync(use, target, archived ?? false, ct)))
            .WithSummary("Fields of contacts, accounts or both (`target` left out), in their order; archived ones last, with `archived=true`.").Produces<IReadOnlyList<CustomFieldRow>>();
        fields.MapGet("/{id:guid}", async (HttpContext http, ICustomFields use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                ApiAnswers.Record(http, (await ListAsync(use, null, true, ct)).FirstOrDefault(f => f.Id == id), f => f.Version, text))
            .WithSummary("One field; its version is the ETag.").Produces<CustomFieldRow>().ProducesProblem(StatusCodes.Status404NotFound);
        fields.MapPost("", async (HttpContext http, ICustomFields use, IStringLocalizer<Text> text, CustomFieldEdit field, CancellationToken ct) =>
                ApiAnswers.Created(http, await use.AddAsync(field, ct), Path, text))
            .WithSummary("Adds a field. For administrators, like all changes here.").Produces<Saved>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        fields.MapPut("/{id:guid}", (HttpContext http, ICustomFields use, IStringLocalizer<Text> text, Guid id, CustomFieldEdit field, CancellationToken ct) =>
                ApiAnswers.UpdatedAsync(http, version => use.UpdateAsync(id, version, field, ct), text))
            .WithSummary("Replaces a field, its target and type excepted; If-Match names the version.").Produces<Saved>().ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        fields.MapDelete("/{id:guid}", (HttpContext http, ICustomFields use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                ApiAnswers.DeletedAsync(http, version => use.ArchiveAsync(id, true, ct, version), text))
            .WithSummary("Archives a field: it is offered no longer, its values are kept.").Produces<Saved>().ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status404NotFound);
        fields.MapPost("/{id:guid}/restore", async (HttpContext http, ICustomFields use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                ApiAnswers.Saved(http, await use.ArchiveAsync(id, false, ct), text))
            .WithSummary("Brings an archived field back.").Produces<Saved>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IReadOnlyList<CustomFieldRow>> ListAsync(ICustomFields use, CustomFieldTarget? target, bool archivedToo, CancellationToken ct)
    {
        var all = new List<CustomFieldRow>();
        foreach (var kind in target is { } one ? [one] : Enum.GetValues<CustomFieldTarget>()) all.AddRange(await use.ListAsync(kind, archivedToo, ct));
        return all;
    }
}
