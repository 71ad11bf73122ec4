using CrmAi.Domain.Conversations;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>Who decides, as the customer tells it; somebody who only cannot decide is an objection, not a decision maker.</summary>
static class DecisionMakers
{
    static readonly string[] Whose = ["our ", "the ", "my ", "their ", "his ", "her "];

    public static IEnumerable<Finding> In(Conversation conversation, LexiconFiles lexicons)
    {
        foreach (var clause in conversation.Theirs)
        {
            var hit = lexicons.DecisionMakers.In(clause).Where(h => h.Section == "decides" && !Negation.Denies(h, lexicons)).MaxBy(h => h.Weight);
            if (hit is null) continue;
            yield return new(FindingKind.DecisionMaker, conversation.Evidence(clause), Math.Clamp(0.5 + (0.15 * hit.Weight), 0, 0.95))
            {
                Value = Person(clause, lexicons) is { } p ? Named(conversation.Input.Text[clause.Folded.RawStart(p.Start)..clause.Folded.RawEnd(p.End)].Trim()) : null,
            };
        }
    }

    // "Our CFO" is a CFO; whose is plain from the contact.
    static string Named(string person) =>
        Whose.FirstOrDefault(w => person.StartsWith(w, StringComparison.OrdinalIgnoreCase)) is { } whose ? person[whose.Length..] : person;

    // Somebody with a name before a mere office or body: 采购总监蔡总 is 蔡总.
    static (int Start, int End)? Person(Clause clause, LexiconFiles lexicons)
    {
        foreach (var hit in lexicons.DecisionMakers.In(clause).Where(h => h.Section is "person" or "title").OrderBy(h => h.Section == "title" ? 0 : 1))
        {
            for (var match = hit.Match; match.Success; match = match.NextMatch())
            {
                if (hit.Section != "title") return (hit.Start, hit.End);
                // 总 as in 总部 is no title.
                if (clause.Text.AsSpan(match.Index + match.Length) is ['部' or '公', ..]) continue;
                if (lexicons.Names.Start(clause.Text, match.Index) is { } start) return (start, match.Index + match.Length);
            }
        }

        return null;
    }
}
