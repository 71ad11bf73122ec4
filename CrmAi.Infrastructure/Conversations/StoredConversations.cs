using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Infrastructure.Data;

namespace CrmAi.Infrastructure.Conversations;

/// <summary>Turns a checked result into rows.</summary>
internal static class StoredConversations
{
    private const int MaxValue = 200;

    public static void Add(AppDbContext db, Interaction interaction, ConversationResult result, AiRun run)
    {
        db.Analyses.Add(Analysis(interaction, result, run));
        db.Findings.AddRange(Findings(interaction, result));
    }

    public static ConversationAnalysis Analysis(Interaction interaction, ConversationResult result, AiRun run) => new()
    {
        InteractionId = interaction.Id,
        ContactId = interaction.ContactId,
        AiRunId = run.Id,
        Sentiment = result.Sentiment,
        SentimentConfidence = result.SentimentConfidence,
        Disc = result.Disc,
        DiscConfidence = result.DiscConfidence,
        Stage = result.Stage,
        StageConfidence = result.StageConfidence,
        SuspectedInjection = result.SuspectedInjection,
        Summary = [.. result.Summary.Select(e => new TextSpan(e.Start, e.Length))],
        NextAction = result.NextAction?.Kind,
        NextActionSpan = result.NextAction is { } next ? new(next.Evidence.Start, next.Evidence.Length) : null,
        NextActionDue = result.NextAction?.DueOn,
        Analyst = run.Analyst,
        AnalystVersion = run.AnalystVersion,
        InputDigest = run.InputDigest,
        AnalysedAt = run.At,
    };

    public static IEnumerable<ConversationFinding> Findings(Interaction interaction, ConversationResult result) => result.Findings.Select(f => new ConversationFinding
    {
        InteractionId = interaction.Id,
        ContactId = interaction.ContactId,
        Kind = f.Kind,
        Objection = f.Objection,
        Value = f.Value is { Length: > MaxValue } ? f.Value[..MaxValue] : f.Value,
        AmountMinor = f.AmountMinor,
        Currency = f.Currency,
        Date = f.Date,
        Time = f.Time,
        Confidence = f.Confidence,
        Start = f.Evidence.Start,
        Length = f.Evidence.Length,
    });
}
