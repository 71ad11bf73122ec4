using CrmAi.Domain.NextActions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.NextActions;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Scoring;

/// <summary>Goes over contacts: their scores, and what to do next with them. For one contact after a change, or for some dozens at a time as days pass.</summary>
internal sealed class ContactReviews(Suggestions suggestions, CompanyDays days, ILiveUpdates live)
{
    /// <summary>Within the caller's next save. Those the viewer may not see are left out; answers how many were gone over and how many scores moved.</summary>
    public async Task<(int Contacts, int Moved)> PutAsync(AppDbContext db, Viewer viewer, IReadOnlyCollection<Guid> contactIds, DateTime now, CancellationToken ct)
    {
        var (sources, owners) = await ReadAsync(db, viewer, contactIds, ct);
        var newest = await StoredScores.Newest(db, [.. sources.Select(s => s.Contact.Id)]).ToListAsync(ct);
        var (scores, _, moved) = StoredScores.Bring(sources, newest, owner => owners[owner].TimeZone, days, now);
        db.AddRange(scores);
        db.AddRange(await suggestions.BringAsync(db, viewer, sources, owners, now, ct));
        return (sources.Count, moved);
    }

    /// <summary>The same rows, past saving rules and in a transaction of its own, for many contacts of whoever's: watchers are told once they are there.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody decided on a suggestion in between; nothing was written. Where somebody else wrote a new row first, the database's own fault comes.</exception>
    public async Task WriteAsync(AppDbContext db, Viewer viewer, IReadOnlyCollection<Guid> contactIds, DateTime now, CancellationToken ct)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var (sources, owners) = await ReadAsync(db, viewer, contactIds, ct);
        var newest = await StoredScores.Newest(db, [.. sources.Select(s => s.Contact.Id)]).AsNoTracking().ToListAsync(ct);
        var (scores, renewed, _) = StoredScores.Bring(sources, newest, owner => owners[owner].TimeZone, days, now);
        var added = await suggestions.BringAsync(db, viewer, sources, owners, now, ct);
        db.ChangeTracker.DetectChanges();
        var changed = db.ChangeTracker.Entries<SuggestedAction>().Where(e => e.State == EntityState.Modified).Select(e => e.Entity).ToList();
        foreach (var action in added) action.Version = 1;
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            var bulk = new BulkWriter(db);
            await bulk.WriteAsync(scores, ct);
            await bulk.UpdateAsync(renewed, ct);
            await bulk.WriteAsync(added, ct);
            await bulk.UpdateAsync(changed, ct);
            await transaction.CommitAsync(ct);
        }
        foreach (var topic in added.Concat(changed).SelectMany(SuggestionTopics.Of).ToHashSet()) live.Publish(topic);
    }

    private static async Task<(IReadOnlyList<ScoringSource> Sources, IReadOnlyDictionary<Guid, User> Owners)> ReadAsync(AppDbContext db, Viewer viewer, IReadOnlyCollection<Guid> contactIds, CancellationToken ct)
    {
        var sources = await ScoringSources.ReadAsync(db, viewer, contactIds, ct);
        var ids = sources.Select(s => s.Contact.OwnerId).ToHashSet();
        return (sources, await db.Users.AsNoTracking().Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, ct));
    }
}
