using CrmAi.Domain.Conversations;

namespace CrmAi.Infrastructure.Conversations.Rules;

/// <summary>What was talked about; the value is the section's name in topics.txt, the quote its first mention.</summary>
static class Topics
{
    public static IEnumerable<Finding> In(Conversation conversation, LexiconFiles lexicons) =>
        conversation.Clauses.SelectMany(c => lexicons.Topics.In(c)).GroupBy(h => h.Section).OrderByDescending(g => g.Sum(h => h.Weight)).Take(6)
            .Select(g => new Finding(FindingKind.Topic, conversation.Evidence(g.First().Raw.Start, g.First().Raw.End), Math.Min(0.9, 0.5 + (0.1 * g.Count()))) { Value = g.Key });
}
