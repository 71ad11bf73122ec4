using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Profiles;

namespace CrmAi.Infrastructure.Profiles.Rules;

/// <summary>Personality, communication and the way of deciding.</summary>
static class Persons
{
    // Keeps a single hint from reading as a whole character.
    const double Doubt = 1.5;

    // How each type is wont to speak and to decide.
    static readonly (DiscType Type, CommunicationStyle Style, DecisionStyle Way)[] Kin =
    [
        (DiscType.D, CommunicationStyle.Direct, DecisionStyle.Directive), (DiscType.I, CommunicationStyle.Expressive, DecisionStyle.Conceptual),
        (DiscType.S, CommunicationStyle.Diplomatic, DecisionStyle.Behavioral), (DiscType.C, CommunicationStyle.Analytical, DecisionStyle.Analytical),
    ];

    public static IEnumerable<ProfileClaim> Personality(ProfileReading reading)
    {
        var types = Enum.GetNames<DiscType>().Select(type => (Value: type, Found: Typed(reading, type))).ToList();
        if (reading.Strongest(ProfilePart.Personality, ProfileKeys.Disc, types, type => Spoken(reading, StyleOf(type))) is { } disc) yield return disc;
        var all = types.Sum(t => t.Found.Sum());
        foreach (var (name, found) in types.Where(t => t.Found.Count > 0))
        {
            yield return new(ProfilePart.Personality, ProfileKeys.DiscShare, name, Weighing.Confidence(1, reading.Of(FindingKind.Disc).ConversationsOf()), found.Places())
            {
                Level = (int)Math.Round(100 * found.Sum() / all),
            };
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
        var styles = Enum.GetNames<CommunicationStyle>().Select(style => (style, Spoken(reading, style)));
        if (reading.Strongest(ProfilePart.Communication, ProfileKeys.Style, styles, style => Typed(reading, TypeOf(style))) is { } said) yield return said;
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
        var ways = Codes<DecisionStyle>("decision").Select(c => (c.Value, reading.Cues(c.Section)));
        // Who decides alone says so once; it is believed of somebody who speaks like that.
        if (reading.Strongest(ProfilePart.Decision, ProfileKeys.DecisionStyle, ways, way => Typed(reading, DeciderOf(way)), own: true) is { } style) yield return style;
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

    static IReadOnlyList<Weighed> Typed(ProfileReading reading, string type) => [.. reading.Of(FindingKind.Disc).Where(w => w.Finding.Value == type)];

    static IReadOnlyList<Weighed> Spoken(ProfileReading reading, string style) => reading.Cues($"style.{style.ToLowerInvariant()}");

    static string StyleOf(string type) => Kin.First(k => k.Type.ToString() == type).Style.ToString();

    static string TypeOf(string style) => Kin.First(k => k.Style.ToString() == style).Type.ToString();

    static string DeciderOf(string way) => Kin.First(k => k.Way.ToString() == way).Type.ToString();

    static IEnumerable<(string Value, string Section)> Codes<T>(string prefix) where T : struct, Enum =>
        Enum.GetNames<T>().Select(name => (name, $"{prefix}.{name.ToLowerInvariant()}"));
}
