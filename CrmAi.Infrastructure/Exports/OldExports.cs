using CrmAi.Domain.Exports;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Exports;

/// <summary>Removes files whose time is over, and what was asked for once it is no longer listed. Who took what stays in the change history.</summary>
internal sealed class OldExports(IDbContextFactory<AppDbContext> contexts, IFileStore files, TimeProvider time)
{
    private const int Batch = 100;

    public async Task<int> RemoveAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var (kept, listed) = (now.AddDays(-Export.KeptDays), now.AddDays(-Export.ListedDays));
        await using var db = await contexts.CreateDbContextAsync(ct);
        var old = await db.Exports.AsNoTracking().Where(e => e.CreatedAt < kept && e.StorageKey != null).OrderBy(e => e.CreatedAt).Take(Batch).Select(e => new { e.Id, e.StorageKey }).ToListAsync(ct);
        foreach (var export in old)
        {
            files.Delete(export.StorageKey!);
            await db.Exports.Where(e => e.Id == export.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.StorageKey, (string?)null), ct);
        }
        var ids = await db.Exports.Where(e => e.CreatedAt < listed && e.StorageKey == null).OrderBy(e => e.CreatedAt).Take(Batch).Select(e => e.Id).ToListAsync(ct);
        await db.Exports.Where(e => ids.Contains(e.Id)).ExecuteDeleteAsync(ct);
        return old.Count;
    }
}
