using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Profiles;

namespace CrmAi.Infrastructure.Profiles.Rules;

/// <summary>Personality, communication and the way of deciding.</summary>
static class Persons
{
    // Keeps a single hint from reading as a whole character.
    const double Doubt = 1.5;

    public static IEnumerable<ProfileClaim> Personality(ProfileReading reading)
    {
        var types = reading.Of(FindingKind.Disc).GroupBy(w => w.Finding.Value ?? "").ToDictionary(g => g.Key, g => (Weight: g.Sum(), Found: g.ToList()));
        var all = types.Values.Sum(t => t.Weight);
        if (types.Count > 0)
        {
            var (type, best) = types.MaxBy(t => t.Value.Weight);
            yield return new(ProfilePart.Personality, ProfileKeys.Disc, type, Weighing.Confidence(best.Weight / all, best.Found.ConversationsOf()), best.Found.Places());
            foreach (var (name, share) in types.OrderBy(t => t.Key, StringComparer.Ordinal))
            {
                yield return new(ProfilePart.Personality, ProfileKeys.DiscShare, name, Weighing.Confidence(1, reading.Of(FindingKind.Disc).ConversationsOf()), share.Found.Places())
                {
                    Level = (int)Math.Round(100 * share.Weight / all),
                };
            }
        }
        foreach (var trait in ProfileKeys.BigFive)
        {
            var (more, less) = (reading.Cues($"{trait}+"), reading.Cues($"{trait}-"));
            if (more.Count + less.Count == 0) continue;
            var (up, down) = (more.Sum(), less.Sum());
            yield return new(ProfilePart.Personality, trait, null, Weighing.Confidence(Math.Max(up, down) / (up + down), more.Concat(less).ConversationsOf()), more.Concat(less).Places())
            {
                Level = (int)Math.Round(50 + (50 * (up - down) / (up + down + Doubt))),
            };
        }
    }

    public static IEnumerable<ProfileClaim> Communication(ProfileReading reading)
    {
        if (reading.Strongest(ProfilePart.Communication, ProfileKeys.Style, Codes<CommunicationStyle>("style")) is { } style) yield return style;
        if (Between(reading, ProfileKeys.Pace, ("pace.fast", nameof(CommunicationPace.Fast)), ("pace.slow", nameof(CommunicationPace.Slow)), nameof(CommunicationPace.Moderate)) is { } pace) yield return pace;
        if (Between(reading, ProfileKeys.Formality, ("formality.formal", nameof(Formality.Formal)), ("formality.casual", nameof(Formality.Casual)), nameof(Formality.Mixed)) is { } tone) yield return tone;
        // The channel that they choose themselves.
        var inbound = reading.Conversations.Where(c => c.Direction == InteractionDirection.Inbound).ToList();
        if (inbound.GroupBy(c => c.Type).MaxBy(g => g.Count()) is { } channel && channel.Count() > 1)
        {
            yield return new(ProfilePart.Communication, ProfileKeys.Channel, channel.Key.ToString(), Weighing.Confidence(channel.Count() / (double)inbound.Count, channel.Count()),
                [.. channel.Reverse().Select(c => c.Opening).Take(ProfileCheck.MaxEvidence)]);
        }
    }

    public static IEnumerable<ProfileClaim> Deciding(ProfileReading reading)
    {
        if (reading.Strongest(ProfilePart.Decision, ProfileKeys.DecisionStyle, Codes<DecisionStyle>("decision")) is { } style) yield return style;
        if (Between(reading, ProfileKeys.DecisionSpeed, ("speed.quick", nameof(DecisionSpeed.Quick)), ("speed.deliberate", nameof(DecisionSpeed.Deliberate)), nameof(DecisionSpeed.Varies), ProfilePart.Decision) is { } speed) yield return speed;
        var criteria = Codes<DecisionCriterion>("criterion").Select(c => (c.Value, Found: reading.Cues(c.Section))).Where(c => c.Found.Count > 0).OrderByDescending(c => c.Found.Sum()).Take(4);
        foreach (var (value, found) in criteria)
            yield return new(ProfilePart.Decision, ProfileKeys.Criterion, value, Math.Min(0.95, 0.5 + (0.15 * found.ConversationsOf())), found.Places());
        foreach (var person in reading.Of(FindingKind.DecisionMaker).Where(w => w.Finding.Value is { Length: > 0 and <= 40 }).GroupBy(w => w.Finding.Value!).OrderByDescending(g => g.Sum()).Take(5))
            yield return new(ProfilePart.Decision, ProfileKeys.Stakeholder, person.Key, person.Max(w => w.Finding.Confidence), person.Places());
    }

    // Two ends of a scale: one of them where it clearly outweighs, the middle where both are heard.
    static ProfileClaim? Between(ProfileReading reading, string key, (string Section, string Value) one, (string Section, string Value) other, string middle, ProfilePart part = ProfilePart.Communication)
    {
        var (first, second) = (reading.Cues(one.Section), reading.Cues(other.Section));
        if (first.Count + second.Count == 0) return null;
        var (up, down) = (first.Sum(), second.Sum());
        var share = Math.Max(up, down) / (up + down);
        var both = first.Concat(second).ToList();
        if (share < 0.65) return new(part, key, middle, Weighing.Confidence(2 * (1 - share), both.ConversationsOf()), both.Places());
        var winner = up >= down ? (first, one.Value) : (second, other.Value);
        return new(part, key, winner.Value, Weighing.Confidence(share, winner.Item1.ConversationsOf()), winner.Item1.Places());
    }

    static IEnumerable<(string Value, string Section)> Codes<T>(string prefix) where T : struct, Enum =>
        Enum.GetNames<T>().Select(name => (name, $"{prefix}.{name.ToLowerInvariant()}"));
}
