using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

/// <summary>
/// Compares all contacts: first every contact's keys are put right, then each is compared with those before it. Both in the order of ids, so that whoever takes the job over
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
        int all, done;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            all = await db.Set<Contact>().CountAsync(ct);
            done = await db.Jobs.Where(j => j.Id == lease.JobId).Select(j => j.Done).SingleAsync(ct);
        }
        // A contact that came or went since the place was noted moves it by one: marks written with it see to that.
        done = await OverAsync(lease, done, 0, all, HealAsync, ct);
        await OverAsync(lease, done, all, all, CompareAsync, ct);
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            await lease.FinishAsync(db, time.GetUtcNow().UtcDateTime, JobState.Done, ct);
            await db.SaveChangesAsync(ct);
        }
        live.Publish(LiveTopic.Duplicates);
    }

    // The steps of one pass, counted from its first.
    private async Task<int> OverAsync(JobLease lease, int done, int first, int all, Func<List<Guid>, CancellationToken, Task> step, CancellationToken ct)
    {
        if (done >= first + all) return done;
        Guid? after = null;
        if (done > first)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            after = await db.Set<Contact>().OrderBy(c => c.Id).Skip(done - first - 1).Select(c => (Guid?)c.Id).FirstOrDefaultAsync(ct);
        }
        for (var place = after ?? Guid.Empty; ;)
        {
            ct.ThrowIfCancellationRequested();
            List<Guid> ids;
            await using (var db = await contexts.CreateDbContextAsync(ct))
                ids = await db.Set<Contact>().Where(c => c.Id > place).OrderBy(c => c.Id).Select(c => c.Id).Take(Read).ToListAsync(ct);
            if (ids.Count == 0) break;
            await step(ids, ct);
            place = ids[^1];
            done = Math.Min(done + ids.Count, first + all);
            await using (var db = await contexts.CreateDbContextAsync(ct))
            {
                await lease.ProgressAsync(db, done, 2 * all, ct);
                await db.SaveChangesAsync(ct);
            }
            live.Publish(LiveTopic.JobOn(Subject));
            await Task.Yield();
        }
        return first + all;
    }

    private async Task HealAsync(List<Guid> ids, CancellationToken ct)
    {
        var (first, last) = (ids[0], ids[^1]);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await DuplicateFinding.ReadAsync(db, ids, ct);
        var present = (await db.DuplicateKeys.AsNoTracking().Where(k => k.ContactId >= first && k.ContactId <= last).ToListAsync(ct)).ToLookup(k => k.ContactId, k => k.Key);
        var wanted = rows.AsParallel().WithCancellation(ct).Select(r => (r.Id, Keys: MatchHealing.Keys(db, r))).ToDictionary(r => r.Id, r => r.Keys);
        var writer = new BulkWriter(db);
        // Read again within the transaction: whoever saves a contact meanwhile writes its keys themselves.
        foreach (var some in ids.Where(id => !(wanted.GetValueOrDefault(id) ?? []).SetEquals(present[id])).Chunk(Written))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var kept = (await DuplicateFinding.ReadAsync(db, some, ct)).ToDictionary(r => r.Id, r => MatchHealing.Keys(db, r));
            await db.DuplicateKeys.Where(k => some.Contains(k.ContactId)).ExecuteDeleteAsync(ct);
            await writer.WriteAsync(kept.SelectMany(r => r.Value.Select(k => new DuplicateKey { Key = k, ContactId = r.Key })), ct);
            await transaction.CommitAsync(ct);
        }
    }

    private async Task CompareAsync(List<Guid> ids, CancellationToken ct)
    {
        var (first, last) = (ids[0], ids[^1]);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = await finding.FindAsync(db, await DuplicateFinding.ReadAsync(db, ids, ct), earlierOnly: true, ct);
        var present = await db.DuplicatePairs.Where(p => p.SecondId >= first && p.SecondId <= last).ToListAsync(ct);
        if (DuplicateRows.Keep(db, present, found, time.GetUtcNow().UtcDateTime)) await db.SaveChangesAsync(ct);
    }
}
