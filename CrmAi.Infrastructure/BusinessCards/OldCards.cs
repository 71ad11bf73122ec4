using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>
/// Card photos are personal data: once what became of a card can no longer be taken back, a discarded one goes, and of a saved one what was read; its picture stays where
/// it is a photo of its contact. That a card was saved, and which of its fields were corrected, is kept for measuring.
/// </summary>
internal sealed class OldCards(IDbContextFactory<AppDbContext> contexts, IFileStore files, TimeProvider time)
{
    private const int Batch = 200;

    public async Task<int> RemoveAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var before = time.GetUtcNow().UtcDateTime.AddDays(-IHistory.UndoDays - 1);
        var old = await db.BusinessCards.AsNoTracking().Where(c => (c.State == CardState.Discarded || (c.State == CardState.Saved && c.StorageKey != null)) && c.DecidedAt < before).OrderBy(c => c.DecidedAt).ThenBy(c => c.Id).Take(Batch).ToListAsync(ct);
        foreach (var card in old)
        {
            var gone = card.State == CardState.Discarded
                ? await db.BusinessCards.Where(c => c.Id == card.Id && c.Version == card.Version).ExecuteDeleteAsync(ct)
                : await db.BusinessCards.Where(c => c.Id == card.Id && c.Version == card.Version).ExecuteUpdateAsync(set => set.SetProperty(c => c.StorageKey, (string?)null).SetProperty(c => c.PreviewKey, (string?)null).SetProperty(c => c.Read, (string?)null), ct);
            if (gone == 1 && card.PreviewKey is { } small) files.Delete(small);
            // Of a saved card the picture is a photo, of whichever contact by now: one that was removed goes with removed photos, when nobody can bring it back.
            if (gone == 1 && card is { State: CardState.Discarded, StorageKey: { } key } && !await db.ContactPhotos.AnyAsync(p => p.StorageKey == key, ct)) files.Delete(key);
        }
        return old.Count;
    }
}
