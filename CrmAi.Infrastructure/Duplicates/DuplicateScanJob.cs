using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>
/// Compares all contacts and all companies: first everybody's keys are put right, then each is compared with those before it. All in the order of ids, so that whoever takes the job over
/// goes on where it stopped; what was found is written batch by batch.
/// </summary>
internal sealed class DuplicateScanJob(IDbContextFactory<AppDbContext> contexts, DuplicateFinding finding, ILiveUpdates live, TimeProvider time) : IJobHandler
{
    public static readonly Guid Subject = IDuplicates.ScanSubject;

    private const int Read = 500, Written = 60;

    public static string Kind => "duplicates.scan";

    public static JobRun Of(Guid user, DateTime now) => new() { Kind = Kind, Lane = JobLane.Bulk, SubjectId = Subject, UserId = user, DueAt = now, CreatedAt = now };

    public async Task RunAsync(JobLease lease, CancellationToken ct)
    {
        var (counts, done) = (new Dictionary<MergeKind, int>(), 0);
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            foreach (var kind in Enum.GetValues<MergeKind>()) counts[kind] = await MatchRows.Ids(db, kind).CountAsync(ct);
            done = await db.Jobs.Where(j => j.Id == lease.JobId).Select(j => j.Done).SingleAsync(ct);
        }
        // A record that came or went since the place was noted moves it by one: marks written with it see to that.
        var (first, total) = (0, 2 * counts.Values.Sum());
        foreach (var step in (Func<MergeKind, List<Guid>, CancellationToken, Task>[])[HealAsync, CompareAsync])
        {
            foreach (var kind in Enum.GetValues<MergeKind>())
            {
                done = await OverAsync(lease, kind, done, first, counts[kind], total, step, ct);
                first += counts[kind];
            }
        }
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            await lease.FinishAsync(db, time.GetUtcNow().UtcDateTime, JobState.Done, ct);
            await db.SaveChangesAsync(ct);
        }
        live.Publish(LiveTopic.Duplicates);
    }

    // The steps of one pass, counted from its first.
    private async Task<int> OverAsync(JobLease lease, MergeKind kind, int done, int first, int all, int total, Func<MergeKind, List<Guid>, CancellationToken, Task> step, CancellationToken ct)
    {
        if (done >= first + all) return done;
        Guid? after = null;
        if (done > first)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            after = await MatchRows.Ids(db, kind).OrderBy(id => id).Skip(done - first - 1).Select(id => (Guid?)id).FirstOrDefaultAsync(ct);
        }
        for (var place = after ?? Guid.Empty; ;)
        {
            ct.ThrowIfCancellationRequested();
            List<Guid> ids;
            await using (var db = await contexts.CreateDbContextAsync(ct))
                ids = await MatchRows.Ids(db, kind).Where(id => id > place).OrderBy(id => id).Take(Read).ToListAsync(ct);
            if (ids.Count == 0) break;
            await step(kind, ids, ct);
            place = ids[^1];
            done = Math.Min(done + ids.Count, first + all);
            await using (var db = await contexts.CreateDbContextAsync(ct))
            {
                await lease.ProgressAsync(db, done, total, ct);
                await db.SaveChangesAsync(ct);
            }
            live.Publish(LiveTopic.JobOn(Subject));
            await Task.Yield();
        }
        return first + all;
    }

    private async Task HealAsync(MergeKind kind, List<Guid> ids, CancellationToken ct)
    {
        var (first, last) = (ids[0], ids[^1]);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await MatchRows.ReadAsync(db, kind, ids, ct);
        var present = (await db.DuplicateKeys.AsNoTracking().Where(k => k.RecordId >= first && k.RecordId <= last).ToListAsync(ct)).ToLookup(k => k.RecordId, k => k.Key);
        var wanted = rows.AsParallel().WithCancellation(ct).Select(r => (r.Id, Keys: MatchHealing.Keys(db, r))).ToDictionary(r => r.Id, r => r.Keys);
        var writer = new BulkWriter(db);
        // Read again within the transaction: whoever saves one meanwhile writes its keys themselves, or leaves a mark.
        foreach (var some in ids.Where(id => !(wanted.GetValueOrDefault(id) ?? []).SetEquals(present[id])).Chunk(Written))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var kept = (await MatchRows.ReadAsync(db, kind, some, ct)).ToDictionary(r => r.Id, r => MatchHealing.Keys(db, r));
            await db.DuplicateKeys.Where(k => some.Contains(k.RecordId)).ExecuteDeleteAsync(ct);
            await writer.WriteAsync(kept.SelectMany(r => r.Value.Select(k => new DuplicateKey { Key = k, RecordId = r.Key })), ct);
            await transaction.CommitAsync(ct);
        }
    }

    private async Task CompareAsync(MergeKind kind, List<Guid> ids, CancellationToken ct)
    {
        var (first, last) = (ids[0], ids[^1]);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await finding.FindAsync(db, kind, await MatchRows.ReadAsync(db, kind, ids, ct), earlierOnly: true, ct);
        var present = await db.DuplicatePairs.Where(p => p.Kind == kind && p.SecondId >= first && p.SecondId <= last).ToListAsync(ct);
        if (DuplicateRows.Keep(db, kind, present, found, time.GetUtcNow().UtcDateTime)) await db.SaveChangesAsync(ct);
    }
}
