using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CrmAi.Tests.Setup;

/// <summary>One call that the API's own description offers.</summary>
internal sealed record ApiCall(string Method, string Path, JsonElement Operation, JsonElement Document)
{
    public static IReadOnlyList<ApiCall> All(JsonElement document) =>
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           where operation.Name is "get" or "put" or "post" or "delete" or "patch"
           select new ApiCall(operation.Name.ToUpperInvariant(), path.Name, operation.Value, document),
    ];

    public IEnumerable<string> Queries => Operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query").Select(p => p.GetProperty("name").GetString()!) : [];

    /// <summary>The path with each place filled; a place without a value gets the last one.</summary>
    public string At(Func<string, string> fill) => string.Join('/', Path.Split('/').Select(s => s.StartsWith('{') ? fill(s.Trim('{', '}')) : s));

    public bool HasPlaces => Path.Contains('{', StringComparison.Ordinal);

    public JsonElement? Body => Operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var json) ? json.GetProperty("schema") : null;

    /// <summary>A body as the description says it is, every field filled.</summary>
    /// <param name="items">How many items every list holds.</param>
    public JsonNode? Sample(int items = 1) => Body is { } schema ? Sample(schema, items, 0) : null;

    private JsonNode? Sample(JsonElement schema, int items, int depth)
    {
        schema = Resolved(schema);
        if (depth > 6) return null;
        if (schema.TryGetProperty("enum", out var values)) return JsonNode.Parse(values[0].GetRawText());
        return TypeOf(schema) switch
        {
            "object" when schema.TryGetProperty("properties", out var properties) => new JsonObject(properties.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Sample(p.Value, items, depth + 1)))),
            "object" => new JsonObject(),
            "array" => new JsonArray([.. Enumerable.Range(0, items).Select(_ => Sample(schema.GetProperty("items"), 1, depth + 1))]),
            "integer" or "number" => 1,
            "boolean" => true,
            _ => schema.TryGetProperty("format", out var format) && format.GetString() is "uuid" ? Guid.CreateVersion7().ToString()
                : format.ValueKind == JsonValueKind.String && format.GetString() == "date-time" ? "2026-05-06T07:08:09Z" : "x",
        };
    }

    private JsonElement Resolved(JsonElement schema)
    {
        foreach (var choice in (string[])["oneOf", "anyOf", "allOf"])
        {
            if (schema.TryGetProperty(choice, out var all)) return Resolved(all.EnumerateArray().First(s => !(s.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "null")));
        }
        if (!schema.TryGetProperty("$ref", out var reference)) return schema;
        var at = Document;
        foreach (var step in reference.GetString()![2..].Split('/')) at = at.GetProperty(step);
        return Resolved(at);
    }

    private static string? TypeOf(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? schema.TryGetProperty("properties", out _) ? "object" : null
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()).First(t => t != "null") : type.GetString();

    /// <summary>Bodies that nobody should send: each field in turn of another type, forms that are no object, texts that are no JSON.</summary>
    public IEnumerable<string> Nonsense()
    {
        foreach (var text in (string[])["", " ", "null", "[]", "5", "\"x\"", "true", "{", "{]", "{\"a\":}", "\uFEFF{}x", "{}", "<x/>"]) yield return text;
        yield return string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200);
        yield return new string('[', 100_000);
        if (Sample() is not JsonObject whole) yield break;
        foreach (var field in whole.Select(p => p.Key).ToList())
        {
            foreach (var value in (string[])["5", "-1", "1e400", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "[]", "[null]", "[[1]]", "{}", "{\"a\":{\"a\":[]}}", "true", "null", "99999999999999999999", "\"9999-99-99\"", JsonSerializer.Serialize(new string('长', 5000))])
            {
                var changed = whole.DeepClone().AsObject();
                changed.Remove(field);
                var rest = changed.ToJsonString();
                yield return string.Create(CultureInfo.InvariantCulture, $"{{\"{field}\":{value}{(rest.Length > 2 ? "," : "")}{rest[1..]}");
            }
        }
    }
}
