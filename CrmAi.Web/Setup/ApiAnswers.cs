using System.Globalization;
using CrmAi.Domain.Shared;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Setup;

/// <summary>Outcomes of use cases as answers of the API.</summary>
internal static class ApiAnswers
{
    /// <summary>200 with the record and its version as ETag, or 404.</summary>
    public static IResult Record<T>(HttpContext http, T? record, Func<T, int> version, IStringLocalizer<Text> text) where T : class
    {
        if (record is null) return Faults.Problem([Error.NotFound], text);
        http.Response.Headers.ETag = ETag(version(record));
        return Results.Ok(record);
    }

    /// <summary>201 with the address of what was made.</summary>
    public static IResult Created(HttpContext http, Result<Saved> saved, string path, IStringLocalizer<Text> text)
    {
        if (!saved.Succeeded) return Faults.Problem(saved.Errors, text);
        http.Response.Headers.ETag = ETag(saved.Value.Version);
        return Results.Created($"{path}/{saved.Value.Id}", saved.Value);
    }

    /// <summary>200 with what a command wrote and the new version as ETag. A lost race is 412 where the request named a version.</summary>
    public static IResult Saved(HttpContext http, Result<Saved> saved, IStringLocalizer<Text> text)
    {
        if (!saved.Succeeded) return Refused(http, saved.Errors, text);
        http.Response.Headers.ETag = ETag(saved.Value.Version);
        return Results.Ok(saved.Value);
    }

    /// <summary>204, or why not.</summary>
    public static IResult Done(HttpContext http, Result done, IStringLocalizer<Text> text) =>
        done.Succeeded ? Results.NoContent() : Refused(http, done.Errors, text);

    /// <summary>The version that the sender read, from If-Match. Errors: etag.missing (428), etag.unknown (400: not one of ours, several, or any).</summary>
    public static Result<int> IfMatch(HttpContext http)
    {
        if (http.Request.Headers.IfMatch is not { Count: > 0 } tags) return new Error("etag.missing", null);
        return tags is [['"', .. var version, '"']] && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : new Error("etag.unknown", null);
    }

    /// <summary>Changes a record as If-Match read it.</summary>
    public static async Task<IResult> UpdatedAsync(HttpContext http, Func<int, Task<Result<Saved>>> update, IStringLocalizer<Text> text)
    {
        var version = IfMatch(http);
        return version.Succeeded ? Saved(http, await update(version.Value), text) : Faults.Problem(version.Errors, text);
    }

    /// <summary>Deletes a record: whichever version it has, or as If-Match read it where the request names one.</summary>
    public static async Task<IResult> DeletedAsync(HttpContext http, Func<int?, Task<Result<Saved>>> delete, IStringLocalizer<Text> text)
    {
        if (http.Request.Headers.IfMatch.Count == 0) return Saved(http, await delete(null), text);
        var version = IfMatch(http);
        return version.Succeeded ? Saved(http, await delete(version.Value), text) : Faults.Problem(version.Errors, text);
    }

    public static IResult Page<T>(Result<Page<T>> page, IStringLocalizer<Text> text) =>
        page.Succeeded ? Results.Ok(page.Value) : Faults.Problem(page.Errors, text);

    private static IResult Refused(HttpContext http, IReadOnlyList<Error> errors, IStringLocalizer<Text> text) =>
        errors is [{ Code: "conflict" }] && http.Request.Headers.IfMatch.Count > 0 ? Faults.Problem(errors, text, StatusCodes.Status412PreconditionFailed) : Faults.Problem(errors, text);

    private static string ETag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
