using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Interactions;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Conversations;

/// <summary>Puts stored results and the state of their jobs together for pages. Each quote is cut from the text itself.</summary>
internal sealed class AnalysisViews : IAnalysisViews
{
    public async Task<IReadOnlyDictionary<Guid, AnalysisView>> OfAsync(AppDbContext db, IReadOnlyList<Interaction> interactions, CancellationToken ct)
    {
        var ids = interactions.Select(i => i.Id).ToList();
        var analyses = await db.Analyses.AsNoTracking().Where(a => ids.Contains(a.InteractionId)).ToDictionaryAsync(a => a.InteractionId, ct);
        var findings = (await db.Findings.AsNoTracking().Where(f => ids.Contains(f.InteractionId) && f.Kind != FindingKind.Cue).OrderBy(f => f.Start).ToListAsync(ct)).ToLookup(f => f.InteractionId);
        var jobs = (await db.Jobs.AsNoTracking().Where(j => ids.Contains(j.SubjectId) && j.Kind == ConversationJob.Kind).ToListAsync(ct)).GroupBy(j => j.SubjectId).ToDictionary(g => g.Key, g => g.MaxBy(j => j.Id)!);
        var runIds = analyses.Values.Select(a => a.AiRunId).ToList();
        var runs = await db.AiRuns.AsNoTracking().Where(r => runIds.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => new { r.Milliseconds, r.Useful, r.ErrorCode }, ct);
        return interactions.ToDictionary(i => i.Id, i =>
        {
            var job = jobs.GetValueOrDefault(i.Id);
            var analysis = analyses.GetValueOrDefault(i.Id);
            var state = StateOf(job, analysis);
            if (analysis is null) return AnalysisView.Nothing with { State = state, ErrorCode = job?.ErrorCode };
            var run = runs[analysis.AiRunId];
            return new AnalysisView(state, job?.State == JobState.Failed ? job.ErrorCode : null, analysis.AiRunId, analysis.Sentiment, analysis.SentimentConfidence, analysis.Disc, analysis.DiscConfidence,
                analysis.Stage, analysis.SuspectedInjection, [.. analysis.Summary.Select(s => new Evidence(i.Id, s.Start, s.Length).QuoteIn(i.Content)).OfType<string>()],
                Next(analysis, i.Content), analysis.Analyst, analysis.AnalystVersion, run.Milliseconds, run.Useful, [.. findings[i.Id].Select(f => Quoted(f, i)).OfType<QuotedFinding>()], run.ErrorCode);
        });
    }

    public static QuotedFinding? Quoted(ConversationFinding f, Interaction interaction) => f.Evidence.QuoteIn(interaction.Content) is { } quote
        ? new(f.Id, f.Kind, f.Objection, f.Value, f.AmountMinor, f.Currency, f.Date, f.Time, f.Confidence, f.Evidence, quote, interaction.At) : null;

    public static NextActionView? Next(ConversationAnalysis analysis, string text)
    {
        if (analysis.NextAction is not { } kind || analysis.NextActionSpan is not { } span) return null;
        var evidence = new Evidence(analysis.InteractionId, span.Start, span.Length);
        return evidence.QuoteIn(text) is { } quote ? new(kind, quote, evidence, analysis.NextActionDue) : null;
    }

    private static AnalysisState StateOf(JobRun? job, ConversationAnalysis? analysis) => job?.State switch
    {
        JobState.Waiting => AnalysisState.Waiting,
        JobState.Running => AnalysisState.Running,
        JobState.Failed => AnalysisState.Failed,
        _ => analysis is null ? AnalysisState.None : AnalysisState.Done,
    };
}
