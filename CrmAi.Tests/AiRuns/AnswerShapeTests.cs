using System.Text.Json;
using CrmAi.Infrastructure.Conversations;
using CrmAi.Infrastructure.Profiles;

namespace CrmAi.Tests.AiRuns;

public sealed class AnswerShapeTests
{
    [Fact]
    public void Schema_IsStrict()
    {
        foreach (var schema in new[] { ConversationAnswer.Schema, ProfileAnswer.Schema })
        {
            using var document = JsonDocument.Parse(schema);
            Walk(document.RootElement);
        }

        static void Walk(JsonElement node)
        {
            if (node.ValueKind == JsonValueKind.Array) foreach (var item in node.EnumerateArray()) Walk(item);
            if (node.ValueKind != JsonValueKind.Object) return;
            if (node.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
            {
                node.GetProperty("additionalProperties").GetBoolean().ShouldBeFalse();
                node.GetProperty("required").EnumerateArray().Select(r => r.GetString()).ShouldBe(properties.EnumerateObject().Select(p => p.Name));
            }
            foreach (var property in node.EnumerateObject()) Walk(property.Value);
        }
    }
}
