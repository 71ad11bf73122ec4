using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Scoring;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.NightRuns;

/// <summary>Brings scores to the day from the rows that hold them, where only days have passed. No conversation is read, nobody is asked.</summary>
internal sealed class NightAging(IDbContextFactory<AppDbContext> contexts, NightReviews reviews, CompanyDays days, ILiveUpdates live, TimeProvider time)
{
    /// <summary>Doing it twice changes nothing. Answers the contacts that could not be gone over.</summary>
    public async Task<IReadOnlyList<Guid>> RunAsync(NightLease lease, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var today = days.Of(now);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var due = await db.ContactScores.AsNoTracking().Where(s => lease.ContactIds.Contains(s.ContactId) && s.ChangesOn <= today)
            .Join(NightChoice.Followed(db), s => s.ContactId, c => c.Id, (s, c) => new
            {
                Row = s,
                Zone = db.Users.Where(u => u.Id == c.OwnerId).Select(u => u.TimeZone).First(),
                IsOther = c.UpdatedAt > s.At || db.Interactions.VisibleTo(NightChoice.Viewer).Any(i => i.ContactId == c.Id && !i.IsPrivate && !i.IsScheduled && i.At > s.At && i.At <= now),
            }).ToListAsync(ct);
        // More than days passed: those are gone over as a whole.
        var failed = await reviews.RunAsync([.. due.Where(d => d.IsOther).Select(d => d.Row.ContactId)], ct);
        var added = due.Where(d => !d.IsOther).Select(d => (Former: d.Row, Now: StoredScores.Aged(d.Row, d.Zone, days, now))).ToList();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // A job of the day that came first has the newer row.
        var former = added.ConvertAll(a => a.Former.Id);
        var kept = await db.ContactScores.Where(s => former.Contains(s.Id) && s.ChangesOn <= today).ExecuteUpdateAsync(set => set.SetProperty(s => s.ChangesOn, (DateOnly?)null), ct);
        if (kept != added.Count) throw new DbUpdateConcurrencyException("Scores were brought to the day by somebody else.");
        var bulk = new BulkWriter(db);
        var sameDay = added.Where(a => a.Former.Day >= a.Now.Day).ToList();
        foreach (var (row, aged) in sameDay) StoredScores.Take(row, aged);
        await bulk.UpdateAsync(sameDay.ConvertAll(a => a.Former), ct);
        await bulk.WriteAsync(added.Except(sameDay).Select(a => a.Now), ct);
        await transaction.CommitAsync(ct);
        foreach (var (row, _) in added) live.Publish(LiveTopic.Contact(row.ContactId));
        return failed;
    }
}
