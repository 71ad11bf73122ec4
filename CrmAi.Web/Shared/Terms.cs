using CrmAi.Domain.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Shared;

/// <summary>Puts what the domain names into words.</summary>
public static class Terms
{
    /// <summary>A value's word stands under "Type.Value".</summary>
    public static string Of<T>(this IStringLocalizer<Text> words, T value) where T : struct, Enum => words[$"{typeof(T).Name}.{value}"];

    public static string Of<T>(this IStringLocalizer<Text> words, T? value) where T : struct, Enum => value is { } known ? words.Of(known) : "";

    /// <summary>A refusal's words stand under "error.code", with places for its arguments.</summary>
    public static string Of(this IStringLocalizer<Text> words, Error error) => words.OfError(error.Code, error.Args);

    public static string OfError(this IStringLocalizer<Text> words, string code, params object[] args)
    {
        var text = words["error." + code, args];
        return text.ResourceNotFound ? words["error.unknown", code] : text;
    }

    public static string Of(this IStringLocalizer<Text> words, IEnumerable<Error> errors) => string.Join(" ", errors.Select(words.Of).Distinct());

    /// <summary>The words about one input, null where it is in order.</summary>
    public static string? About(this IStringLocalizer<Text> words, IEnumerable<Error> errors, string field) =>
        errors.Where(e => e.Field == field).Select(words.Of).FirstOrDefault();
}
