using CrmAi.Domain.Conversations;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>Hints at the customer's manner, by the sections of cues.txt. Each says little by itself; a profile is made of many.</summary>
static class Cues
{
    const double Enough = 0.7;
    const int MostOfOne = 4, Most = 60;
    const string Expressive = "style.expressive";

    /// <summary>Voices of the customer alone: what our notes tell of them counts too, our own words do not.</summary>
    public static IEnumerable<Finding> In(Conversation conversation, LexiconFiles lexicons) =>
        conversation.Theirs.SelectMany(c => lexicons.Cues.In(c)).Where(h => h.Weight >= Enough && !Negation.Denies(h, lexicons))
            .Select(h => (h.Section, h.Clause, h.Weight, Evidence: conversation.Evidence(h.Clause)))
            .Concat(Exclaimed(conversation))
            .GroupBy(h => h.Section)
            .SelectMany(g => g.OrderByDescending(h => h.Weight).DistinctBy(h => h.Clause).Take(MostOfOne))
            .Take(Most)
            .Select(h => new Finding(FindingKind.Cue, h.Evidence, Math.Min(0.9, 0.4 + (0.25 * h.Weight))) { Value = h.Section });

    // Two exclamation marks and more: punctuation ends a clause, so that no pattern sees it.
    static IEnumerable<(string Section, Clause Clause, double Weight, Domain.Shared.Evidence Evidence)> Exclaimed(Conversation conversation)
    {
        var text = conversation.Input.Text;
        foreach (var clause in conversation.Theirs.Where(c => c.Voice == Voice.Customer))
        {
            var end = clause.End;
            while (end < text.Length && text[end] is '!' or '！') end++;
            if (end - clause.End > 1) yield return (Expressive, clause, 1, conversation.Evidence(clause.Start, end));
        }
    }
}
