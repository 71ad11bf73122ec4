using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using static CrmAi.Infrastructure.AiRuns.AnswerShape;

namespace CrmAi.Infrastructure.Conversations;

/// <summary>What a model answers about one conversation.</summary>
internal sealed record ConversationAnswer(SaidSentiment Sentiment, SaidDisc Disc, SaidStage Stage, IReadOnlyList<string> Summary, SaidAction NextAction, IReadOnlyList<SaidFinding> Findings, IReadOnlyList<string> Injections)
{
    public const string SchemaName = "conversation";

    /// <summary>The kinds that a model may find; cues come from the rules, the rest have places of their own.</summary>
    public static readonly IReadOnlyList<FindingKind> Kinds =
        [FindingKind.Pain, FindingKind.Need, FindingKind.Objection, FindingKind.BuyingSignal, FindingKind.Competitor, FindingKind.Budget, FindingKind.DecisionMaker, FindingKind.FollowUp, FindingKind.Topic, FindingKind.Risk, FindingKind.Opportunity, FindingKind.Insight];

    /// <summary>As in topics.txt.</summary>
    public static readonly IReadOnlyList<string> Topics = ["price", "contract", "delivery", "product", "integration", "security", "service", "competition", "process", "decision", "schedule", "relationship"];

    public static readonly string Schema = Object(
        ("sentiment", Object(("value", OneOf(Enum.GetNames<Sentiment>())), ("confidence", Number()), ("quote", OrNull(Text())))),
        ("disc", Object(("type", OrNull(OneOf(Enum.GetNames<DiscType>()))), ("confidence", Number()), ("quotes", List(Text())))),
        ("stage", Object(("value", OrNull(OneOf(Enum.GetNames<StageHint>()))), ("confidence", Number()), ("quote", OrNull(Text())))),
        ("summary", List(Text())),
        ("next_action", Object(("kind", OrNull(OneOf(Enum.GetNames<NextActionKind>()))), ("quote", OrNull(Text())), ("due", OrNull(Text())))),
        ("findings", List(Object(("kind", OneOf(Kinds.Select(k => k.ToString()))), ("quote", Text()), ("confidence", Number()), ("detail", OrNull(Text())),
            ("amount", OrNull(Number())), ("currency", OrNull(Text())), ("date", OrNull(Text())), ("time", OrNull(Text()))))),
        ("injections", List(Text()))).ToJsonString();
}

internal sealed record SaidSentiment(string Value, double Confidence, string? Quote);

internal sealed record SaidDisc(string? Type, double Confidence, IReadOnlyList<string> Quotes);

internal sealed record SaidStage(string? Value, double Confidence, string? Quote);

internal sealed record SaidAction(string? Kind, string? Quote, string? Due);

/// <param name="Detail">A code or a name, as the kind asks for.</param>
/// <param name="Amount">In whole units of the currency.</param>
internal sealed record SaidFinding(string Kind, string Quote, double Confidence, string? Detail, double? Amount, string? Currency, string? Date, string? Time);
