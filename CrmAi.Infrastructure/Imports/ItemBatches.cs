using CrmAi.Domain.Imports;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Imports;

/// <summary>What is kept of an import's rows, which may be half a million: some at a time, so that nobody waits for one long transaction.</summary>
internal static class ItemBatches
{
    private const int AtOnce = 2_000;

    public static Task DeleteAsync(AppDbContext db, Guid importId, ImportPhase phase, CancellationToken ct) =>
        EachAsync(db.ImportItems.Where(i => i.ImportId == importId && i.Phase == phase), items => items.ExecuteDeleteAsync(ct), ct);

    /// <summary>What the rows said goes; what became of them stays.</summary>
    public static async Task ForgetProblemsAsync(AppDbContext db, Guid importId, CancellationToken ct)
    {
        foreach (var phase in Enum.GetValues<ImportPhase>())
            await EachAsync(db.ImportItems.Where(i => i.ImportId == importId && i.Phase == phase), items => items.Where(i => i.Problems != null).ExecuteUpdateAsync(set => set.SetProperty(i => i.Problems, (string?)null), ct), ct);
    }

    private static async Task EachAsync(IQueryable<ImportItem> items, Func<IQueryable<ImportItem>, Task<int>> write, CancellationToken ct)
    {
        for (int? after = null; ;)
        {
            var from = after;
            var rest = from is null ? items : items.Where(i => i.Number > from);
            var end = await rest.OrderBy(i => i.Number).Select(i => (int?)i.Number).Skip(AtOnce - 1).FirstOrDefaultAsync(ct);
            await write(end is null ? rest : rest.Where(i => i.Number <= end));
            if (end is null) return;
            after = end;
            await Task.Yield();
        }
    }
}
