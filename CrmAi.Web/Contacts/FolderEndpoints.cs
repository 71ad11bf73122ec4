using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Contacts;

/// <summary>One's own folders over the API.</summary>
internal static class FolderEndpoints
{
    private const string Path = "/api/v1/folders";

    public static void MapFolders(this IEndpointRouteBuilder api)
    {
        var folders = api.MapGroup("/folders").WithTags("folders");
        folders.MapGet("", async (IFolders use, CancellationToken ct) => Results.Ok(await use.ListAsync(ct)))
            .WithSummary("The folders of the token's user as a tree: parents before their children, each level in its order.").Produces<IReadOnlyList<FolderRow>>();
        folders.MapGet("/{id:guid}", async (HttpContext http, IFolders use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                ApiAnswers.Record(http, (await use.ListAsync(ct)).FirstOrDefault(f => f.Id == id), f => f.Version, text))
            .WithSummary("One folder; its version is the ETag.").Produces<FolderRow>().ProducesProblem(StatusCodes.Status404NotFound);
        folders.MapPost("", async (HttpContext http, IFolders use, IStringLocalizer<Text> text, FolderAdd folder, CancellationToken ct) =>
                ApiAnswers.Created(http, await use.AddAsync(folder.Name, folder.ParentId, ct), Path, text))
            .WithSummary("Adds a folder, last among those beside it.").Produces<Saved>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        folders.MapPut("/{id:guid}", (HttpContext http, IFolders use, IStringLocalizer<Text> text, Guid id, FolderName folder, CancellationToken ct) =>
                ApiAnswers.UpdatedAsync(http, version => use.RenameAsync(id, version, folder.Name, ct), text))
            .WithSummary("Renames a folder; send the ETag that was read as If-Match.").Produces<Saved>().ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        folders.MapPost("/{id:guid}/move", async (HttpContext http, IFolders use, IStringLocalizer<Text> text, Guid id, FolderMove move, CancellationToken ct) =>
                ApiAnswers.Saved(http, await use.MoveAsync(id, move.ParentId, move.Before, ct), text))
            .WithSummary("Moves a folder into another or to the top, before one that stands there or last.").Produces<Saved>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        folders.MapDelete("/{id:guid}", (HttpContext http, IFolders use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                ApiAnswers.DeletedAsync(http, version => use.DeleteAsync(id, ct, version), text))
            .WithSummary("Deletes a folder; what it holds goes to its parent.").Produces<Saved>().ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status404NotFound);
        folders.MapPost("/file", async (HttpContext http, IFolders use, IStringLocalizer<Text> text, FiledContacts filed, CancellationToken ct) =>
                ApiAnswers.Saved(http, await use.FileAsync(filed.ContactIds, filed.FolderId, filed.Before, ct), text))
            .WithSummary("Puts one's own contacts, at most 500, into a folder or into none, before another contact there or last.").Produces<Saved>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }
}

internal sealed record FolderAdd(string Name, Guid? ParentId = null);

internal sealed record FolderName(string Name);

internal sealed record FolderMove(Guid? ParentId = null, Guid? Before = null);

internal sealed record FiledContacts(IReadOnlyList<Guid> ContactIds, Guid? FolderId = null, Guid? Before = null);
