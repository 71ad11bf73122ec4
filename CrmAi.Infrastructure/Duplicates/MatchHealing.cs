using CrmAi.Domain.Duplicates;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>Puts right the stored keys of records that were written past the change tracker, of companies, and of contacts whose company has another name by now.</summary>
internal static class MatchHealing
{
    /// <param name="ids">Records that <paramref name="rows"/> were asked of: those without a row are gone, and their keys go.</param>
    /// <returns>Whether anything is to be saved.</returns>
    public static async Task<bool> HealAsync(AppDbContext db, IReadOnlyCollection<MatchRow> rows, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var present = (await db.DuplicateKeys.AsNoTracking().Where(k => ids.Contains(k.RecordId)).ToListAsync(ct)).ToLookup(k => k.RecordId, k => k.Key);
        var wanted = rows.ToDictionary(r => r.Id, r => Keys(db, r));
        var changes = false;
        foreach (var id in ids)
        {
            var (has, should) = (present[id].ToHashSet(), wanted.GetValueOrDefault(id) ?? []);
            if (has.SetEquals(should)) continue;
            changes = true;
            db.DuplicateKeys.RemoveRange(has.Where(k => !should.Contains(k)).Select(k => new DuplicateKey { Key = k, RecordId = id }));
            db.DuplicateKeys.AddRange(should.Where(k => !has.Contains(k)).Select(k => new DuplicateKey { Key = k, RecordId = id }));
        }
        return changes;
    }

    public static HashSet<long> Keys(AppDbContext db, MatchRow row) => [.. MatchIndex.Form(row.Fields).Keys.Select(k => MatchIndex.Digest(k, db.Cipher))];
}
