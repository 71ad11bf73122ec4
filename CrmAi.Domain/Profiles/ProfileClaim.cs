using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Profiles;

/// <summary>The cards of a profile.</summary>
public enum ProfilePart { Personality, Communication, Decision, Needs, Qualification, Relationship, Strategy, Objections, Opportunity, Risks, Milestones }

/// <summary>One statement of a profile, with the words it rests on.</summary>
/// <param name="Key">What it is about, one of <see cref="ProfileKeys"/>. With <paramref name="Value"/> it tells statements of different versions apart where a key may stand more than once.</param>
/// <param name="Value">A code of the key's own list, or a name from the text; null where number or quote say it all.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Evidence">At least one place.</param>
public sealed record ProfileClaim(ProfilePart Part, string Key, string? Value, double Confidence, IReadOnlyList<Evidence> Evidence)
{
    /// <summary>0 to 100, for traits, levels and scores.</summary>
    public int? Level { get; init; }

    /// <summary>Only with milestones and dated needs.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Minor units of <see cref="Currency"/>.</summary>
    public long? AmountMinor { get; init; }

    /// <summary>ISO 4217, with <see cref="AmountMinor"/>.</summary>
    public string? Currency { get; init; }

    /// <summary>Equal in two versions where they speak of the same thing.</summary>
    public string Identity => ProfileKeys.IsMany(Key) ? $"{Key}|{Value ?? (Evidence.Count > 0 ? $"{Evidence[0].InteractionId:N}:{Evidence[0].Start}" : "")}" : Key;
}

/// <summary>What claims can be about.</summary>
public static class ProfileKeys
{
    public const string Disc = "disc", DiscShare = "disc.share";
    public const string Openness = "openness", Conscientiousness = "conscientiousness", Extraversion = "extraversion", Agreeableness = "agreeableness", Neuroticism = "neuroticism";
    public const string Style = "style", Pace = "pace", Formality = "formality", Channel = "channel";
    public const string DecisionStyle = "decision.style", DecisionSpeed = "decision.speed", Criterion = "criterion", Stakeholder = "stakeholder";
    public const string Need = "need", Pain = "pain", Budget = "budget", Deadline = "deadline";
    public const string BantBudget = "bant.budget", BantAuthority = "bant.authority", BantNeed = "bant.need", BantTimeline = "bant.timeline";
    public const string Rapport = "rapport", Trust = "trust", Influence = "influence", Interest = "interest", Concern = "concern";
    public const string Approach = "approach", Avoid = "avoid", BestTime = "best-time";
    public const string Objection = "objection";
    public const string Overall = "score.overall", Potential = "score.potential", Probability = "score.probability", Urgency = "score.urgency";
    public const string Risk = "risk", Rival = "risk.rival", Unanswered = "risk.objection";
    public const string Milestone = "milestone";

    /// <summary>The Big Five, in the usual order.</summary>
    public static readonly IReadOnlyList<string> BigFive = [Openness, Conscientiousness, Extraversion, Agreeableness, Neuroticism];

    public static readonly IReadOnlyList<string> Bant = [BantBudget, BantAuthority, BantNeed, BantTimeline];

    private static readonly HashSet<string> Many = [DiscShare, Criterion, Stakeholder, Need, Pain, Interest, Concern, Avoid, BestTime, Objection, Risk, Rival, Unanswered, Milestone];

    // Judgements of a person, which a few conversations do not carry.
    private static readonly HashSet<string> Judgements = [Disc, DiscShare, .. BigFive, Style, Pace, Formality, Channel, DecisionStyle, DecisionSpeed, Rapport, Trust, Influence, Approach, Avoid, BestTime, Overall, Potential, Probability, Urgency];

    // What was said was said, however softly; where it stands in the text is all that is claimed.
    private static readonly HashSet<string> Told = [Need, Pain, Budget, Deadline, Concern, Objection, Risk, Rival, Unanswered, Milestone];

    private static readonly Dictionary<string, (ProfilePart Part, Type? Codes)> Singles = new()
    {
        [Disc] = (ProfilePart.Personality, typeof(Conversations.DiscType)),
        [Openness] = (ProfilePart.Personality, null), [Conscientiousness] = (ProfilePart.Personality, null), [Extraversion] = (ProfilePart.Personality, null),
        [Agreeableness] = (ProfilePart.Personality, null), [Neuroticism] = (ProfilePart.Personality, null),
        [Style] = (ProfilePart.Communication, typeof(CommunicationStyle)), [Pace] = (ProfilePart.Communication, typeof(CommunicationPace)),
        [Formality] = (ProfilePart.Communication, typeof(Formality)), [Channel] = (ProfilePart.Communication, typeof(Interactions.InteractionType)),
        [DecisionStyle] = (ProfilePart.Decision, typeof(DecisionStyle)), [DecisionSpeed] = (ProfilePart.Decision, typeof(DecisionSpeed)),
        [BantBudget] = (ProfilePart.Qualification, typeof(BantState)), [BantAuthority] = (ProfilePart.Qualification, typeof(BantState)),
        [BantNeed] = (ProfilePart.Qualification, typeof(BantState)), [BantTimeline] = (ProfilePart.Qualification, typeof(BantState)),
        [Rapport] = (ProfilePart.Relationship, null), [Trust] = (ProfilePart.Relationship, null), [Influence] = (ProfilePart.Relationship, null),
        [Approach] = (ProfilePart.Strategy, typeof(Approach)),
    };

    /// <summary>The card of a claim that stands once, or null.</summary>
    public static ProfilePart? PartOf(string key) => Singles.TryGetValue(key, out var single) ? single.Part : null;

    /// <summary>What a person may put in place of a claim's value; empty where it has a level instead, or none.</summary>
    public static IReadOnlyList<string> Choices(string key) => Singles.TryGetValue(key, out var single) && single.Codes is { } codes ? Enum.GetNames(codes) : [];

    /// <summary>The key in a claim's <see cref="ProfileClaim.Identity"/>.</summary>
    public static string Of(string identity) => identity.Split('|', 2)[0];

    /// <summary>Whether a person may say how much of it there is, 0 to 100.</summary>
    public static bool HasLevel(string key) => Singles.TryGetValue(key, out var single) && single.Codes is null;

    /// <summary>Whether a profile may hold several claims with this key.</summary>
    public static bool IsMany(string key) => Many.Contains(key);

    /// <summary>Whether the claim judges a person or a deal, and so needs <see cref="ProfileCheck.EnoughConversations"/>, rather than telling what was said.</summary>
    public static bool IsJudgement(string key) => Judgements.Contains(key);

    /// <summary>Whether the claim concludes something from the words, and so needs <see cref="ProfileCheck.EnoughConfidence"/>.</summary>
    public static bool IsConclusion(string key) => !Told.Contains(key);
}
