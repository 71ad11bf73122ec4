using System.Text.Json;
using System.Text.Json.Nodes;
using CrmAi.Infrastructure.Conversations;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>Strict JSON schemas of answers: every property is required, no other is allowed, what may be missing is null.</summary>
internal static class AnswerShape
{
    /// <summary>Answers and what they answer to: names in snake case, characters of all scripts as they are.</summary>
    public static readonly JsonSerializerOptions Json = new(LabelledCases.Json) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static JsonObject Object(params ReadOnlySpan<(string Name, JsonObject Shape)> properties)
    {
        var (shapes, names) = (new JsonObject(), new JsonArray());
        foreach (var (name, shape) in properties)
        {
            shapes.Add(name, shape);
            names.Add(name);
        }
        return new() { ["type"] = "object", ["properties"] = shapes, ["required"] = names, ["additionalProperties"] = false };
    }

    public static JsonObject List(JsonObject item) => new() { ["type"] = "array", ["items"] = item };

    public static JsonObject Text() => new() { ["type"] = "string" };

    public static JsonObject Number() => new() { ["type"] = "number" };

    public static JsonObject Flag() => new() { ["type"] = "boolean" };

    public static JsonObject OneOf(IEnumerable<string> codes) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. codes.Select(c => JsonValue.Create(c))]) };

    /// <summary>The same, or null.</summary>
    public static JsonObject OrNull(JsonObject shape)
    {
        shape["type"] = new JsonArray(shape["type"]!.GetValue<string>(), "null");
        if (shape["enum"] is JsonArray codes) codes.Add(null);
        return shape;
    }

    /// <summary>The answer in our own terms.</summary>
    /// <exception cref="ModelUnavailableException">It does not fit, whatever was promised (ai.schema).</exception>
    public static T Read<T>(JsonElement content)
    {
        try
        {
            return content.Deserialize<T>(Json) ?? throw new ModelUnavailableException("ai.schema");
        }
        catch (JsonException)
        {
            throw new ModelUnavailableException("ai.schema");
        }
    }

    public static double Confidence(double said, double most = 1) => double.IsFinite(said) ? Math.Clamp(said, 0, most) : 0;
}
