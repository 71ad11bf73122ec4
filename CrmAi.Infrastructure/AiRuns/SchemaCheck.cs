using System.Globalization;
using System.Text.Json;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>
/// Whether JSON fits a schema of the kind that questions to models use: type (one, or several with "null"), properties, required, additionalProperties (false),
/// items, enum, const, minimum, maximum, minItems, maxItems, minLength, maxLength (in code points), anyOf, and $ref into $defs.
/// </summary>
internal static class SchemaCheck
{
    /// <summary>Where and how it does not fit, "$.claims[3].level is more than 100"; null where it does. Says nothing of the values.</summary>
    public static string? Fault(JsonElement schema, JsonElement value) => Fault(schema, schema, value, "$");

    private static string? Fault(JsonElement root, JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("$ref", out var reference)) return Fault(root, Resolve(root, reference.GetString()!), value, at);
        if (schema.TryGetProperty("anyOf", out var kinds))
        {
            var faults = kinds.EnumerateArray().Select(kind => Fault(root, kind, value, at)).ToList();
            if (faults.All(f => f is not null)) return faults.Count == 1 ? faults[0] : $"{at} is none of the kinds allowed";
        }
        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(t => Is(t, value))) return $"{at} is not of type {string.Join(" or ", Types(type))}";
        if (schema.TryGetProperty("enum", out var names) && !names.EnumerateArray().Any(n => JsonElement.DeepEquals(n, value))) return $"{at} is none of {names.GetRawText()}";
        if (schema.TryGetProperty("const", out var only) && !JsonElement.DeepEquals(only, value)) return $"{at} is not {only.GetRawText()}";
        return value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(root, schema, value, at),
            JsonValueKind.Array => OfArray(root, schema, value, at),
            JsonValueKind.Number => OutOf(schema, "minimum", "maximum", value.GetDouble(), at, ""),
            JsonValueKind.String => OutOf(schema, "minLength", "maxLength", Length(value.GetString()!), at, " characters long"),
            _ => null,
        };
    }

    private static string? OfObject(JsonElement root, JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray())
                if (!value.TryGetProperty(name.GetString()!, out _)) return $"{at} lacks {name.GetString()}";
        }
        var known = schema.TryGetProperty("properties", out var properties);
        var closed = schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False;
        foreach (var property in value.EnumerateObject())
        {
            if (known && properties.TryGetProperty(property.Name, out var inner))
            {
                if (Fault(root, inner, property.Value, $"{at}.{property.Name}") is { } fault) return fault;
            }
            else if (closed) return $"{at} has a property that is not allowed"; // its name is the model's own text
        }
        return null;
    }

    private static string? OfArray(JsonElement root, JsonElement schema, JsonElement value, string at)
    {
        if (OutOf(schema, "minItems", "maxItems", value.GetArrayLength(), at, " items long") is { } length) return length;
        if (!schema.TryGetProperty("items", out var items)) return null;
        var place = 0;
        foreach (var item in value.EnumerateArray())
            if (Fault(root, items, item, $"{at}[{place++}]") is { } fault) return fault;
        return null;
    }

    private static string? OutOf(JsonElement schema, string least, string most, double measure, string at, string unit)
    {
        if (schema.TryGetProperty(least, out var from) && measure < from.GetDouble()) return $"{at} is less than {from.GetRawText()}{unit}";
        if (schema.TryGetProperty(most, out var to) && measure > to.GetDouble()) return $"{at} is more than {to.GetRawText()}{unit}";
        return null;
    }

    private static IEnumerable<string> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool Is(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && Math.Abs(value.GetDouble()) < 1L << 53 && value.GetDouble() % 1 == 0,
        _ => throw new NotSupportedException($"JSON type {type}."),
    };

    private static double Length(string text) => text.EnumerateRunes().Count();

    private static JsonElement Resolve(JsonElement root, string reference)
    {
        if (reference is "#") return root;
        if (!reference.StartsWith("#/", StringComparison.Ordinal)) throw new NotSupportedException(string.Create(CultureInfo.InvariantCulture, $"A reference out of the schema: {reference}."));
        return reference[2..].Split('/').Aggregate(root, (place, name) => place.GetProperty(name));
    }
}
