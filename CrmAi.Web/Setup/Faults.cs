using System.Globalization;
using System.Net;
using System.Text.Json;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Setup;

/// <summary>Faults and refusals as problem details, in the words of the person's language.</summary>
internal static class Faults
{
    /// <summary>A refusal of a use case, RFC 9457 with our codes.</summary>
    /// <param name="status">Where the code alone does not decide it.</param>
    public static IResult Problem(IReadOnlyList<Error> errors, IStringLocalizer<Text> text, int? status = null)
    {
        var first = errors[0];
        return Results.Problem(
            statusCode: status ?? first.Code switch
            {
                "not_found" => StatusCodes.Status404NotFound,
                "forbidden" => StatusCodes.Status403Forbidden,
                "conflict" => StatusCodes.Status409Conflict,
                "etag.missing" => StatusCodes.Status428PreconditionRequired,
                "etag.unknown" => StatusCodes.Status400BadRequest,
                _ when Unreadable.IsCode(first.Code) => StatusCodes.Status400BadRequest,
                "card.store" or "import.store" => StatusCodes.Status507InsufficientStorage,
                "file.large" or "attachment.large" or "photo.large" or "card.picture.large" or "card.picture.pixels" => StatusCodes.Status413PayloadTooLarge,
                "file.kind" or "file.old" or "file.locked" or "file.broken" or "file.bomb" or "attachment.kind" or "attachment.mismatch" or "photo.kind" or "card.picture.kind" or "card.picture.heic" or "card.picture.gif" or "card.picture.animated" or "card.picture.damaged" => StatusCodes.Status415UnsupportedMediaType,
                _ => StatusCodes.Status422UnprocessableEntity,
            },
            title: Message(first, text),
            extensions: new Dictionary<string, object?>
            {
                ["code"] = first.Code,
                ["args"] = first.Args,
                ["errors"] = errors.Select(e => new { e.Code, Field = Named(e.Field), Message = Message(e, text), Allowed = e.Args.OfType<IReadOnlyList<string>>().FirstOrDefault() }),
            });
    }

    public static string Message(Error error, IStringLocalizer<Text> text) => text[$"error.{error.Code}", [.. error.Args.Select(a => a is IReadOnlyList<string> several ? string.Join(", ", several) : a)]];

    // Pages name an input as the edit record does, senders as their JSON does.
    private static string? Named(string? field) => field is null ? null : string.Join('.', field.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    /// <summary>A request that cannot be read is the sender's mistake: answered, not logged as a fault of ours.</summary>
    public static ExceptionHandlerOptions Handling => new()
    {
        ExceptionHandler = AnswerAsync,
        SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException or NotSignedInException,
    };

    public static Task AnswerStatusAsync(StatusCodeContext context) => WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode);

    /// <summary>A refusal by its status alone.</summary>
    public static Task AnswerAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return WriteAsync(http, status);
    }

    private static Task AnswerAsync(HttpContext http)
    {
        var feature = http.Features.Get<IExceptionHandlerFeature>();
        var fault = feature?.Error;
        var status = fault switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            NotSignedInException => StatusCodes.Status401Unauthorized,
            _ => StatusCodes.Status500InternalServerError,
        };
        http.Response.StatusCode = status;
        return fault is BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } unread && http.Request.Path.StartsWithSegments("/api")
            ? Problem([Unreadable.Of(http, feature?.Endpoint, unread)], http.RequestServices.GetRequiredService<IStringLocalizer<Text>>()).ExecuteAsync(http)
            : WriteAsync(http, status);
    }

    private static Task WriteAsync(HttpContext http, int status)
    {
        var text = http.RequestServices.GetRequiredService<IStringLocalizer<Text>>();
        string title = text[$"fault.{(status is 400 or 401 or 403 or 404 or 405 or 412 or 413 or 415 or 428 or 429 ? status : 500)}"];
        var person = http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal) && !http.Request.Path.StartsWithSegments("/api");
        if (person) return Results.Content(PageOf(http, status is 404 ? text["notfound.title"] : title, status is 404 ? text["notfound.text"] : "", text["fault.home"]), "text/html; charset=utf-8", statusCode: status).ExecuteAsync(http);
        return Results.Problem(statusCode: status, title: title).ExecuteAsync(http);
    }

    // In the person's own theme: the page stands for one of ours.
    private static string PageOf(HttpContext http, string title, string more, string home) => $"""
        <!DOCTYPE html>
        <html lang="{CultureInfo.CurrentUICulture.Name}" data-theme="{ThemeNames.All.FirstOrDefault(t => t == http.Request.Cookies[ThemeNames.Cookie]) ?? ThemeNames.System}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{WebUtility.HtmlEncode(title)}</title><link rel="stylesheet" href="/app.css"></head>
        <body><main class="fault-page"><img src="/icon.svg" alt="" width="44" height="44"><h1>{WebUtility.HtmlEncode(title)}</h1><p>{WebUtility.HtmlEncode(more)}</p><a class="link-button" href="/">{WebUtility.HtmlEncode(home)}</a></main></body></html>
        """;
}
