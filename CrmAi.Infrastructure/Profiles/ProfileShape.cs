using System.Text.RegularExpressions;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Profiles;
using CrmAi.Infrastructure.Conversations;
using static CrmAi.Infrastructure.AiRuns.AnswerShape;

namespace CrmAi.Infrastructure.Profiles;

/// <summary>What a model answers about a contact. Scores are not asked for: they follow from the rest by a rule, so that nobody can talk a model into one.</summary>
internal sealed partial record ProfileAnswer(IReadOnlyList<SaidClaim> Claims)
{
    public const string SchemaName = "profile";

    /// <summary>What a value may be.</summary>
    private enum Values { None, Codes, Name, Hours }

    private static readonly string[] Interests = ["sport", "food", "travel", "family", "culture"];

    // Claims that may stand more than once, and those that tell what was said; the rest knows its card and codes itself.
    private static readonly Dictionary<string, (ProfilePart Part, Values Values, IReadOnlyList<string> Codes)> Others = new()
    {
        [ProfileKeys.DiscShare] = (ProfilePart.Personality, Values.Codes, Enum.GetNames<DiscType>()),
        [ProfileKeys.Criterion] = (ProfilePart.Decision, Values.Codes, Enum.GetNames<DecisionCriterion>()),
        [ProfileKeys.Stakeholder] = (ProfilePart.Decision, Values.Name, []),
        [ProfileKeys.Need] = (ProfilePart.Needs, Values.None, []),
        [ProfileKeys.Pain] = (ProfilePart.Needs, Values.None, []),
        [ProfileKeys.Budget] = (ProfilePart.Needs, Values.None, []),
        [ProfileKeys.Deadline] = (ProfilePart.Needs, Values.None, []),
        [ProfileKeys.Interest] = (ProfilePart.Relationship, Values.Codes, Interests),
        [ProfileKeys.Concern] = (ProfilePart.Relationship, Values.None, []),
        [ProfileKeys.Avoid] = (ProfilePart.Strategy, Values.Codes, ConversationAnswer.Topics),
        [ProfileKeys.BestTime] = (ProfilePart.Strategy, Values.Hours, []),
        [ProfileKeys.Objection] = (ProfilePart.Objections, Values.Codes, Enum.GetNames<ObjectionKind>()),
        [ProfileKeys.Risk] = (ProfilePart.Risks, Values.None, []),
        [ProfileKeys.Rival] = (ProfilePart.Risks, Values.Name, []),
        [ProfileKeys.Unanswered] = (ProfilePart.Risks, Values.Codes, Enum.GetNames<ObjectionKind>()),
        [ProfileKeys.Milestone] = (ProfilePart.Milestones, Values.Codes, Enum.GetNames<DealStage>()),
    };

    private static readonly IReadOnlyList<string> Keys =
    [
        ProfileKeys.Disc, .. ProfileKeys.BigFive, ProfileKeys.Style, ProfileKeys.Pace, ProfileKeys.Formality, ProfileKeys.Channel, ProfileKeys.DecisionStyle, ProfileKeys.DecisionSpeed,
        .. ProfileKeys.Bant, ProfileKeys.Rapport, ProfileKeys.Trust, ProfileKeys.Influence, ProfileKeys.Approach, .. Others.Keys,
    ];

    public static readonly string Schema = Object(("claims", List(Object(
        ("key", OneOf(Keys)), ("value", OrNull(Text())), ("level", OrNull(Number())), ("amount", OrNull(Number())), ("currency", OrNull(Text())), ("date", OrNull(Text())), ("confidence", Number()),
        ("evidence", List(Object(("conversation", Text()), ("quote", Text())))))))).ToJsonString();

    /// <summary>The card of a key; null where no such key may be claimed.</summary>
    public static ProfilePart? PartOf(string key) => ProfileKeys.PartOf(key) ?? (Others.TryGetValue(key, out var other) ? other.Part : null);

    /// <summary>Whether the claim says how much of it there is.</summary>
    public static bool HasLevel(string key) => ProfileKeys.HasLevel(key) || key == ProfileKeys.DiscShare;

    public static bool IsName(string key) => Others.TryGetValue(key, out var other) && other.Values == Values.Name;

    /// <summary>Whether this value may stand with the key; names are for their quotes to bear out.</summary>
    public static bool Fits(string key, string? value)
    {
        var choices = ProfileKeys.Choices(key);
        if (choices.Count > 0) return value is not null && choices.Contains(value);
        if (!Others.TryGetValue(key, out var other)) return value is null;
        return other.Values switch
        {
            Values.Codes => value is not null && other.Codes.Contains(value),
            Values.Hours => value is not null && HourRange().IsMatch(value),
            Values.Name => value is not null,
            _ => value is null,
        };
    }

    [GeneratedRegex(@"^(?:[01]\d|2[0-3])-(?:[01]\d|2[0-4])\z")]
    private static partial Regex HourRange();
}

/// <param name="Amount">In whole units of the currency.</param>
internal sealed record SaidClaim(string Key, string? Value, double? Level, double? Amount, string? Currency, string? Date, double Confidence, IReadOnlyList<SaidQuote> Evidence);

/// <param name="Conversation">"c3".</param>
internal sealed record SaidQuote(string Conversation, string Quote);
