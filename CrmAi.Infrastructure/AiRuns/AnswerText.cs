using System.Text.Json;
using CrmAi.Infrastructure.Platform.Ai;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>What a model wrote, read as the JSON that was asked for.</summary>
internal static class AnswerText
{
    /// <summary>The answer, or what is wrong with it, in words for the model.</summary>
    public static (JsonElement? Content, string? Fault) Read(ChatReply reply, string schema)
    {
        if (reply.Truncated) return (null, "it was cut off before its end; be shorter");
        if (string.IsNullOrWhiteSpace(reply.Text)) return (null, "it was empty");
        try
        {
            var content = Parse(Unfenced(reply.Text));
            using var shape = JsonDocument.Parse(schema);
            return SchemaCheck.Fault(shape.RootElement, content) is { } fault ? (null, fault) : (content, null);
        }
        catch (JsonException)
        {
            return (null, "it is not JSON alone");
        }
    }

    /// <exception cref="JsonException">It is no JSON, or names a property twice.</exception>
    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json, new() { AllowDuplicateProperties = false });
        return document.RootElement.Clone();
    }

    // Many models put JSON into a Markdown fence, whatever they are told.
    private static string Unfenced(string text)
    {
        var trimmed = text.AsSpan().Trim();
        var line = trimmed.IndexOf('\n');
        return line > 0 && trimmed.StartsWith("```") && trimmed.EndsWith("```") && line < trimmed.Length - 3 ? trimmed[(line + 1)..^3].ToString() : text;
    }
}
