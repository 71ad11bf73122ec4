using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Web.Setup;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.BusinessCards;

/// <summary>Photos of cards go over plain HTTP, for pages and for the API alike.</summary>
internal static class CardEndpoints
{
    private const string One = "/{id:guid}";

    // Somewhat more than a photo may have, so that the use case answers and not the server.
    private static readonly SizeLimit Limit = new(BusinessCard.MaxSize + (1024 * 1024));

    public static void MapCardPhotos(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/cards/photos", async (HttpContext http, IBusinessCards use, IAntiforgery antiforgery, IStringLocalizer<Text> text, Guid? batch, string? name, CancellationToken ct) =>
            await antiforgery.IsRequestValidAsync(http) ? await UploadAsync(http, use, text, batch, name, ct) : Results.BadRequest()).WithMetadata(Limit);
        routes.MapGet("/cards/{id:guid}/picture", async (HttpContext http, IBusinessCards use, Guid id, bool? small, CancellationToken ct) => await use.PictureAsync(id, ct, small == true) is { } picture ? Send(http, picture) : Results.NotFound());
    }

    public static void MapCards(this IEndpointRouteBuilder api)
    {
        var cards = api.MapGroup("/cards").WithTags("cards");
        cards.MapGet("", async (IBusinessCards use, IStringLocalizer<Text> text, CardState? state, Guid? batch, bool? everybody, string? after, int? limit, CancellationToken ct) =>
                ApiAnswers.Page(await use.PageAsync(new(everybody == true, state, batch), after, limit ?? 50, ct), text))
            .WithSummary("Business cards, the newest first; one's own, or with `everybody=true` all that one may see. `limit` is from 1 to 200, and taken as the nearest of them; pass `next` as `after` to read on.").Produces<Page<CardRow>>();
        cards.MapPost("", (HttpContext http, IBusinessCards use, IStringLocalizer<Text> text, Guid? batch, string? name, CancellationToken ct) => UploadAsync(http, use, text, batch, name, ct)).WithMetadata(Limit)
            .WithSummary("Keeps the photo of a card, sent as the body, and has it read: JPEG, PNG or WebP, told from its content, up to 20 MB. `batch` binds up to 50 together. 201, or 200 with `again` where this picture is there already.")
            .Accepts<Stream>("application/octet-stream", "image/jpeg", "image/png", "image/webp", "image/heic", "image/gif").Produces<UploadedCard>(StatusCodes.Status201Created).Produces<UploadedCard>()
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status415UnsupportedMediaType).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status507InsufficientStorage);
        cards.MapGet("/sums", async (IBusinessCards use, bool? everybody, CancellationToken ct) => Results.Ok(await use.SumsAsync(everybody == true, ct))).WithSummary("How many cards wait, are to be reviewed, could not be read, were saved.").Produces<CardSums>();
        cards.MapGet("/corrections", async (IBusinessCards use, CancellationToken ct) => Results.Ok(await use.CorrectionsAsync(ct)))
            .WithSummary("How often which field was saved otherwise than it was read, by reader and version, of the cards that one may see.").Produces<IReadOnlyList<CorrectionCount>>();
        cards.MapGet(One, async (HttpContext http, IBusinessCards use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.Record(http, await use.GetAsync(id, ct), c => c.Card.Version, text))
            .WithSummary("One card with all that was read of it: fields with confidence, origin, place on the picture and other readings, and every line of print. Its version is the ETag.").Produces<CardDetail>().ProducesProblem(StatusCodes.Status404NotFound);
        cards.MapGet(One + "/picture", async (HttpContext http, IBusinessCards use, IStringLocalizer<Text> text, Guid id, bool? small, CancellationToken ct) => await use.PictureAsync(id, ct, small == true) is { } picture ? Send(http, picture) : Faults.Problem([Error.NotFound], text))
            .WithSummary("The picture itself, without what the camera told of its owner; with `small=true` a small JPEG of it, once the card was taken up for reading.").ProducesProblem(StatusCodes.Status404NotFound);
        cards.MapPost(One + "/matches", async (IBusinessCards use, IStringLocalizer<Text> text, Guid id, CardForm fields, CancellationToken ct) => await use.MatchAsync(id, fields, ct) is { } matches ? Results.Ok(matches) : Faults.Problem([Error.NotFound], text))
            .WithSummary("Contacts with the same number, address, WeChat, or name and company, and companies of that name or e-mail domain, among those one may see.").Produces<CardMatches>().ProducesProblem(StatusCodes.Status404NotFound);
        cards.MapPost(One + "/save", async (HttpContext http, IBusinessCards use, IStringLocalizer<Text> text, Guid id, CardSave save, CancellationToken ct) =>
            {
                var version = ApiAnswers.IfMatch(http);
                if (!version.Succeeded) return Faults.Problem(version.Errors, text);
                var saved = await use.SaveAsync(id, version.Value, save, ct);
                if (saved.Succeeded) return Results.Ok(saved.Value);
                return Faults.Problem(saved.Errors, text, saved.Errors is [{ Code: "conflict" }] ? StatusCodes.Status412PreconditionFailed : null);
            })
            .WithSummary("Makes a contact of it, or with `contactId` and its `contactVersion` fills the empty fields of one, and those that `replace` names. `registered` and `confirmed` keep candidates of one's own searches with it; `leftOut` tells what of them was not kept, and why. If-Match names the card's version. History takes it all back.")
            .Produces<SavedCard>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status428PreconditionRequired);
        cards.MapPost(One + "/retry", async (HttpContext http, IBusinessCards use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.Done(http, await use.RetryAsync(id, ct), text))
            .WithSummary("Has a card read again.").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        cards.MapDelete(One, (HttpContext http, IBusinessCards use, IStringLocalizer<Text> text, Guid id, CancellationToken ct) => ApiAnswers.DeletedAsync(http, version => use.DiscardAsync(id, ct, version), text))
            .WithSummary("Discards a card; history takes that back, for a month.").Produces<Saved>().ProducesProblem(StatusCodes.Status412PreconditionFailed).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> UploadAsync(HttpContext http, IBusinessCards use, IStringLocalizer<Text> text, Guid? batch, string? name, CancellationToken ct)
    {
        var uploaded = await use.UploadAsync(batch, name, http.Request.Body, ct);
        if (!uploaded.Succeeded) return Faults.Problem(uploaded.Errors, text);
        return uploaded.Value.Again ? Results.Ok(uploaded.Value) : Results.Created($"/api/v1/cards/{uploaded.Value.Id}", uploaded.Value);
    }

    private static IResult Send(HttpContext http, PhotoContent picture)
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "private, max-age=3600";
        http.Response.Headers.ContentDisposition = "inline";
        return Results.Stream(picture.Content, picture.ContentType);
    }

    private sealed record SizeLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
