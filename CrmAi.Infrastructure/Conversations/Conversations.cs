using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Conversations;

internal sealed class Conversations(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, TimeProvider time) : IConversations
{
    private const int MaxComment = 1000, MaxMoods = 24, MaxFindings = 400, StepsFrom = 10;

    public async Task<Result> AnalyseAsync(Guid interactionId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var interaction = await db.Interactions.VisibleTo(viewer, db).AsNoTracking().SingleOrDefaultAsync(i => i.Id == interactionId, ct);
        if (interaction is null) return Error.NotFound;
        if (!viewer.May(Operation.WriteInteractions)) return Error.Forbidden;
        // One that waits by itself is from now on asked for, whatever is switched off before it runs.
        if (await db.Jobs.Where(j => j.SubjectId == interactionId && j.Kind == ConversationJob.Kind && (j.State == JobState.Waiting || j.State == JobState.Running)).ExecuteUpdateAsync(set => set.SetProperty(j => j.ByHand, true), ct) > 0)
            return new Error("analysis.running", null);
        var job = AnalysisRequests.JobOf(interaction, viewer.Id, time.GetUtcNow().UtcDateTime);
        job.ByHand = true;
        db.Jobs.Add(job);
        await db.SaveChangesAsync(ct);
        return Result.Ok;
    }

    public async Task<Result> RateAsync(Guid aiRunId, bool useful, string? comment, CancellationToken ct)
    {
        if (comment?.Length > MaxComment) return new Error("feedback.comment.long", nameof(comment), MaxComment);
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var visible = db.Interactions.VisibleTo(viewer, db);
        var contacts = db.Contacts.VisibleTo(viewer);
        var run = await db.AiRuns.SingleOrDefaultAsync(r => r.Id == aiRunId && (visible.Any(i => i.Id == r.InteractionId) || ((r.Type == AiRunType.Profile || (r.Type == AiRunType.Script && r.UserId == viewer.Id)) && contacts.Any(c => c.Id == r.ContactId))), ct);
        if (run is null) return Error.NotFound;
        if (!viewer.May(Operation.WriteInteractions)) return Error.Forbidden;
        var kept = comment ?? (run.Useful == useful ? run.Comment : null);
        (run.Useful, run.Rating, run.Comment, run.RatedAt) = (useful, useful ? 5 : 1, string.IsNullOrWhiteSpace(kept) ? null : kept.Trim(), time.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(ct);
        return Result.Ok;
    }

    private DateOnly Today(Viewer viewer)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(viewer.TimeZone, out var found) ? found : TimeZoneInfo.Utc;
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime);
    }

    public async Task<ContactInsight?> InsightAsync(Guid contactId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Contacts.VisibleTo(viewer).AnyAsync(c => c.Id == contactId, ct)) return null;
        var visible = db.Interactions.VisibleTo(viewer, db).Where(i => i.ContactId == contactId);
        var waiting = await db.Jobs.CountAsync(j => j.ContactId == contactId && j.Kind == ConversationJob.Kind && (j.State == JobState.Waiting || j.State == JobState.Running) && visible.Any(i => i.Id == j.SubjectId), ct);
        var analyses = await db.Analyses.AsNoTracking().Join(visible, a => a.InteractionId, i => i.Id, (Analysis, Interaction) => new { Analysis, Interaction }).OrderByDescending(x => x.Interaction.At).ToListAsync(ct);
        var texts = analyses.ToDictionary(x => x.Interaction.Id, x => x.Interaction);
        var findings = await db.Findings.AsNoTracking().Where(f => f.ContactId == contactId && f.Kind != FindingKind.Cue && visible.Any(i => i.Id == f.InteractionId)).ToListAsync(ct);
        var quoted = findings.Where(f => texts.ContainsKey(f.InteractionId)).Select(f => AnalysisViews.Quoted(f, texts[f.InteractionId])).OfType<QuotedFinding>()
            .OrderByDescending(f => f.At).ThenBy(f => f.Evidence.Start).Take(MaxFindings).ToList();
        var (disc, confidence) = DiscOpinion.Of([.. analyses.Select(x => x.Analysis)]);
        return new(analyses.Count, waiting, disc, confidence,
            [.. analyses.Take(MaxMoods).Reverse().Select(x => new MoodPoint(x.Interaction.Id, x.Interaction.At, x.Analysis.Sentiment))],
            NextStep.Of([.. analyses.Where(x => !x.Interaction.IsScheduled).Take(StepsFrom).Select(x => AnalysisViews.Next(x.Analysis, x.Interaction.Content)).OfType<NextActionView>()], Today(viewer)), quoted);
    }
}
