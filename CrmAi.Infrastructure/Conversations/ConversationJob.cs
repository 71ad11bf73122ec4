using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Conversations;

/// <summary>Has one conversation analysed, and stores what its text supports.</summary>
internal sealed class ConversationJob(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, IConversationAnalyst analyst, TimeProvider time) : IJobHandler
{
    public static string Kind => "conversation";

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var interaction = await db.Interactions.VisibleTo(viewer, db).AsNoTracking().SingleOrDefaultAsync(i => i.Id == lease.SubjectId, ct);
        if (interaction is null || !await lease.IsWantedAsync(db, u => u.AutoAnalysis, ct))
        {
            await lease.FinishAsync(db, Now, JobState.Cancelled, ct);
            await db.SaveChangesAsync(ct);
            return;
        }
        var input = await ConversationInputs.OfAsync(db, interaction, ct);
        var last = await db.Analyses.AsNoTracking().Where(a => a.InteractionId == interaction.Id)
            .Join(db.AiRuns, a => a.AiRunId, r => r.Id, (a, r) => new LastMade(a.InputDigest, new AnalystMark(r.Analyst, r.AnalystVersion, r.PromptVersion, null, null, null, r.ErrorCode))).SingleOrDefaultAsync(ct);
        var version = await analyst.VersionAsync(viewer.Id, interaction.ContactId, ct);
        if (last is not null && last.Digest.AsSpan().SequenceEqual(DigestOf(input, new(analyst.Name, version))))
        {
            await EndAsync(db, lease, ct);
            return;
        }
        var watch = Stopwatch.StartNew();
        var (result, by) = await analyst.AnalyseAsync(input, viewer.Id, ct);
        var milliseconds = (int)watch.ElapsedMilliseconds;
        var digest = DigestOf(input, by);
        if (last?.Outdoes(by, digest, DigestOf(input, last.By)) == true)
        {
            await EndAsync(db, lease, ct);
            return;
        }
        var kept = ConversationCheck.Apply(input, result);
        var run = new AiRun
        {
            Type = AiRunType.Conversation, UserId = viewer.Id, ContactId = interaction.ContactId, InteractionId = interaction.Id, InputDigest = digest, Analyst = by.Analyst, AnalystVersion = by.Version,
            PromptVersion = by.PromptVersion, InputTokens = by.InputTokens, OutputTokens = by.OutputTokens, CostMicros = by.CostMicros, Milliseconds = milliseconds, Claims = kept?.Result.Findings.Count ?? 0, Dropped = kept?.Dropped ?? result.Findings.Count, ErrorCode = kept is null ? "analysis.uncited" : by.Note, At = Now,
        };
        if (kept is null)
        {
            // The refusal itself is on record; the text and everything else stay as they are.
            db.AiRuns.Add(run);
            await db.SaveChangesAsync(ct);
            throw new JobRefusedException("analysis.uncited");
        }
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Analyses.Where(a => a.InteractionId == interaction.Id).ExecuteDeleteAsync(ct);
        await db.Findings.Where(f => f.InteractionId == interaction.Id).ExecuteDeleteAsync(ct);
        db.AiRuns.Add(run);
        StoredConversations.Add(db, interaction, kept.Result, run, digest);
        await lease.FinishAsync(db, Now, JobState.Done, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Over everything the analyst reads and who made the result of it: what rules made in a model's stead is made anew when the model is back.</summary>
    public static byte[] DigestOf(ConversationInput input, AnalystMark by) =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { input = input with { Names = [], ContactId = null }, Name = by.Analyst, by.Version }, JsonColumns.Options));

    private async Task EndAsync(AppDbContext db, JobLease lease, CancellationToken ct)
    {
        await lease.FinishAsync(db, Now, JobState.Done, ct);
        await db.SaveChangesAsync(ct);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
