using CrmAi.Domain.Interactions;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;

namespace CrmAi.Web.Interactions;

/// <summary>Files go over plain HTTP, not through the circuit.</summary>
internal static class AttachmentEndpoints
{
    // Somewhat more than a file may have, so that the use case answers and not the server.
    private const long RequestLimit = Attachment.MaxSize + (1024 * 1024);

    private const string Nothing = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; object-src 'self'";

    public static void MapAttachments(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/attachments", async (HttpContext http, IAttachments use, IAntiforgery antiforgery, IStringLocalizer<Text> text, string name, CancellationToken ct) =>
            await antiforgery.IsRequestValidAsync(http) ? await UploadAsync(http, use, text, name, ct) : Results.BadRequest()).WithMetadata(new SizeLimit(RequestLimit));
        routes.MapGet("/attachments/{id:guid}", async (HttpContext http, IAttachments use, Guid id, string? save, CancellationToken ct) =>
            await use.OpenAsync(id, ct) is { } file ? Send(http, file, save == "1") : Results.NotFound()).WithMetadata(new ShownInOurFrames());
    }

    /// <summary>The same over the API, by token.</summary>
    public static void MapAttachmentsApi(this IEndpointRouteBuilder api)
    {
        api.MapPost("/attachments", (HttpContext http, IAttachments use, IStringLocalizer<Text> text, string name, CancellationToken ct) => UploadAsync(http, use, text, name, ct))
            .WithMetadata(new SizeLimit(RequestLimit)).WithTags("attachments").WithSummary("Keeps a file, sent as the body, until an interaction names its id within a day. `name` is the file's name; what it is is told from its content.")
            .Accepts<Stream>("application/octet-stream").Produces<AttachmentRow>()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        api.MapGet("/attachments/{id:guid}", async (HttpContext http, IAttachments use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) =>
                await use.OpenAsync(id, ct) is { } file ? Send(http, file, save: true) : Faults.Problem([Domain.Shared.Error.NotFound], text))
            .WithTags("attachments").WithSummary("A file's bytes; ranges may be asked for.").Produces(StatusCodes.Status200OK, contentType: "application/octet-stream").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> UploadAsync(HttpContext http, IAttachments use, IStringLocalizer<Text> text, string name, CancellationToken ct)
    {
        var uploaded = await use.UploadAsync(name, http.Request.Body, ct);
        return uploaded.Succeeded ? Results.Ok(uploaded.Value) : Faults.Problem(uploaded.Errors, text);
    }

    // What a browser shows by itself is shown; everything else is saved, and nothing of it may run here.
    private static IResult Send(HttpContext http, AttachmentContent file, bool save)
    {
        var pdf = file.ContentType == FileAddress.Pdf;
        var shown = !save && (pdf || file.Kind is not AttachmentKind.Document);
        var headers = http.Response.Headers;
        // The browser's own PDF viewer works in no sandbox of ours; it has one of its own, apart from this site.
        headers.ContentSecurityPolicy = pdf && shown ? $"{Nothing}; frame-ancestors 'self'" : $"{Nothing}; frame-ancestors 'none'; sandbox";
        headers.CacheControl = "private, max-age=3600";
        var disposition = new ContentDispositionHeaderValue(shown ? "inline" : "attachment");
        disposition.SetHttpFileName(file.FileName);
        headers.ContentDisposition = disposition.ToString();
        return Results.Stream(file.Content, file.ContentType, enableRangeProcessing: true);
    }

    private sealed record SizeLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
