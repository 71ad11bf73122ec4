using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Exports;
using CrmAi.Domain.History;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.History;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data;

/// <summary>
/// Removes files that nothing speaks of: whoever wrote them was killed before it said where they are. A file is kept while a row names it, while taking something back could bring such a row again,
/// and for a day after it was last written to.
/// </summary>
internal sealed class LostFiles(IDbContextFactory<AppDbContext> contexts, IFileStore files, ChangeRecorder recorder, TimeProvider time)
{
    private const int Batch = 500;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1), Remembered = TimeSpan.FromDays(IHistory.UndoDays + 8);

    /// <summary>Every column that names a file, as "Entity.Property", and which of some keys it has.</summary>
    public static IReadOnlyDictionary<string, Func<AppDbContext, string[], IQueryable<string?>>> Columns { get; } = new Dictionary<string, Func<AppDbContext, string[], IQueryable<string?>>>
    {
        [$"{nameof(Attachment)}.{nameof(Attachment.StorageKey)}"] = (db, keys) => db.Attachments.Where(a => keys.Contains(a.StorageKey)).Select(a => a.StorageKey),
        [$"{nameof(ContactPhoto)}.{nameof(ContactPhoto.StorageKey)}"] = (db, keys) => db.ContactPhotos.Where(p => keys.Contains(p.StorageKey)).Select(p => p.StorageKey),
        [$"{nameof(BusinessCard)}.{nameof(BusinessCard.StorageKey)}"] = (db, keys) => db.BusinessCards.Where(c => keys.Contains(c.StorageKey)).Select(c => c.StorageKey),
        [$"{nameof(BusinessCard)}.{nameof(BusinessCard.PreviewKey)}"] = (db, keys) => db.BusinessCards.Where(c => keys.Contains(c.PreviewKey)).Select(c => c.PreviewKey),
        [$"{nameof(Import)}.{nameof(Import.StorageKey)}"] = (db, keys) => db.Imports.Where(i => keys.Contains(i.StorageKey)).Select(i => i.StorageKey),
        [$"{nameof(Export)}.{nameof(Export.StorageKey)}"] = (db, keys) => db.Exports.Where(e => keys.Contains(e.StorageKey)).Select(e => e.StorageKey),
    };

    /// <returns>How many were removed.</returns>
    public async Task<int> RemoveAsync(CancellationToken ct)
    {
        var removed = 0;
        foreach (var keys in files.Before(time.GetUtcNow().UtcDateTime - Day).Chunk(Batch))
        {
            ct.ThrowIfCancellationRequested();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var lost = keys.ToHashSet();
            foreach (var column in Columns.Values) lost.ExceptWith((await column(db, keys).ToListAsync(ct)).OfType<string>());
            // The history behind the tables: what was taken out of a table in between stands there by now.
            if (lost.Count > 0) lost.ExceptWith(await RememberedAsync(db, ct));
            foreach (var key in lost) files.Delete(key);
            removed += lost.Count;
        }
        return removed;
    }

    // Rows that were deleted lately, and may come back with the files they name.
    private async Task<HashSet<string>> RememberedAsync(AppDbContext db, CancellationToken ct)
    {
        var since = time.GetUtcNow().UtcDateTime - Remembered;
        var (types, columns) = (Columns.Keys.Select(c => c.Split('.')[0]).Distinct().ToList(), Columns.Keys.Select(c => c.Split('.')[1]).ToHashSet());
        var keys = new HashSet<string>();
        var entries = db.ChangeEntries.AsNoTracking().Where(e => e.Kind == ChangeKind.Deleted && e.Payload != null && types.Contains(e.RecordType) && db.ChangeSets.Any(s => s.Id == e.ChangeSetId && s.At > since));
        await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(ct))
            foreach (var field in recorder.Read(entry).Where(f => columns.Contains(f.Field)))
                if (field.Before.ValueKind == System.Text.Json.JsonValueKind.String) keys.Add(field.Before.GetString()!);
        return keys;
    }
}
