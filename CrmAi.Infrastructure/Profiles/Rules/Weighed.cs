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

    /// <summary>Whether a cue of the section stands in the words of a finding.</summary>
    public bool Said(string section, Weighed finding) => cues[section].Any(c => c.Conversation == finding.Conversation && Weighing.Overlap(c.Finding.Evidence, finding.Finding.Evidence));

    public static double Age(TimeSpan since) => Math.Pow(0.5, Math.Max(0, since.TotalDays) / HalfLifeDays);
}

static class Weighing
{
    /// <summary>What one conversation shows of a person may be its mood.</summary>
    public const int EnoughToJudge = 2;

    /// <summary>Manner of speaking and type of person are seen in much the same words, yet are two things.</summary>
    public const double Kinship = 0.5;

    /// <summary>How sure so many conversations make: share × (1 − 0.5^n), as with a DISC type.</summary>
    public static double Confidence(double share, int conversations) => share * (1 - Math.Pow(0.5, conversations));

    public static bool Overlap(Evidence a, Evidence b) => a.InteractionId == b.InteractionId && a.Start < b.Start + b.Length && b.Start < a.Start + a.Length;

    public static int ConversationsOf(this IEnumerable<Weighed> found) => found.Select(w => w.Conversation.InteractionId).Distinct().Count();

    public static double Sum(this IEnumerable<Weighed> found) => found.Sum(w => w.Weight);

    /// <summary>The places that count most, at most one a conversation before any second one.</summary>
    public static IReadOnlyList<Evidence> Places(this IEnumerable<Weighed> found) =>
        [.. found.OrderByDescending(w => w.Weight).GroupBy(w => w.Conversation.InteractionId).SelectMany(g => g.Select((w, rank) => (w, rank)))
            .OrderBy(x => x.rank).ThenByDescending(x => x.w.Weight).Select(x => x.w.Finding.Evidence).Distinct().Take(ProfileCheck.MaxEvidence)];

    /// <summary>The latest that was said of it.</summary>
    public static Weighed? Latest(this IEnumerable<Weighed> found) => found.MaxBy(w => (w.Conversation.At, w.Finding.Evidence.Start));

    /// <summary>The code that outweighs the others.</summary>
    /// <param name="conversations">In how many it must be heard, and in more places than that: who is curt once is in a hurry.</param>
    /// <param name="kin">What speaks for the same code in another part of a profile. It counts at <see cref="Kinship"/> of its weight, and only beside words of the code's own where <paramref name="own"/> is asked for.</param>
    public static ProfileClaim? Strongest(
        this ProfileReading reading, ProfilePart part, string key, IEnumerable<(string Value, IReadOnlyList<Weighed> Found)> choices, Func<string, IReadOnlyList<Weighed>> kin, int conversations = EnoughToJudge, bool own = false)
    {
        var found = choices.Select(c => (c.Value, c.Found, Kin: own && c.Found.Count == 0 ? [] : kin(c.Value))).Select(c => (c.Value, c.Found, c.Kin, Sum: c.Found.Sum() + (Kinship * c.Kin.Sum()))).Where(c => c.Sum > 0).ToList();
        if (found.Count == 0) return null;
        var best = found.MaxBy(c => c.Sum);
        IReadOnlyList<Weighed> all = [.. best.Found, .. best.Kin];
        if (all.ConversationsOf() < conversations || all.Select(w => w.Finding.Evidence).Distinct().Count() <= conversations) return null;
        return new(part, key, best.Value, Confidence(best.Sum / found.Sum(c => c.Sum), all.ConversationsOf()), own ? best.Found.Places() : all.Places());
    }
}
