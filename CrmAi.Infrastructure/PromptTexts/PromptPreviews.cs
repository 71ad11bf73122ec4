using System.Text.Json;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.PromptTexts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.PromptTexts;

internal sealed class PromptPreviews(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, PromptSource source, IEnumerable<IPromptTrial> trials, IModelCalls models, TimeProvider time) : IPromptPreviews
{
    private const int MostTalks = 30, OpeningLength = 60;

    public async Task<Result<IReadOnlyList<PreviewTalk>>> TalksAsync(Guid contactId, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.Administer)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await db.Contacts.VisibleTo(viewer).AnyAsync(c => c.Id == contactId, ct)) return Error.NotFound;
        var found = await db.Interactions.VisibleTo(viewer, db).Where(i => i.ContactId == contactId && !i.IsScheduled && i.Content != "").OrderByDescending(i => i.At).ThenByDescending(i => i.Id).Take(MostTalks)
            .Select(i => new { i.Id, i.Type, i.At, Opening = i.Content.Substring(0, OpeningLength) }).ToListAsync(ct);
        return found.ConvertAll(i => new PreviewTalk(i.Id, i.Type, i.At, i.Opening.ReplaceLineEndings(" ").Trim()));
    }

    public async Task<Result<Guid>> StartAsync(string task, string language, PreviewOrder order, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.Administer)) return Error.Forbidden;
        if (source.Find(task) is not { } known || !known.Files.TryGetValue(language, out var file)) return Error.NotFound;
        if (models.ModelOf(known.Type) is null) return new Error("prompt.model.none", null);
        if (trials.SingleOrDefault(t => t.Task == task) is not { } trial) return new Error("prompt.preview.none", null);
        order = order with { Parts = [.. order.Parts.Select(PromptRules.Clean)], InteractionId = trial.NeedsTalk ? order.InteractionId : null };
        var errors = PromptRules.Check(order.Parts, file.Parts, known.Fields).Concat(PromptTexts.Addresses(order.Parts)).ToList();
        if (errors.Count > 0) return Result.Refused<Guid>(errors);
        if (trial.NeedsTalk && order.InteractionId is null) return new Error("prompt.talk.empty", nameof(order.InteractionId));
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (!await IsSeenAsync(db, viewer, order.ContactId, order.InteractionId, ct)) return Error.NotFound;
        var now = time.GetUtcNow().UtcDateTime;
        db.PromptPreviews.RemoveRange(await db.PromptPreviews.Where(p => p.UserId == viewer.Id).ToListAsync(ct));
        var preview = new PromptPreview { UserId = viewer.Id, Task = task, Language = language, Parts = [.. order.Parts], ContactId = order.ContactId, InteractionId = order.InteractionId, At = now };
        db.PromptPreviews.Add(preview);
        db.Jobs.Add(new() { Kind = PromptPreviewJob.Kind, Lane = JobLane.Person, SubjectId = preview.Id, UserId = viewer.Id, ByHand = true, Total = 1, DueAt = now, CreatedAt = now });
        // Two windows of one person: the later one starts again.
        return await db.TrySaveAsync(ct) is { } refusal ? refusal : preview.Id;
    }

    public async Task<Result<PreviewView>> GetAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.Administer)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var preview = await db.PromptPreviews.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.UserId == viewer.Id, ct);
        if (preview is null || !await IsSeenAsync(db, viewer, preview.ContactId, preview.InteractionId, ct)) return Error.NotFound;
        if (preview.Result is { } result) return JsonSerializer.Deserialize<PromptSides>(result, JsonColumns.Options) is { } sides ? new PreviewView(id, null, sides.Published, sides.Edited) : Error.NotFound;
        var job = await db.Jobs.AsNoTracking().Where(j => j.SubjectId == id && j.Kind == PromptPreviewJob.Kind).Select(j => new { j.State, j.ErrorCode }).SingleAsync(ct);
        return new PreviewView(id, job.State is JobState.Failed or JobState.Cancelled ? job.ErrorCode ?? "job.fault" : null, null, null);
    }

    internal static async Task<bool> IsSeenAsync(AppDbContext db, Viewer viewer, Guid contactId, Guid? interactionId, CancellationToken ct) =>
        await db.Contacts.VisibleTo(viewer).AnyAsync(c => c.Id == contactId, ct)
        && (interactionId is not { } talk || await db.Interactions.VisibleTo(viewer, db).AnyAsync(i => i.Id == talk && i.ContactId == contactId, ct));
}

internal sealed record PromptSides(PreviewSide Published, PreviewSide Edited);
