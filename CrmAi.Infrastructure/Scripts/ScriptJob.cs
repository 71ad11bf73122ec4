using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Scripts;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Scripts;

/// <summary>Has a take written, and stores each sentence as it comes, so that whoever looks on reads along. Begun anew, it begins from an empty page.</summary>
internal sealed class ScriptJob(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, IProfiles profiles, ScriptAnalysts analysts, ILiveUpdates live, TimeProvider time) : IJobHandler
{
    public static string Kind => "script";

    public static JobRun JobOf(ScriptDraft draft, DateTime now) =>
        new() { Kind = Kind, Lane = JobLane.Watched, SubjectId = draft.Id, ContactId = draft.ContactId, UserId = draft.UserId, Total = 1, DueAt = now, CreatedAt = now };

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var draft = await db.ScriptDrafts.AsNoTracking().SingleOrDefaultAsync(d => d.Id == lease.SubjectId && d.UserId == viewer.Id, ct);
        var input = draft is null ? null : await ScriptInputs.OfAsync(db, viewer, draft, await profiles.GetAsync(draft.ContactId, ct), time.GetUtcNow().UtcDateTime, ct);
        await using var page = draft is null ? null : new ScriptPage(contexts, user, live, time, lease, draft, ct);
        if (page is null || input is null || !await page.IsWantedAsync())
        {
            await CancelAsync(db, lease, ct);
            return;
        }
        var watch = Stopwatch.StartNew();
        try
        {
            page.Watch();
            var written = await analysts.WriteAsync(input, viewer.Id, page.ShowAsync, page.Stopped);
            await EndAsync(db, lease, draft!, input, written, (int)watch.ElapsedMilliseconds, ct);
        }
        catch (OperationCanceledException) when (page.IsUnwanted)
        {
            await page.ClearAsync();
            await CancelAsync(db, lease, ct);
        }
        live.Publish(LiveTopic.ScriptsFor(draft!.SuggestionId));
    }

    /// <summary>Over all that was read, and who wrote of it.</summary>
    public static byte[] DigestOf(ScriptInput input, AnalystMark by) =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { input = input with { Names = [], OwnChannels = [] }, by.Analyst, by.Version }, JsonColumns.Options));

    private async Task EndAsync(AppDbContext db, JobLease lease, ScriptDraft draft, ScriptInput input, WrittenScript written, int milliseconds, CancellationToken ct)
    {
        var by = written.By;
        var run = new AiRun
        {
            Type = AiRunType.Script, UserId = draft.UserId, ContactId = draft.ContactId, InputDigest = DigestOf(input, by), Analyst = by.Analyst, AnalystVersion = by.Version, PromptVersion = by.PromptVersion,
            InputTokens = by.InputTokens, OutputTokens = by.OutputTokens, CostMicros = by.CostMicros, Milliseconds = milliseconds, Claims = written.Kept, Dropped = written.Dropped,
            ErrorCode = written.Kept == 0 ? "script.nothing" : by.Note, At = time.GetUtcNow().UtcDateTime,
        };
        db.AiRuns.Add(run);
        if (written.Kept == 0)
        {
            await db.SaveChangesAsync(ct);
            throw new JobRefusedException("script.nothing");
        }
        db.ScriptTakes.Add(new() { DraftId = draft.Id, Take = draft.Take, AiRunId = run.Id, Tone = draft.Tone, HasStyle = input.Style.IsKnown });
        await lease.FinishAsync(db, time.GetUtcNow().UtcDateTime, JobState.Done, ct);
        await db.SaveChangesAsync(ct);
    }

    private async Task CancelAsync(AppDbContext db, JobLease lease, CancellationToken ct)
    {
        await lease.FinishAsync(db, time.GetUtcNow().UtcDateTime, JobState.Cancelled, ct);
        await db.SaveChangesAsync(ct);
    }
}
