using CrmAi.Domain.Conversations;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>One to three sentences of the text that carry the most findings, in their order.</summary>
static class Summaries
{
    const int Sentences = 3;

    public static IReadOnlyList<Evidence> Of(Conversation conversation, IReadOnlyList<Finding> findings)
    {
        var sentences = conversation.Clauses.GroupBy(c => c.Sentence)
            .Select(s => (Start: s.First().Start, End: s.Last().End, Voice: s.First().Voice)).Where(s => s.End - s.Start > 1).ToList();
        var places = findings.Where(f => f.Kind is not (FindingKind.Injection or FindingKind.Topic)).Select(f => (f.Evidence.Start, Weight: Weight(f.Kind) * f.Confidence)).OrderBy(p => p.Start).ToList();
        var scored = new List<(int Start, int End, double Score)>();
        var next = 0;
        foreach (var s in sentences)
        {
            var score = s.Voice == Voice.Us ? -0.2 : 0;
            while (next < places.Count && places[next].Start < s.Start) next++;
            for (; next < places.Count && places[next].Start < s.End; next++) score += places[next].Weight;
            scored.Add((s.Start, s.End, score));
        }

        var chosen = scored.Where(s => s.Score > 0).OrderByDescending(s => s.Score).Take(Sentences).ToList();
        if (chosen.Count == 0) chosen = scored.Take(1).ToList();
        return chosen.OrderBy(s => s.Start).Select(s => conversation.Evidence(s.Start, s.End)).ToList();
    }

    static double Weight(FindingKind kind) => kind switch
    {
        FindingKind.FollowUp or FindingKind.Objection or FindingKind.BuyingSignal or FindingKind.Budget => 1.5,
        FindingKind.Disc or FindingKind.Sentiment or FindingKind.Stage => 0.5,
        _ => 1,
    };
}
