using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;

namespace CrmAi.Domain.Scoring;

/// <summary>Scores of a contact. Pure: the same input gives the same sheet, and as time alone passes no score rises.</summary>
public static class ContactScoring
{
    /// <summary>Changes whenever the same input may give another sheet.</summary>
    public const string Version = "1";

    public static ScoreSheet Of(ScoringInput input)
    {
        // In one order, so that sums come out alike to the last digit.
        var talks = input.Talks.Where(t => t.At <= input.AsOf).OrderBy(t => t.At).ThenBy(t => t.InteractionId)
            .Select(t => t with { Findings = [.. t.Findings.OrderBy(f => f.Evidence.Start).ThenBy(f => f.Kind).ThenBy(f => f.Confidence).ThenBy(f => f.Value, StringComparer.Ordinal)] }).ToList();
        if (talks.Count == 0) return new(Score.Unknown, Score.Unknown, Score.Unknown, LifetimeValue.Of(input.Facts, null), input.Facts.Currency);
        var engagement = Engagement.Of(talks, input.AsOf);
        return new(Intent.Of(input.Facts, talks, input.AsOf), engagement, Relationship.Of(talks, input.AsOf), LifetimeValue.Of(input.Facts, engagement.Value), input.Facts.Currency);
    }

    internal static IEnumerable<(ScoredTalk Talk, Finding Finding)> Findings(this IEnumerable<ScoredTalk> talks, FindingKind kind) =>
        talks.SelectMany(t => t.Findings.Where(f => f.Kind == kind).Select(f => (t, f)));

    /// <summary>The sentence the mood shows in, or the conversation.</summary>
    internal static Shared.Evidence MoodPlace(this ScoredTalk talk) => talk.Findings.FirstOrDefault(f => f.Kind == FindingKind.Sentiment)?.Evidence ?? talk.Opening;

    internal static bool IsComplaint(this Finding finding) => finding is { Kind: FindingKind.Pain, Value: not null };

    internal static bool IsMeeting(this ScoredTalk talk) => talk.Type is InteractionType.Meeting or InteractionType.Demo or InteractionType.Event;
}
