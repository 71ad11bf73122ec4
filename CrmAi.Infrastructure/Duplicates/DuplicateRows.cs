using CrmAi.Domain.Duplicates;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>Brings stored pairs in step with what was found.</summary>
internal static class DuplicateRows
{
    /// <param name="present">All stored pairs that the finding covers, tracked: those that were not found again go.</param>
    /// <returns>Whether anything changes with the next save.</returns>
    public static bool Keep(AppDbContext db, MergeKind kind, IEnumerable<DuplicatePair> present, IEnumerable<FoundPair> found, DateTime now)
    {
        var stored = present.ToDictionary(p => (p.FirstId, p.SecondId));
        foreach (var pair in found.DistinctBy(f => (f.First, f.Second)))
        {
            if (!stored.Remove((pair.First, pair.Second), out var row)) db.DuplicatePairs.Add(row = new() { Kind = kind, FirstId = pair.First, SecondId = pair.Second, FoundAt = now });
            (row.Score, row.OpenScore) = (pair.Whole.Score, pair.Open.Score);
            if (!row.Reasons.SequenceEqual(pair.Whole.Reasons)) row.Reasons = [.. pair.Whole.Reasons];
            if (!row.OpenReasons.SequenceEqual(pair.Open.Reasons)) row.OpenReasons = [.. pair.Open.Reasons];
        }
        db.DuplicatePairs.RemoveRange(stored.Values);
        return db.ChangeTracker.Entries<DuplicatePair>().Any(e => e.State != EntityState.Unchanged);
    }
}
