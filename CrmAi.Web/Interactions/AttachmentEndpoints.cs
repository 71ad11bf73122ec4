using CrmAi.Domain.Interactions;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Interactions;

/// <summary>Files go over plain HTTP, not through the circuit.</summary>
internal static class AttachmentEndpoints
{
    // Somewhat more than a file may have, so that the use case answers and not the server.
    private const long RequestLimit = Attachment.MaxSize + (1024 * 1024);

    public static void MapAttachments(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/attachments", async (HttpContext http, IAttachments use, IAntiforgery antiforgery, IStringLocalizer<Text> text, string name, CancellationToken ct) =>
        {
            if (!await antiforgery.IsRequestValidAsync(http)) return Results.BadRequest();
            var uploaded = await use.UploadAsync(name, http.Request.Body, ct);
            return uploaded.Succeeded ? Results.Ok(uploaded.Value) : Faults.Problem(uploaded.Errors, text);
        }).WithMetadata(new SizeLimit(RequestLimit));

        routes.MapGet("/attachments/{id:guid}", async (HttpContext http, IAttachments use, Guid id, CancellationToken ct) =>
        {
            if (await use.OpenAsync(id, ct) is not { } file) return Results.NotFound();
            // What a browser shows by itself is shown; everything else is saved, and nothing of it may run here.
            var shown = file.Kind is not AttachmentKind.Document || file.ContentType == "application/pdf";
            http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; object-src 'self'; sandbox";
            http.Response.Headers.CacheControl = "private, max-age=3600";
            if (shown) http.Response.Headers.ContentDisposition = new System.Net.Mime.ContentDisposition { Inline = true }.ToString();
            return Results.Stream(file.Content, file.ContentType, shown ? null : file.FileName, enableRangeProcessing: true);
        });
    }

    private sealed record SizeLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
