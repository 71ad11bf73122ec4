using CrmAi.Domain.Contacts;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Profiles;

namespace CrmAi.Infrastructure.Profiles.Rules;

/// <summary>How things stand between us, and how to go on.</summary>
static class Relations
{
    const double Doubt = 1;
    const int HourBlock = 2;

    public static IEnumerable<ProfileClaim> Relationship(ProfileReading reading)
    {
        var moods = reading.Of(FindingKind.Sentiment);
        var (glad, cross) = (moods.Where(w => w.Conversation.Sentiment == Sentiment.Positive).ToList(), moods.Where(w => w.Conversation.Sentiment == Sentiment.Negative).ToList());
        if (Scale(ProfileKeys.Rapport, [.. glad, .. reading.Cues("agreeableness+")], [.. cross, .. reading.Cues("agreeableness-")]) is { } rapport) yield return rapport;
        var complaints = reading.Of(FindingKind.Pain).Where(w => w.Finding.Value is not null).ToList();
        var doubts = reading.Of(FindingKind.Objection).Where(w => w.Finding.Objection == ObjectionKind.Trust).ToList();
        if (Scale(ProfileKeys.Trust, reading.Cues("trust+"), [.. reading.Cues("trust-"), .. complaints, .. doubts]) is { } trust) yield return trust;
        if (Influence(reading) is { } influence) yield return influence;
        foreach (var interest in new[] { "sport", "food", "travel", "family", "culture" })
        {
            if (reading.Cues($"interest.{interest}") is { Count: > 0 } found)
                yield return new(ProfilePart.Relationship, ProfileKeys.Interest, interest, Math.Min(0.9, 0.45 + (0.15 * found.ConversationsOf())), found.Places());
        }
        foreach (var w in reading.Cues("trust-").Concat(complaints).Concat(doubts).OrderByDescending(w => w.Weight).DistinctBy(w => w.Finding.Evidence).Take(3))
            yield return new(ProfilePart.Relationship, ProfileKeys.Concern, null, w.Finding.Confidence, [w.Finding.Evidence]);
    }

    /// <summary>By rank, by the record, and by what they themselves say of their say.</summary>
    static ProfileClaim? Influence(ProfileReading reading)
    {
        var (own, none) = (reading.Cues("authority.self"), reading.Cues("authority.none"));
        if (own.Count + none.Count == 0) return null;
        var rank = reading.Input.Facts.Seniority switch { Seniority.CLevel => 85, Seniority.VicePresident => 75, Seniority.Director => 65, Seniority.Manager => 50, Seniority.Senior => 35, Seniority.Staff => 25, _ => 45 };
        var record = reading.Input.Facts.DecisionMaker switch { true => 15, false => -10, null => 0 };
        var said = 20 * (own.Sum() - none.Sum()) / (own.Sum() + none.Sum());
        return new(ProfilePart.Relationship, ProfileKeys.Influence, null, Weighing.Confidence(1, own.Concat(none).ConversationsOf()), own.Concat(none).Places()) { Level = Math.Clamp((int)Math.Round(rank + record + said), 0, 100) };
    }

    public static IEnumerable<ProfileClaim> Strategy(ProfileReading reading, IReadOnlyList<ProfileClaim> claims)
    {
        if (claims.FirstOrDefault(c => c.Key == ProfileKeys.Disc) is { Value: { } type } disc && Enum.TryParse<DiscType>(type, out var known))
            yield return disc with { Part = ProfilePart.Strategy, Key = ProfileKeys.Approach, Value = Corrections.ApproachTo(known).ToString() };
        // What was talked about where the talk went badly, and never where it went well.
        var bad = Topics(reading, Sentiment.Negative);
        var good = Topics(reading, Sentiment.Positive).Select(t => t.Finding.Value).ToHashSet();
        foreach (var topic in bad.Where(t => !good.Contains(t.Finding.Value)).GroupBy(t => t.Finding.Value!).Where(g => g.ConversationsOf() > 1).OrderByDescending(g => g.Sum()).Take(3))
            yield return new(ProfilePart.Strategy, ProfileKeys.Avoid, topic.Key, Math.Min(0.9, 0.4 + (0.15 * topic.ConversationsOf())), topic.Places());
        var inbound = reading.Conversations.Where(c => c.Direction == InteractionDirection.Inbound).ToList();
        foreach (var time in inbound.GroupBy(c => c.At.Hour / HourBlock * HourBlock).Where(g => g.Count() > 1).OrderByDescending(g => g.Count()).Take(2))
        {
            yield return new(ProfilePart.Strategy, ProfileKeys.BestTime, $"{time.Key:00}-{time.Key + HourBlock:00}", Weighing.Confidence(Math.Min(1, 2.0 * time.Count() / inbound.Count), time.Count()),
                [.. time.Reverse().Select(c => c.Opening).Take(ProfileCheck.MaxEvidence)]);
        }
    }

    static List<Weighed> Topics(ProfileReading reading, Sentiment sentiment) =>
        [.. reading.Of(FindingKind.Topic).Where(w => w.Conversation.Sentiment == sentiment && w.Finding.Value is not null)];

    static ProfileClaim? Scale(string key, IReadOnlyList<Weighed> up, IReadOnlyList<Weighed> down)
    {
        var all = up.Concat(down).ToList();
        if (all.Count == 0) return null;
        var (more, less) = (up.Sum(), down.Sum());
        return new(ProfilePart.Relationship, key, null, Weighing.Confidence(1, all.ConversationsOf()), all.Places()) { Level = (int)Math.Round(50 + (50 * (more - less) / (more + less + Doubt))) };
    }
}
