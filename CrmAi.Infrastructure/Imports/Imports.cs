using System.Text.Json;
using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.History;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Imports;

internal sealed partial class Imports(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ImportUploads uploads, ImportReports reports, IFileStore files, ILiveUpdates live, TimeProvider time) : IImports
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<Result<ImportDetail>> UploadAsync(string? fileName, Stream content, ImportKind? kind, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.WriteContacts) && !viewer.May(Operation.WriteInteractions)) return Error.Forbidden;
        var added = await uploads.AddAsync(viewer, fileName, content, kind, ct);
        if (!added.Succeeded) return Result.Refused<ImportDetail>(added.Errors);
        live.Publish(LiveTopic.ImportsOf(viewer.Id));
        return (await GetAsync(added.Value, ct))!;
    }

    public async Task<Result<ImportDetail>> ReadAsAsync(Guid id, int version, FileReading reading, ImportKind kind, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await Of(db, viewer).SingleOrDefaultAsync(i => i.Id == id, ct) is not { } import) return Error.NotFound;
        if (import.UserId != viewer.Id) return Error.Forbidden;
        if (Refused(viewer, import, await StateAsync(db, import, ct), version, kind) is { } refusal) return refusal;
        var shape = await uploads.LookAsync(import.StorageKey, import.FileName, reading, ct);
        if (!shape.Succeeded) return Result.Refused<ImportDetail>(shape.Errors);
        await ImportUploads.FillAsync(db, viewer, import, shape.Value, kind, ct);
        return await SavedAsync(db, import, ct);
    }

    public async Task<Result<ImportDetail>> MapAsync(Guid id, int version, ImportPlan plan, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await Of(db, viewer).SingleOrDefaultAsync(i => i.Id == id, ct) is not { } import) return Error.NotFound;
        if (import.UserId != viewer.Id || (plan.ForEverybody && !viewer.May(Operation.Administer))) return Error.Forbidden;
        if (Refused(viewer, import, await StateAsync(db, import, ct), version, import.Kind) is { } refusal) return refusal;
        var (shape, before) = (ImportSources.ShapeOf(import), ImportSources.MappingOf(import));
        var mapping = Mappings.Of(import.Kind, shape, before, plan, await ImportUploads.CustomAsync(db, import.Kind, ct));
        if (!mapping.Succeeded) return Result.Refused<ImportDetail>(mapping.Errors);
        var json = JsonSerializer.Serialize(mapping.Value, JsonColumns.Options);
        (import.Mapping, import.Policy, import.DropsBadValues, import.State, import.Questions, import.CheckedAt) = (json, plan.Policy, plan.DropsBadValues, ImportState.Mapped, null, null);
        if (plan.Remember) await RememberAsync(db, plan.ForEverybody ? Guid.Empty : viewer.Id, ImportUploads.Headers(import.Kind, shape.Columns), json, plan.Policy, Now, ct);
        return await SavedAsync(db, import, ct);
    }

    public Task<Result> CheckAsync(Guid id, CancellationToken ct) => StartAsync(id, ImportCheckJob.Kind, ImportState.Checking, (import, state) =>
        state is ImportState.Uploaded or ImportState.Mapped or ImportState.Checked or ImportState.Failed && import.StartedAt is null ? Mappings.Refusal(import.Kind, ImportSources.MappingOf(import)) : State, ct);

    public Task<Result> RunAsync(Guid id, CancellationToken ct) => StartAsync(id, ImportRunJob.Kind, ImportState.Running, (import, state) =>
        state == ImportState.Checked ? null : import.Questions is not null ? new Error("import.dates", null) : State, ct);

    public Task<Result> ResumeAsync(Guid id, CancellationToken ct) => StartAsync(id, ImportRunJob.Kind, ImportState.Running, (import, state) =>
        import.StartedAt is not null && import.UndoTotal == 0 && state is ImportState.Paused or ImportState.Failed ? null : State, ct);

    public async Task<Result> PauseAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await Of(db, viewer).Where(i => i.Id == id).Select(i => (Guid?)i.UserId).SingleOrDefaultAsync(ct) is not { } owner) return Error.NotFound;
        if (await db.Imports.Where(i => i.Id == id && i.State == ImportState.Running).ExecuteUpdateAsync(set => set.SetProperty(i => i.IsPauseAsked, true), ct) == 0) return State;
        await EndWaitingAsync(db, id, ImportState.Paused, ct);
        Tell(owner, id);
        return Result.Ok;
    }

    public async Task<Result> CancelAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await Of(db, viewer).AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct) is not { } import) return Error.NotFound;
        var now = Now;
        switch (await StateAsync(db, import, ct))
        {
            case ImportState.Running or ImportState.Checking:
                await db.Imports.Where(i => i.Id == id).ExecuteUpdateAsync(set => set.SetProperty(i => i.IsCancelAsked, true), ct);
                await EndWaitingAsync(db, id, import.StartedAt is null ? ImportState.Mapped : ImportState.Cancelled, ct);
                break;
            case ImportState.Paused or ImportState.Failed when import.StartedAt is not null && import.UndoTotal == 0 && IsOwing(import):
                await EndByJobAsync(db, import, ct);
                break;
            case ImportState.Paused or ImportState.Failed when import.StartedAt is not null && import.UndoTotal == 0:
                await db.Imports.Where(i => i.Id == id).ExecuteUpdateAsync(set => set.SetProperty(i => i.State, ImportState.Cancelled).SetProperty(i => i.FinishedAt, now), ct);
                break;
            case ImportState.Uploaded or ImportState.Mapped or ImportState.Checked or ImportState.Failed when import.StartedAt is null:
                // The row last: as long as it is there, what is left of it is found again.
                files.Delete(import.StorageKey);
                await ItemBatches.DeleteAsync(db, id, ImportPhase.Check, ct);
                await db.Imports.Where(i => i.Id == id && i.StartedAt == null).ExecuteDeleteAsync(ct);
                break;
            default: return State;
        }
        Tell(import.UserId, id);
        return Result.Ok;
    }

    public Task<Result> UndoAsync(Guid id, CancellationToken ct) => StartAsync(id, ImportUndoJob.Kind, ImportState.Undoing, (import, state) => UndoRefusal(import, state, Now), ct);

    /// <summary>Null where it can be taken back at this moment.</summary>
    public static Error? UndoRefusal(Import import, ImportState state, DateTime now) => state switch
    {
        ImportState.Undone => new("undo.done", null),
        _ when import.StartedAt is null || state is not (ImportState.Done or ImportState.Cancelled or ImportState.Failed) => State,
        _ when import.StartedAt < now.AddDays(-IHistory.UndoDays) => new("undo.late", null, IHistory.UndoDays),
        _ => import.Created + import.Updated == 0 ? new("import.empty", null) : null,
    };

    private static readonly Error State = new("import.state", null);

    private async Task<Result> StartAsync(Guid id, string kind, ImportState to, Func<Import, ImportState, Error?> refusal, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // The first statement writes: of two who press at the same moment the second waits, and finds it begun.
        await db.Imports.Where(i => i.Id == id).ExecuteUpdateAsync(set => set.SetProperty(i => i.UndoDone, i => i.UndoDone), ct);
        if (await Of(db, viewer).SingleOrDefaultAsync(i => i.Id == id, ct) is not { } import) return Error.NotFound;
        // It runs in its owner's name: nobody else has it begun, though administrators may end it and take it back.
        if (!ImportSources.May(viewer, import.Kind) || (import.UserId != viewer.Id && kind != ImportUndoJob.Kind)) return Error.Forbidden;
        if (refusal(import, await StateAsync(db, import, ct)) is { } refused) return refused;
        var now = Now;
        // Records come as those of whoever sent the file, and are taken back by whoever does.
        var job = new JobRun { Kind = kind, Lane = LaneOf(import, kind), SubjectId = id, UserId = to == ImportState.Undoing ? viewer.Id : import.UserId, Total = Math.Max(1, import.Rows), DueAt = now, CreatedAt = now };
        (import.State, import.JobId, import.IsPauseAsked, import.IsCancelAsked, import.ErrorCode) = (to, job.Id, false, false, null);
        if (to == ImportState.Running) import.StartedAt ??= now;
        if (to == ImportState.Undoing && import.UndoTotal == 0) (import.UndoTotal, import.UndoneFrom) = (import.Created + import.Updated + import.Companies, int.MaxValue);
        db.Jobs.Add(job);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        Tell(import.UserId, id);
        return Result.Ok;
    }

    // A small file is what somebody waits for.
    private static JobLane LaneOf(Import import, string kind) =>
        kind == ImportCheckJob.Kind ? import.Size <= 256 * 1024 ? JobLane.Person : JobLane.Bulk : import.Rows <= 200 ? JobLane.Person : JobLane.Bulk;

    // One that runs sees it before its next batch; one that waits for a worker ends here.
    private async Task EndWaitingAsync(AppDbContext db, Guid id, ImportState state, CancellationToken ct)
    {
        var now = Now;
        var waiting = db.Jobs.Where(j => j.SubjectId == id && j.State == JobState.Waiting && (j.Kind == ImportRunJob.Kind || j.Kind == ImportCheckJob.Kind));
        if (IsOwing(await db.Imports.AsNoTracking().SingleAsync(i => i.Id == id, ct)))
        {
            await waiting.ExecuteUpdateAsync(set => set.SetProperty(j => j.DueAt, now), ct);
            return;
        }
        var ended = await waiting.ExecuteUpdateAsync(set => set.SetProperty(j => j.State, JobState.Cancelled).SetProperty(j => j.FinishedAt, now), ct);
        if (ended == 0) return;
        var finished = state == ImportState.Cancelled ? now : (DateTime?)null;
        await db.Imports.Where(i => i.Id == id).ExecuteUpdateAsync(set => set.SetProperty(i => i.State, state).SetProperty(i => i.FinishedAt, finished).SetProperty(i => i.IsPauseAsked, false).SetProperty(i => i.IsCancelAsked, false), ct);
    }

    // Contacts that are written and not yet found: a job makes up for them before it ends.
    private static bool IsOwing(Import import) => import.Kind != ImportKind.Interactions && import.IndexedNumber < import.LastNumber;

    private async Task EndByJobAsync(AppDbContext db, Import import, CancellationToken ct)
    {
        var now = Now;
        var job = new JobRun { Kind = ImportRunJob.Kind, Lane = LaneOf(import, ImportRunJob.Kind), SubjectId = import.Id, UserId = import.UserId, Total = Math.Max(1, import.Rows), DueAt = now, CreatedAt = now };
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Imports.Where(i => i.Id == import.Id && i.JobId == import.JobId).ExecuteUpdateAsync(set => set.SetProperty(i => i.State, ImportState.Running).SetProperty(i => i.JobId, job.Id).SetProperty(i => i.IsPauseAsked, false).SetProperty(i => i.IsCancelAsked, true), ct) == 0) return;
        db.Jobs.Add(job);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static Error? Refused(Viewer viewer, Import import, ImportState state, int version, ImportKind kind)
    {
        if (!ImportSources.May(viewer, kind)) return Error.Forbidden;
        if (import.Version != version) return Error.Conflict;
        return state is ImportState.Uploaded or ImportState.Mapped or ImportState.Checked || (state == ImportState.Failed && import.StartedAt is null) ? null : State;
    }

    private static async Task RememberAsync(AppDbContext db, Guid userId, byte[] headers, string mapping, DuplicatePolicy policy, DateTime now, CancellationToken ct)
    {
        var memory = await db.MappingMemories.SingleOrDefaultAsync(m => m.UserId == userId && m.Headers == headers, ct);
        if (memory is null) db.MappingMemories.Add(memory = new() { UserId = userId, Headers = headers, Mapping = mapping });
        (memory.Mapping, memory.Policy, memory.SavedAt) = (mapping, policy, now);
    }

    private async Task<Result<ImportDetail>> SavedAsync(AppDbContext db, Import import, CancellationToken ct)
    {
        if (await db.TrySaveAsync(ct) is { } refusal) return refusal;
        Tell(import.UserId, import.Id);
        return (await GetAsync(import.Id, ct))!;
    }

    private void Tell(Guid owner, Guid id)
    {
        live.Publish(LiveTopic.ImportsOf(owner));
        live.Publish(LiveTopic.JobOn(id));
    }
}
