using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Conversations;

/// <summary>Lets through only what the text supports. Applies to every analyst alike.</summary>
public static class ConversationCheck
{
    /// <summary>
    /// Drops each finding whose evidence is not a place in the text or belongs to another interaction, and what rests on it.
    /// Refused (null) where there were claims and every one of them fell.
    /// </summary>
    public static CheckedConversation? Apply(ConversationInput input, ConversationResult result)
    {
        bool Stands(Evidence e) => e.InteractionId == input.InteractionId && e.QuoteIn(input.Text) is { } quote && !string.IsNullOrWhiteSpace(quote);

        var kept = result.Findings.Where(f => Stands(f.Evidence) && f.Confidence is >= 0 and <= 1).ToList();
        var summary = result.Summary.Where(Stands).ToList();
        var claims = result.Findings.Count + result.Summary.Count;
        var dropped = claims - kept.Count - summary.Count;
        if (claims > 0 && dropped == claims) return null;

        // A class without a quote of its own is no fact: it falls back to "not enough evidence".
        bool Quoted(FindingKind kind) => kept.Exists(f => f.Kind == kind);
        var checkedResult = result with
        {
            Findings = kept,
            Summary = summary,
            Disc = Quoted(FindingKind.Disc) ? result.Disc : null,
            Stage = Quoted(FindingKind.Stage) ? result.Stage : null,
            Sentiment = result.Sentiment != Interactions.Sentiment.Neutral && !Quoted(FindingKind.Sentiment) ? Interactions.Sentiment.Neutral : result.Sentiment,
            NextAction = result.NextAction is { } next && Stands(next.Evidence) ? next : null,
        };
        return new(checkedResult, dropped);
    }
}

/// <param name="Dropped">Claims whose quote is not in the text.</param>
public sealed record CheckedConversation(ConversationResult Result, int Dropped);
