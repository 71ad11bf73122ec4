using System.Diagnostics;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Profiles;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Infrastructure.Profiles;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.NightRuns;

/// <summary>Writes what a batch brought, in the caller's transaction: all of it, or nothing where the batch went to somebody else.</summary>
internal sealed class NightWriter(AppDbContext db, NightLease lease, DateTime now)
{
    /// <exception cref="LeaseLostException">The batch is somebody else's by now.</exception>
    public async Task WriteAsync(IReadOnlyCollection<NightOutcome> outcomes, NightRead again, string maker, string? reader, NightTimes spent, Stopwatch watch, CancellationToken ct)
    {
        var begun = watch.ElapsedMilliseconds;
        ContactReview Review(Guid contactId, string by) => new() { ContactId = contactId, ReviewedAt = now, Maker = by, Reader = again.Unsettled.Contains(contactId) ? null : reader };
        await HoldAsync(ct);
        var fresh = await StillFreshAsync([.. outcomes.Where(o => o.Version is not null)], ct);
        var changes = await ChangesAsync(fresh, ct);
        var failed = outcomes.Where(o => o.ErrorCode is not null).ToList();
        var bulk = new BulkWriter(db);
        await bulk.WriteAsync(fresh.Concat(failed).Select(o => o.Run).OfType<AiRun>().Distinct(), ct);
        await bulk.WriteAsync(fresh.Select(o => o.Version!), ct);
        await bulk.WriteAsync(failed.Select(o => new NightFailure { NightRunId = lease.NightRunId, ContactId = o.Contact.ContactId, ErrorCode = o.ErrorCode! }), ct);
        var reviews = outcomes.Where(o => o is { ErrorCode: null, IsLeft: false }).Select(o => Review(o.Contact.ContactId, o.Run is { } run ? ProfileMaking.MakerOf(run.Analyst, run.AnalystVersion) : maker))
            // Of whose owner wants no profile nobody made one.
            .Concat(again.Contacts.Except(outcomes.Select(o => o.Contact.ContactId)).Select(id => Review(id, ""))).ToList();
        var ids = reviews.ConvertAll(r => r.ContactId);
        await db.ContactReviews.Where(r => ids.Contains(r.ContactId)).ExecuteDeleteAsync(ct);
        await bulk.WriteAsync(reviews, ct);
        var (renewed, unread) = (fresh.Count(o => o.ErrorCode is null), again.Failed.Except(outcomes.Select(o => o.Contact.ContactId)).ToList());
        await bulk.WriteAsync(unread.Select(id => new NightFailure { NightRunId = lease.NightRunId, ContactId = id, ErrorCode = "job.fault" }), ct);
        var failures = failed.Count + unread.Count;
        var (left, paid, cost) = (outcomes.Count(o => o.IsLeft), outcomes.Count(o => o.Run?.CostMicros > 0), outcomes.Sum(o => o.Run?.CostMicros ?? 0));
        var (read, analysis, scoring, write) = ((int)spent.Read, (int)spent.Analysis, (int)spent.Scoring, (int)(watch.ElapsedMilliseconds - begun));
        await Batch.ExecuteUpdateAsync(set => set
            .SetProperty(b => b.State, NightBatchState.Done).SetProperty(b => b.LeasedBy, (Guid?)null).SetProperty(b => b.LeasedUntil, (DateTime?)null)
            .SetProperty(b => b.Renewed, renewed).SetProperty(b => b.Failed, failures).SetProperty(b => b.Left, left)
            .SetProperty(b => b.Unchanged, b => lease.ContactIds.Count - renewed - failures - left)
            .SetProperty(b => b.PaidCalls, b => b.PaidCalls + paid).SetProperty(b => b.CostMicros, b => b.CostMicros + cost).SetProperty(b => b.Changes, changes)
            .SetProperty(b => b.ReadMilliseconds, read).SetProperty(b => b.AnalysisMilliseconds, analysis).SetProperty(b => b.ScoringMilliseconds, scoring).SetProperty(b => b.WriteMilliseconds, write)
            .SetProperty(b => b.FinishedAt, now), ct);
    }

    /// <summary>The end of a batch whose scores were brought to the day.</summary>
    /// <exception cref="LeaseLostException">As above.</exception>
    public async Task RescoredAsync(IReadOnlyList<Guid> failed, Stopwatch watch, CancellationToken ct)
    {
        await HoldAsync(ct);
        await new BulkWriter(db).WriteAsync(failed.Select(id => new NightFailure { NightRunId = lease.NightRunId, ContactId = id, ErrorCode = "job.fault" }), ct);
        var (rescored, failures, scoring) = (lease.ContactIds.Count - failed.Count, failed.Count, (int)watch.ElapsedMilliseconds);
        await Batch.ExecuteUpdateAsync(set => set
            .SetProperty(b => b.State, NightBatchState.Done).SetProperty(b => b.LeasedBy, (Guid?)null).SetProperty(b => b.LeasedUntil, (DateTime?)null)
            .SetProperty(b => b.Rescored, rescored).SetProperty(b => b.Failed, failures).SetProperty(b => b.ScoringMilliseconds, scoring).SetProperty(b => b.FinishedAt, now), ct);
    }

    // The first statement writes, so that nobody else's version can come in between the look and the insert.
    private async Task HoldAsync(CancellationToken ct)
    {
        if (await Batch.ExecuteUpdateAsync(set => set.SetProperty(b => b.LeasedUntil, b => b.LeasedUntil), ct) == 0) throw new LeaseLostException();
    }

    private IQueryable<NightBatch> Batch => NightLeases.Held(db, lease);

    // A job of the day may have made a version since this batch read: that one was made of something newer.
    private async Task<List<NightOutcome>> StillFreshAsync(List<NightOutcome> made, CancellationToken ct)
    {
        var ids = made.ConvertAll(o => o.Contact.ContactId);
        var newest = (await db.Profiles.Where(p => ids.Contains(p.ContactId)).OrderBy(p => p.Id).Select(p => new { p.ContactId, p.Id }).ToListAsync(ct)).GroupBy(p => p.ContactId).ToDictionary(g => g.Key, g => g.Last().Id);
        return made.FindAll(o => o.Contact.Last?.Id == (newest.TryGetValue(o.Contact.ContactId, out var id) ? id : null));
    }

    private async Task<List<ContactChange>> ChangesAsync(List<NightOutcome> fresh, CancellationToken ct)
    {
        var former = fresh.Select(o => o.Contact.Last?.Id).OfType<Guid>().ToList();
        var before = await db.Profiles.AsNoTracking().Where(p => former.Contains(p.Id)).Select(p => new { p.ContactId, p.Claims }).ToDictionaryAsync(p => p.ContactId, p => p.Claims, ct);
        return [.. fresh.Select(o => new ContactChange(o.Contact.ContactId, ProfileDiff.Between(before.GetValueOrDefault(o.Contact.ContactId) ?? [], o.Version!.Claims).Count)).Where(c => c.Statements > 0)];
    }
}
