using CrmAi.Domain.Conversations;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>Hints at the customer's manner, by the sections of cues.txt. Each says little by itself; a profile is made of many.</summary>
static class Cues
{
    const double Enough = 0.7;
    const int MostOfOne = 4, Most = 40;

    /// <summary>Voices of the customer alone: what our notes tell of them counts too, our own words do not.</summary>
    public static IEnumerable<Finding> In(Conversation conversation, LexiconFiles lexicons) =>
        conversation.Theirs.SelectMany(c => lexicons.Cues.In(c)).Where(h => h.Weight >= Enough && !Negation.Denies(h, lexicons))
            .GroupBy(h => h.Section)
            .SelectMany(g => g.DistinctBy(h => h.Clause).OrderByDescending(h => h.Weight).Take(MostOfOne))
            .Take(Most)
            .Select(h => new Finding(FindingKind.Cue, conversation.Evidence(h.Clause), Math.Min(0.9, 0.4 + (0.25 * h.Weight))) { Value = h.Section });
}
