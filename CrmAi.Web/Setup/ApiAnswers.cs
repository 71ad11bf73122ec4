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

    public static IResult Page<T>(Result<Page<T>> page, IStringLocalizer<Text> text) =>
        page.Succeeded ? Results.Ok(page.Value) : Faults.Problem(page.Errors, text);

    private static string ETag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
