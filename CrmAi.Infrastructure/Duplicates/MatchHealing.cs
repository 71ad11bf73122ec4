using CrmAi.Domain.Duplicates;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>Puts right the stored keys of contacts that were written past the change tracker, or whose company has another name by now.</summary>
internal static class MatchHealing
{
    /// <param name="ids">Contacts that <paramref name="rows"/> were asked of: those without a row are gone, and their keys go.</param>
    /// <returns>Whether anything is to be saved.</returns>
    public static async Task<bool> HealAsync(AppDbContext db, IReadOnlyCollection<MatchRow> rows, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var present = (await db.DuplicateKeys.AsNoTracking().Where(k => ids.Contains(k.ContactId)).ToListAsync(ct)).ToLookup(k => k.ContactId, k => k.Key);
        var wanted = rows.ToDictionary(r => r.Id, r => Keys(db, r));
        var changes = false;
        foreach (var id in ids)
        {
            var (has, should) = (present[id].ToHashSet(), wanted.GetValueOrDefault(id) ?? []);
            if (has.SetEquals(should)) continue;
            changes = true;
            db.DuplicateKeys.RemoveRange(has.Where(k => !should.Contains(k)).Select(k => new DuplicateKey { Key = k, ContactId = id }));
            db.DuplicateKeys.AddRange(should.Where(k => !has.Contains(k)).Select(k => new DuplicateKey { Key = k, ContactId = id }));
        }
        return changes;
    }

    public static HashSet<long> Keys(AppDbContext db, MatchRow row) => [.. MatchKeys.Of(MatchIndex.Form(row.Fields)).Select(k => MatchIndex.Digest(k, db.Cipher))];
}
