using System.Text.Json;
using CrmAi.Domain.History;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Imports;

/// <summary>A file is personal data: it goes once its import can no longer be taken back, or was never finished for as long. What became of it is kept, without what its rows said.</summary>
internal sealed class OldImports(IDbContextFactory<AppDbContext> contexts, IFileStore files, TimeProvider time)
{
    private const int Batch = 50;

    public async Task<int> RemoveAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        var before = now.AddDays(-IHistory.UndoDays - 1);
        var old = await db.Imports.AsNoTracking().Where(i => i.FileDeletedAt == null && i.CreatedAt < before && (i.FinishedAt == null || i.FinishedAt < before)
            // Whether anybody is at it, its job says: one that was given up is not.
            && !db.Jobs.Any(j => j.Id == i.JobId && (j.State == JobState.Waiting || j.State == JobState.Running))).OrderBy(i => i.Id).Take(Batch).ToListAsync(ct);
        foreach (var import in old)
        {
            var bare = JsonSerializer.Serialize(ImportSources.ShapeOf(import) with { Sample = [] }, JsonColumns.Options);
            // That it is done is said last: whoever dies on the way is followed by one who begins anew.
            files.Delete(import.StorageKey);
            await ItemBatches.ForgetProblemsAsync(db, import.Id, ct);
            await db.Imports.Where(i => i.Id == import.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.FileDeletedAt, now).SetProperty(i => i.Shape, bare), ct);
        }
        return old.Count;
    }
}
