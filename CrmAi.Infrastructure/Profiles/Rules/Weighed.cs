using CrmAi.Domain.Conversations;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.Profiles.Rules;

/// <summary>A finding with what it counts today.</summary>
/// <param name="Weight">Its confidence, halved after each <see cref="ProfileReading.HalfLifeDays"/> days.</param>
sealed record Weighed(Finding Finding, ProfileConversation Conversation, double Weight);

/// <summary>What the conversations of a contact hold, ready to be weighed.</summary>
sealed class ProfileReading
{
    /// <summary>What was said half a year ago counts half.</summary>
    public const double HalfLifeDays = 180;

    readonly ILookup<FindingKind, Weighed> byKind;
    readonly ILookup<string, Weighed> cues;

    public ProfileReading(ProfileInput input)
    {
        Input = input;
        var all = input.Conversations.SelectMany(c => c.Findings.Select(f => new Weighed(f, c, f.Confidence * Age(input.AsOf - c.At)))).ToList();
        byKind = all.ToLookup(w => w.Finding.Kind);
        cues = byKind[FindingKind.Cue].ToLookup(w => w.Finding.Value ?? "");
    }

    public ProfileInput Input { get; }

    public IReadOnlyList<ProfileConversation> Conversations => Input.Conversations;

    public IReadOnlyList<Weighed> Of(FindingKind kind) => [.. byKind[kind]];

    public IReadOnlyList<Weighed> Cues(string section) => [.. cues[section]];

    public static double Age(TimeSpan since) => Math.Pow(0.5, Math.Max(0, since.TotalDays) / HalfLifeDays);
}

static class Weighing
{
    /// <summary>How sure so many conversations make: share × (1 − 0.5^n), as with a DISC type.</summary>
    public static double Confidence(double share, int conversations) => share * (1 - Math.Pow(0.5, conversations));

    public static int ConversationsOf(this IEnumerable<Weighed> found) => found.Select(w => w.Conversation.InteractionId).Distinct().Count();

    public static double Sum(this IEnumerable<Weighed> found) => found.Sum(w => w.Weight);

    /// <summary>The places that count most, at most one a conversation before any second one.</summary>
    public static IReadOnlyList<Evidence> Places(this IEnumerable<Weighed> found) =>
        [.. found.OrderByDescending(w => w.Weight).GroupBy(w => w.Conversation.InteractionId).SelectMany(g => g.Select((w, rank) => (w, rank)))
            .OrderBy(x => x.rank).ThenByDescending(x => x.w.Weight).Select(x => x.w.Finding.Evidence).Distinct().Take(ProfileCheck.MaxEvidence)];

    /// <summary>The latest that was said of it.</summary>
    public static Weighed? Latest(this IEnumerable<Weighed> found) => found.MaxBy(w => (w.Conversation.At, w.Finding.Evidence.Start));

    /// <summary>The code that outweighs the others, where several conversations carry it.</summary>
    public static ProfileClaim? Strongest(this ProfileReading reading, ProfilePart part, string key, IEnumerable<(string Value, string Section)> choices)
    {
        var found = choices.Select(c => (c.Value, Found: reading.Cues(c.Section))).Where(c => c.Found.Count > 0).ToList();
        if (found.Count == 0) return null;
        var best = found.MaxBy(c => c.Found.Sum());
        var share = best.Found.Sum() / found.Sum(c => c.Found.Sum());
        return new(part, key, best.Value, Confidence(share, best.Found.ConversationsOf()), best.Found.Places());
    }
}
