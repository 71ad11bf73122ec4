using CrmAi.Domain.History;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Imports;

/// <summary>Imports among all that can be undone. The batches of an import are of its group, those of its taking back of the job's that did it.</summary>
internal sealed class ImportGroups(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, IImports imports, TimeProvider time) : IChangeGroups
{
    // One that was given up and begun anew is told of once.
    public IQueryable<Guid> TakenBack(AppDbContext db) => db.Imports.Where(i => i.State == ImportState.Undone).Select(i => i.Id)
        .Concat(db.Jobs.Where(j => j.Kind == ImportUndoJob.Kind && db.Imports.Any(i => i.Id == j.SubjectId && i.JobId != j.Id)).Select(j => j.Id));

    public async Task<IReadOnlyDictionary<Guid, ChangeGroup>> OfAsync(AppDbContext db, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        var found = await db.Imports.AsNoTracking().Where(i => ids.Contains(i.Id) || (i.JobId != null && ids.Contains(i.JobId.Value)))
            .Select(i => new { Import = i, Job = db.Jobs.Where(j => j.Id == i.JobId).Select(j => (JobState?)j.State).FirstOrDefault() }).ToListAsync(ct);
        if (found.Count == 0) return new Dictionary<Guid, ChangeGroup>();
        var viewer = await user.GetAsync(ct);
        var own = found.ConvertAll(f => f.Import.Id);
        var open = (await Imports.Of(db, viewer).Where(i => own.Contains(i.Id)).Select(i => i.Id).ToListAsync(ct)).ToHashSet();
        var groups = new Dictionary<Guid, ChangeGroup>();
        foreach (var (import, state) in found.Select(f => (f.Import, Imports.StateOf(f.Import, f.Job))))
        {
            var isOpen = open.Contains(import.Id);
            UndoProgress? progress = state switch { ImportState.Running => new(import.Done, import.Rows), ImportState.Undoing => new(import.UndoDone, import.UndoTotal), _ => null };
            var subject = isOpen ? new UndoSubject(nameof(Import), import.Id, import.FileName) : null;
            if (ids.Contains(import.Id)) groups[import.Id] = new(import.Created + import.Updated, progress, Refusal(import, state, isOpen), Subject: subject);
            if (import.UndoTotal > 0 && import.JobId is { } job && ids.Contains(job))
                groups[job] = new(import.UndoDone - import.UndoKept, progress, new(state == ImportState.Undoing ? "import.busy" : "import.again", null), (ImportCommands.Of(import.Kind), import.UserId, import.StartedAt ?? import.CreatedAt), subject);
        }
        return groups;
    }

    public async Task<Result<Guid>> UndoAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await Imports.Of(db, await user.GetAsync(ct)).AnyAsync(i => i.JobId == id && i.UndoTotal > 0, ct)) return new Error("import.again", null);
        var result = await imports.UndoAsync(id, ct);
        return result.Succeeded ? id : Result.Refused<Guid>(result.Errors);
    }

    private Error? Refusal(Import import, ImportState state, bool isOpen) => !isOpen ? new("import.others", null)
        : state is ImportState.Running or ImportState.Undoing ? new("import.busy", null)
        : state == ImportState.Paused ? new("import.paused", null)
        : Imports.UndoRefusal(import, state, time.GetUtcNow().UtcDateTime);
}
