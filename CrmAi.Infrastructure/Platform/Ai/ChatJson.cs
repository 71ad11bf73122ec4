using System.ClientModel.Primitives;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CrmAi.Infrastructure.Platform.Ai;

/// <summary>The bodies of chat completions: https://platform.openai.com/docs/api-reference/chat, as far as compatible endpoints keep to it.</summary>
internal static partial class ChatJson
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static BinaryData Request(AiModel model, ChatAsk ask, bool streams)
    {
        var named = ask.Schema is not null && model.Format == AnswerFormat.Json;
        var instructions = named ? $"{ask.Instructions}\n\nAnswer with one JSON value that fits this JSON schema, and with nothing else:\n{ask.Schema}" : ask.Instructions;
        var messages = new JsonArray(Message("system", instructions), Message("user", ask.Data));
        if (ask.Repair is { } repair)
        {
            messages.Add((JsonNode)Message("assistant", repair.Answer.Length > 0 ? repair.Answer : "(nothing)"));
            messages.Add((JsonNode)Message("user", $"This answer does not fit the schema: {repair.Fault}. Answer the question above again, with JSON that fits the schema and with nothing else."));
        }
        var body = new JsonObject { ["model"] = model.Name, ["messages"] = messages, [LimitOf(model)] = model.MaxOutputTokens };
        if (named) body["response_format"] = new JsonObject { ["type"] = "json_object" };
        else if (ask.Schema is not null)
        {
            body["response_format"] = new JsonObject
            {
                ["type"] = "json_schema",
                ["json_schema"] = new JsonObject { ["name"] = ask.SchemaName, ["strict"] = true, ["schema"] = JsonNode.Parse(ask.Schema) },
            };
        }
        if (streams)
        {
            body["stream"] = true;
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        }
        return BinaryData.FromString(body.ToJsonString(Plain));
    }

    public static ChatReply Reply(JsonElement answer, ChatAsk ask)
    {
        answer.TryGetProperty("usage", out var usage);
        return Choice(answer) is { } choice && choice.TryGetProperty("message", out var message)
            ? Reply(Text(message, "content") ?? "", Text(choice, "finish_reason"), usage, ask)
            : Reply("", null, usage, ask);
    }

    public static ChatReply Reply(string text, string? finish, JsonElement usage, ChatAsk ask) =>
        new(text, Count(usage, "prompt_tokens") ?? ask.InputEstimate, Count(usage, "completion_tokens") ?? Tokens.Estimate(text), finish is "length" or "content_filter");

    public static JsonElement? Choice(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("choices", out var choices) && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0
            && choices[0].ValueKind == JsonValueKind.Object ? choices[0] : null;

    public static string? Text(JsonElement holder, string name) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    /// <summary>The endpoint's own code of a refusal; its message may repeat what was sent and is left out.</summary>
    public static string ErrorCode(PipelineResponse? response)
    {
        try
        {
            if (response is null) return "";
            using var body = JsonDocument.Parse(response.Content.ToMemory());
            return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("error", out var error) && (Text(error, "code") ?? Text(error, "type")) is { } code && PlainCode().IsMatch(code) ? code : "";
        }
        catch (JsonException)
        {
            return ""; // a proxy's page
        }
    }

    private static JsonObject Message(string role, string content) => new() { ["role"] = role, ["content"] = content };

    // OpenAI's newer models refuse the old name, most other endpoints do not know the new one.
    private static string LimitOf(AiModel model) => model.BaseAddress.Host.EndsWith("openai.com", StringComparison.OrdinalIgnoreCase) || model.BaseAddress.Host.EndsWith("openai.azure.com", StringComparison.OrdinalIgnoreCase) ? "max_completion_tokens" : "max_tokens";

    private static int? Count(JsonElement usage, string name) =>
        usage.ValueKind == JsonValueKind.Object && usage.TryGetProperty(name, out var count) && count.ValueKind == JsonValueKind.Number && count.TryGetInt32(out var value) && value >= 0 ? value : null;

    [GeneratedRegex(@"^[\w.\-]{1,60}$")]
    private static partial Regex PlainCode();
}

/// <summary>The header that says when to come back: RFC 9110, section 10.2.3.</summary>
internal static class RetryAfter
{
    /// <summary>Seconds, or a date; null where it is neither.</summary>
    public static TimeSpan? Parse(string header, DateTimeOffset now) =>
        !System.Net.Http.Headers.RetryConditionHeaderValue.TryParse(header, out var value) ? null
        : value.Delta ?? (value.Date is { } date ? date > now ? date - now : TimeSpan.Zero : null);
}
