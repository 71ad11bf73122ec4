using System.ComponentModel;
using System.Text.Json;
using System.Text.RegularExpressions;
using CrmAi.Domain.Shared;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace CrmAi.Web.Setup;

/// <summary>Names the part of a request that could not be read.</summary>
/// <remarks>Codes: request.json (no JSON), request.form (missing, or of another type), request.choice (args: the values there are).</remarks>
internal static partial class Unreadable
{
    public static bool IsCode(string code) => code is "request.json" or "request.form" or "request.choice";

    public static Error Form(string? field) => new("request.form", field);

    /// <param name="names">The values there are.</param>
    public static Error Choice(string? field, IReadOnlyList<string> names) => new("request.choice", field, names);

    /// <summary>What stood against reading a request that <paramref name="endpoint"/> was to answer.</summary>
    public static Error Of(HttpContext http, Endpoint? endpoint, BadHttpRequestException fault)
    {
        if (fault.InnerException is JsonException json) return InBody(json, endpoint?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType, http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);
        return InQuery(http, endpoint, refused: true) ?? new("request.json", null);
    }

    /// <summary>Values of a query that the framework takes and we do not: numbers in the place of names.</summary>
    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        return InQuery(http, http.GetEndpoint(), refused: false) is { } error
            ? Faults.Problem([error], http.RequestServices.GetRequiredService<Microsoft.Extensions.Localization.IStringLocalizer<Shared.Text>>()) : await next(context);
    }

    /// <param name="refused">Whether the framework could not read it: then one of the values is none.</param>
    private static Error? InQuery(HttpContext http, Endpoint? endpoint, bool refused)
    {
        foreach (var parameter in endpoint?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>() ?? [])
        {
            var type = Nullable.GetUnderlyingType(parameter.ParameterInfo.ParameterType) ?? parameter.ParameterInfo.ParameterType;
            if (!refused && !type.IsEnum) continue; // attributes are asked for where they matter: this runs for every request
            var name = parameter.ParameterInfo.GetCustomAttributes(true).OfType<IFromQueryMetadata>().FirstOrDefault()?.Name ?? parameter.Name;
            if (!http.Request.Query.TryGetValue(name, out var values)) continue;
            var value = values.ToString();
            if (type.IsEnum && (refused || value.Length > 0) && !Enum.GetNames(type).Contains(value, StringComparer.OrdinalIgnoreCase)) return Choice(name, Enum.GetNames(type));
            if (refused && !type.IsEnum && TypeDescriptor.GetConverter(type) is var reader && reader.CanConvertFrom(typeof(string)) && !reader.IsValid(value)) return Form(name);
        }
        return null;
    }

    private static Error InBody(JsonException fault, Type? type, JsonSerializerOptions json)
    {
        var field = "";
        foreach (Match step in Step().Matches(fault.Path ?? ""))
        {
            var kind = type is null ? null : json.GetTypeInfo(type);
            if (step.Groups["name"] is { Success: true, Value: var sent })
            {
                var property = kind?.Properties.FirstOrDefault(p => p.Name.Equals(sent, StringComparison.OrdinalIgnoreCase));
                (field, type) = ($"{field}{(field.Length > 0 ? "." : "")}{property?.Name ?? sent}", property?.PropertyType ?? kind?.ElementType);
            }
            else (field, type) = (field + step.Value, kind?.ElementType);
        }
        var place = field.Length == 0 ? null : field;
        // Text that is no JSON at all is told by the fault within.
        if (fault.InnerException is JsonException) return new("request.json", place);
        type = type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
        return place is not null && type?.IsEnum == true ? Choice(place, Enum.GetNames(type)) : Form(place);
    }

    // "$.addresses[0].kind", "$['a name']": as the serializer writes where it was.
    [GeneratedRegex(@"\.(?<name>[^.\[]+)|\['(?<name>.*?)'\]|\[\d+\]")]
    private static partial Regex Step();
}
