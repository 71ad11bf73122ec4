using System.Text.Json;
using CrmAi.Domain.History;
using CrmAi.Domain.Imports;
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
        ImportState[] busy = [ImportState.Checking, ImportState.Running, ImportState.Undoing];
        var old = await db.Imports.AsNoTracking().Where(i => i.FileDeletedAt == null && !busy.Contains(i.State) && i.CreatedAt < before && (i.FinishedAt == null || i.FinishedAt < before)).OrderBy(i => i.Id).Take(Batch).ToListAsync(ct);
        foreach (var import in old)
        {
            var bare = JsonSerializer.Serialize(ImportSources.ShapeOf(import) with { Sample = [] }, JsonColumns.Options);
            await db.Imports.Where(i => i.Id == import.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.FileDeletedAt, now).SetProperty(i => i.Shape, bare), ct);
            await db.ImportItems.Where(i => i.ImportId == import.Id && i.Problems != null).ExecuteUpdateAsync(set => set.SetProperty(i => i.Problems, (string?)null), ct);
            files.Delete(import.StorageKey);
        }
        return old.Count;
    }
}
