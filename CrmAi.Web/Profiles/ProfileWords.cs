using System.Globalization;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Profiles;
using CrmAi.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CrmAi.Web.Profiles;

/// <summary>Puts what a profile states into words.</summary>
public static class ProfileWords
{
    // Under which name the words of a key's values stand.
    private static readonly Dictionary<string, string> Kinds = new()
    {
        [ProfileKeys.Disc] = nameof(DiscType),
        [ProfileKeys.DiscShare] = nameof(DiscType),
        [ProfileKeys.Style] = nameof(CommunicationStyle),
        [ProfileKeys.Pace] = nameof(CommunicationPace),
        [ProfileKeys.Formality] = nameof(Formality),
        [ProfileKeys.Channel] = nameof(InteractionType),
        [ProfileKeys.DecisionStyle] = nameof(DecisionStyle),
        [ProfileKeys.DecisionSpeed] = nameof(DecisionSpeed),
        [ProfileKeys.Criterion] = nameof(DecisionCriterion),
        [ProfileKeys.BantBudget] = nameof(BantState),
        [ProfileKeys.BantAuthority] = nameof(BantState),
        [ProfileKeys.BantNeed] = nameof(BantState),
        [ProfileKeys.BantTimeline] = nameof(BantState),
        [ProfileKeys.Approach] = nameof(Approach),
        [ProfileKeys.Objection] = nameof(ObjectionKind),
        [ProfileKeys.Unanswered] = nameof(ObjectionKind),
        [ProfileKeys.Milestone] = nameof(DealStage),
        [ProfileKeys.Interest] = "profile.interest",
        [ProfileKeys.Avoid] = "profile.topic",
    };

    /// <summary>What a claim with this key is about.</summary>
    public static string About(this IStringLocalizer<Text> words, string key) => words[$"profile.key.{key}"];

    /// <summary>A value of this key; a name from the text stands for itself.</summary>
    public static string Value(this IStringLocalizer<Text> words, string key, string value)
    {
        if (key == ProfileKeys.BestTime && value.Split('-') is [var from, var to]) return $"{from}:00\u2013{to}:00";
        if (!Kinds.TryGetValue(key, out var kind)) return value;
        var word = words[$"{kind}.{value}"];
        return word.ResourceNotFound ? value : word.Value;
    }

    /// <summary>What it states; null where the quote alone says it.</summary>
    public static string? Says(this IStringLocalizer<Text> words, ProfileClaim claim) => claim switch
    {
        { AmountMinor: { } amount } => Money.Show(amount, claim.Currency),
        { Key: ProfileKeys.DiscShare, Value: { } type } => $"{type} {(claim.Level ?? 0) / 100.0:P0}",
        { Key: ProfileKeys.Disc, Value: { } type } => $"{type} {words.Value(claim.Key, type)}",
        { Value: { } value } => words.Value(claim.Key, value),
        { Level: { } level } => level.ToString(CultureInfo.CurrentCulture),
        _ => null,
    };

    /// <summary>Why nothing is stated: too few conversations, not sure enough, or never spoken of.</summary>
    public static string Missing(this IStringLocalizer<Text> words, ProfileView view, params IReadOnlyList<string> keys) =>
        keys is [ProfileKeys.Unanswered] && view.Of(ProfileKeys.Objection).Any(o => o.Correction is not { IsRejection: true }) ? words["profile.objections.none-open"]
        : !keys.Any(ProfileKeys.IsJudgement) ? words["profile.missing.unsaid"]
        : view.Conversations < ProfileCheck.EnoughConversations ? words["profile.missing.few", view.Conversations, ProfileCheck.EnoughConversations]
        : words["profile.missing.unsure"];

    /// <summary>What follows from a claim, under its title.</summary>
    public static IEnumerable<(string Title, string Text)> Advice(this IStringLocalizer<Text> words, ProfileClaim claim)
    {
        switch (claim.Key)
        {
            case ProfileKeys.Approach when Enum.TryParse<Approach>(claim.Value, out var approach):
                yield return (words["profile.why"], words[$"profile.why.{approach}"]);
                yield return (words["profile.instead"], words[$"profile.instead.{approach}"]);
                break;
            case ProfileKeys.Objection when Enum.TryParse<ObjectionKind>(claim.Value, out var kind):
                yield return (words["profile.answer"], words[$"profile.answer.{kind}"]);
                break;
            case ProfileKeys.Risk or ProfileKeys.Rival or ProfileKeys.Unanswered:
                yield return (words["profile.mitigation"], words[$"profile.mitigate.{claim.Key}"]);
                break;
        }
    }

    /// <summary>The class that colours its chip; null where it is no chip.</summary>
    public static string? Chip(ProfileClaim claim) => claim.Key switch
    {
        ProfileKeys.BantBudget or ProfileKeys.BantAuthority or ProfileKeys.BantNeed or ProfileKeys.BantTimeline => claim.Value switch
        {
            nameof(BantState.Qualified) => "good",
            nameof(BantState.Unqualified) => "bad",
            _ => "quiet",
        },
        ProfileKeys.Criterion or ProfileKeys.Interest or ProfileKeys.BestTime => "quiet",
        ProfileKeys.Stakeholder => "money",
        ProfileKeys.Objection or ProfileKeys.Unanswered or ProfileKeys.Avoid => "bad",
        ProfileKeys.Rival => "rival",
        _ => null,
    };

    /// <summary>Which claims a card holds, in the order in which one asks.</summary>
    public static IReadOnlyList<string> Keys(ProfilePart part) => part switch
    {
        ProfilePart.Personality => [ProfileKeys.Disc, .. ProfileKeys.BigFive],
        ProfilePart.Communication => [ProfileKeys.Style, ProfileKeys.Pace, ProfileKeys.Formality, ProfileKeys.Channel],
        ProfilePart.Decision => [ProfileKeys.DecisionStyle, ProfileKeys.DecisionSpeed, ProfileKeys.Criterion, ProfileKeys.Stakeholder],
        ProfilePart.Needs => [ProfileKeys.Need, ProfileKeys.Pain, ProfileKeys.Budget, ProfileKeys.Deadline],
        ProfilePart.Qualification => ProfileKeys.Bant,
        ProfilePart.Relationship => [ProfileKeys.Rapport, ProfileKeys.Trust, ProfileKeys.Influence, ProfileKeys.Interest, ProfileKeys.Concern],
        ProfilePart.Strategy => [ProfileKeys.Approach, ProfileKeys.Avoid, ProfileKeys.BestTime],
        ProfilePart.Objections => [ProfileKeys.Objection],
        ProfilePart.Opportunity => [ProfileKeys.Overall, ProfileKeys.Potential, ProfileKeys.Probability, ProfileKeys.Urgency],
        ProfilePart.Risks => [ProfileKeys.Risk, ProfileKeys.Rival, ProfileKeys.Unanswered],
        _ => [ProfileKeys.Milestone],
    };

    public static string Icon(ProfilePart part) => part switch
    {
        ProfilePart.Personality => "psychology",
        ProfilePart.Communication => "forum",
        ProfilePart.Decision => "gavel",
        ProfilePart.Needs => "lightbulb",
        ProfilePart.Qualification => "fact_check",
        ProfilePart.Relationship => "handshake",
        ProfilePart.Strategy => "route",
        ProfilePart.Objections => "record_voice_over",
        ProfilePart.Opportunity => "trending_up",
        ProfilePart.Risks => "warning",
        _ => "flag",
    };
}
