using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Infrastructure.Conversations;

namespace CrmAi.Tests.Conversations;

/// <summary>One analyst for all tests of the rules, and short ways to ask it.</summary>
static class Conversations
{
    public static readonly RulesConversationAnalyst Analyst = new();

    /// <summary>A Wednesday.</summary>
    public static readonly DateTimeOffset Wednesday = new(2026, 10, 14, 10, 0, 0, TimeSpan.FromHours(8));

    public static ConversationResult Read(string text, InteractionType type = InteractionType.Call, InteractionDirection direction = InteractionDirection.Outbound, DateTimeOffset? at = null) =>
        Analyst.AnalyseAsync(new(Guid.Empty, type, direction, at ?? Wednesday, text, ChatContext.At(at ?? Wednesday)), Guid.Empty, CancellationToken.None).GetAwaiter().GetResult().Result;

    public static List<string> Quotes(this ConversationResult result, FindingKind kind, string text) =>
        result.Findings.Where(f => f.Kind == kind).Select(f => f.Evidence.QuoteIn(text).ShouldNotBeNull()).ToList();
}
