using System.Text.Json;
using System.Text.Json.Nodes;
using CrmAi.Domain.Scripts;
using CrmAi.Infrastructure.AiRuns;
using static CrmAi.Infrastructure.AiRuns.AnswerShape;

namespace CrmAi.Infrastructure.Scripts;

/// <summary>What a model answers: sentences, each with what it rests on.</summary>
internal static class ScriptAnswer
{
    public const string SchemaName = "script", List = "sentences";

    private static readonly JsonObject Shape = Object(("part", OneOf(Enum.GetNames<ScriptPart>())), ("text", Text()), ("conversation", OrNull(Text())), ("quote", OrNull(Text())));

    // The shape of one sentence, which is looked at before the rest is there.
    private static readonly JsonElement One = JsonDocument.Parse(Shape.ToJsonString()).RootElement.Clone();

    public static readonly string Schema = Object((List, AnswerShape.List((JsonObject)Shape.DeepClone()))).ToJsonString();

    /// <summary>Null where it is no sentence.</summary>
    public static SaidSentence? Read(JsonElement said) => SchemaCheck.Fault(One, said) is null ? said.Deserialize<SaidSentence>(Json) : null;
}

/// <param name="Conversation">"c3"; null where it rests on the step.</param>
internal sealed record SaidSentence(string Part, string Text, string? Conversation, string? Quote)
{
    /// <summary>The schema allows no other.</summary>
    public ScriptPart Kind => Enum.Parse<ScriptPart>(Part);
}
