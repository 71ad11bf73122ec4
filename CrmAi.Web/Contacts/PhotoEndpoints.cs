using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Contacts;

/// <summary>Photos go over plain HTTP, for pages and for the API alike.</summary>
internal static class PhotoEndpoints
{
    // Somewhat more than a photo may have, so that the use case answers and not the server.
    private static readonly SizeLimit Limit = new(IContactPhotos.MaxSize + (1024 * 1024));

    public static void MapPhotos(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/contacts/{id:guid}/photos", async (HttpContext http, IContactPhotos use, IAntiforgery antiforgery, IStringLocalizer<Text> text, Guid id, PhotoKind? kind, CancellationToken ct) =>
        {
            if (!await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest();
            var added = await AddAsync(http, use, id, kind, ct);
            return added.Succeeded ? Results.Ok(added.Value) : Faults.Problem(added.Errors, text);
        }).WithMetadata(Limit);
        routes.MapGet("/contacts/{id:guid}/photos/{photoId:guid}", OpenAsync);
    }

    public static void MapContactPhotos(this RouteGroupBuilder contacts)
    {
        contacts.MapPost("/{id:guid}/photos", async (HttpContext http, IContactPhotos use, IStringLocalizer<Text> text, Guid id, PhotoKind? kind, CancellationToken ct) =>
                ApiAnswers.Created(http, await AddAsync(http, use, id, kind, ct), $"/api/v1/contacts/{id}/photos", text)).WithMetadata(Limit)
            .WithSummary("Adds a photo: the bytes of a JPEG, PNG or WebP file as the body, or as the file of a multipart form. `kind` is Profile (default), Event, Searched or NameCard. The ETag is the contact's.")
            .Produces<Saved>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        contacts.MapGet("/{id:guid}/photos/{photoId:guid}", OpenAsync).WithSummary("The photo itself.").ProducesProblem(StatusCodes.Status404NotFound);
        contacts.MapDelete("/{id:guid}/photos/{photoId:guid}", (HttpContext http, IContactPhotos use, IStringLocalizer<Text> text, Guid id, Guid photoId, CancellationToken ct) =>
                ApiAnswers.DeletedAsync(http, version => use.RemoveAsync(id, photoId, ct, version), text))
            .WithSummary("Removes a photo; If-Match may name the contact's version.").Produces<Saved>().ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Result<Saved>> AddAsync(HttpContext http, IContactPhotos use, Guid id, PhotoKind? kind, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType) return await use.AddAsync(id, kind ?? PhotoKind.Profile, http.Request.Body, ct);
        var form = await http.Request.ReadFormAsync(ct);
        if (form.Files is not [var file, ..]) return new Error("photo.kind", null);
        await using var content = file.OpenReadStream();
        return await use.AddAsync(id, kind ?? PhotoKind.Profile, content, ct);
    }

    private static async Task<IResult> OpenAsync(HttpContext http, IContactPhotos use, Guid id, Guid photoId, CancellationToken ct)
    {
        if (await use.OpenAsync(id, photoId, ct) is not { } photo) return Results.NotFound();
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "private, max-age=3600";
        http.Response.Headers.ContentDisposition = "inline";
        return Results.Stream(photo.Content, photo.ContentType);
    }

    private sealed record SizeLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
