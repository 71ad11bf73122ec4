using System.Text.Json;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.PromptTexts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.PromptTexts;

/// <summary>Asks a model twice: told what holds, and told what an administrator tries. Done again, both answers are in the cache.</summary>
internal sealed class PromptPreviewJob(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, PromptSource source, IEnumerable<IPromptTrial> trials, ILiveUpdates live, TimeProvider time) : IJobHandler
{
    public static string Kind => "prompt.preview";

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var preview = await db.PromptPreviews.SingleOrDefaultAsync(p => p.Id == lease.SubjectId, ct);
        if (preview is null || !viewer.May(Operation.Administer) || !await PromptPreviews.IsSeenAsync(db, viewer, preview.ContactId, preview.InteractionId, ct))
        {
            await lease.FinishAsync(db, Now, JobState.Cancelled, ct);
            await db.SaveChangesAsync(ct);
            return;
        }
        try
        {
            var (task, trial) = (source.Find(preview.Task)!, trials.Single(t => t.Task == preview.Task));
            var published = (await source.ForAsync(task, viewer.Id, preview.ContactId, ct)).AsPreview();
            var edited = (await source.WithAsync(task, preview.Language, preview.Parts, viewer.Id, preview.ContactId, ct)).AsPreview();
            var sides = new PromptSides(await TryAsync(published), await TryAsync(edited));
            preview.Result = JsonSerializer.Serialize(sides, JsonColumns.Options);
            await lease.FinishAsync(db, Now, JobState.Done, ct);
            await db.SaveChangesAsync(ct);

            PreviewSide Nothing(Prompts prompts, string why) => new(prompts.In(preview.Language).Version, [], 0, null, null, null, why);

            async Task<PreviewSide> TryAsync(Prompts prompts)
            {
                try
                {
                    return await trial.TryAsync(prompts, preview.Language, preview.ContactId, preview.InteractionId, viewer, ct) ?? Nothing(prompts, "prompt.nothing");
                }
                catch (ModelUnavailableException none)
                {
                    return Nothing(prompts, none.Code);
                }
            }
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another trial of the same person has taken its place meanwhile, or its contact is gone.
            await using var again = await contexts.CreateDbContextAsync(ct);
            if (await again.PromptPreviews.AnyAsync(p => p.Id == lease.SubjectId, ct)) throw;
            await lease.FinishAsync(again, Now, JobState.Cancelled, ct);
            await again.SaveChangesAsync(ct);
        }
        finally
        {
            live.Publish(LiveTopic.Prompts);
        }
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
