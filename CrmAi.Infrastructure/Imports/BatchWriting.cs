using CrmAi.Domain.History;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Imports;

/// <summary>A batch that is decided and put into the columns' values: all that is left is to insert them.</summary>
/// <param name="Db">Its own; rows that change are tracked in it.</param>
/// <param name="Gate">How many batches of all imports were written before it may be.</param>
internal sealed record DecidedBatch(AppDbContext Db, IReadOnlyList<RowDraft> Rows, Decided Decided, ChangeSet Command, DateTime Now, long Gate, IFileStore Files) : IAsyncDisposable
{
    public required BulkWriter Bulk { get; init; }
    public required IReadOnlyList<RenderedRows> First { get; init; }
    public required IReadOnlyList<RenderedRows> Rest { get; init; }
    public required RenderedRows Entries { get; init; }
    public required RenderedRows Items { get; init; }

    public bool IsWritten { get; set; }

    /// <summary>Photos of one that was not written are nobody's.</summary>
    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        if (!IsWritten) Forget(Decided, Files);
    }

    public static void Forget(Decided decided, IFileStore files)
    {
        foreach (var file in decided.Files) files.Delete(file);
    }
}

/// <summary>Writes batches of rows: everything is decided, encrypted and put into rows first, and then inserted in one short transaction.</summary>
internal sealed class BatchWriting(IDbContextFactory<AppDbContext> contexts, ChangeRecorder recorder, IFileStore files, TimeProvider time)
{
    /// <param name="before">The batch that is being written meanwhile; null where all before are written.</param>
    public async Task<DecidedBatch> DecideAsync(OpenImport open, Viewer viewer, IReadOnlyList<RowDraft> rows, FileKeys seen, DecidedBatch? before, CancellationToken ct)
    {
        foreach (var row in rows) row.Reset();
        var db = await contexts.CreateDbContextAsync(ct);
        try
        {
            var now = time.GetUtcNow().UtcDateTime;
            // Between two batches of one import lies nobody else's, or both are decided anew.
            var gate = before?.Gate + 1 ?? await db.ImportGates.Where(g => g.Id == ImportCommands.Gate).Select(g => g.Batches).SingleAsync(ct);
            var decided = await open.Importer.DecideAsync(db, viewer, rows, seen, before?.Decided, now, ct);
            try
            {
                return Rendered(open, viewer, db, rows, decided, now, gate);
            }
            catch
            {
                DecidedBatch.Forget(decided, files);
                throw;
            }
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    private DecidedBatch Rendered(OpenImport open, Viewer viewer, AppDbContext db, IReadOnlyList<RowDraft> rows, Decided decided, DateTime now, long gate)
    {
        var (bulk, command) = (new BulkWriter(db), db.Begin(ImportCommands.Of(open.Mapping.Kind), viewer, now, groupId: open.Import.Id));
        return new(db, rows, decided, command, now, gate, files)
        {
            Bulk = bulk, First = decided.First.ConvertAll(r => r.Render(bulk)), Rest = decided.Rows.ConvertAll(r => r.Render(bulk)), Items = bulk.Render(decided.Items),
            Entries = bulk.Render([.. decided.First.Concat(decided.Rows).SelectMany(r => r.Recorded).Select(row => recorder.Created(row, db.Model.FindEntityType(row.GetType())!, command.Id))]),
        };
    }

    /// <summary>False where it is to be decided anew: a batch of another import came in between, or somebody saved one of its records.</summary>
    /// <exception cref="LeaseLostException">Somebody else does the job by now.</exception>
    public async Task<bool> TryWriteAsync(OpenImport open, ImportProgress progress, JobLease lease, DecidedBatch batch, BatchPace pace, CancellationToken ct)
    {
        try
        {
            if (!await InsertAsync(open, progress, lease, batch, pace, ct)) return false;
        }
        catch (DbUpdateConcurrencyException)
        {
            // Unless it was the lease that was lost.
            await using var fresh = await contexts.CreateDbContextAsync(ct);
            if (!await fresh.Jobs.AnyAsync(j => j.Id == lease.JobId && j.LeasedBy == lease.Holder, ct)) throw;
            return false;
        }
        batch.IsWritten = true;
        progress.Take(batch);
        return true;
    }

    private async Task<bool> InsertAsync(OpenImport open, ImportProgress progress, JobLease lease, DecidedBatch batch, BatchPace pace, CancellationToken ct)
    {
        var (db, bulk, decided) = (batch.Db, batch.Bulk, batch.Decided);
        await lease.ProgressAsync(db, progress.Done + decided.Items.Count, Math.Max(open.Import.Rows, progress.Done + decided.Items.Count), ct);
        await ContactTermWriting.CalmAsync(db, ct);
        var started = time.GetTimestamp();
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            if (await db.ImportGates.Where(g => g.Id == ImportCommands.Gate && g.Batches == batch.Gate).ExecuteUpdateAsync(set => set.SetProperty(g => g.Batches, g => g.Batches + 1), ct) == 0) return false;
            foreach (var table in batch.First) await bulk.WriteAsync(table, ct);
            await db.SaveChangesAsync(ct);
            if (batch.Entries.Values.Count > 0 && db.Entry(batch.Command).State == EntityState.Detached) await bulk.WriteAsync<ChangeSet>([batch.Command], ct);
            foreach (var table in batch.Rest) await bulk.WriteAsync(table, ct);
            await bulk.WriteAsync(batch.Entries, ct);
            await bulk.WriteAsync(batch.Items, ct);
            if (decided.Then is { } then) await then(db, ct);
            await CountAsync(db, open.Import.Id, progress.Last, decided, ct);
            await transaction.CommitAsync(ct);
        }
        pace.Note(time.GetElapsedTime(started));
        return true;
    }

    private static async Task CountAsync(AppDbContext db, Guid id, int before, Decided decided, CancellationToken ct)
    {
        var counts = decided.Items.CountBy(i => i.Outcome).ToDictionary();
        var (created, updated, skipped, repeated, refused) = (Of(RowOutcome.Created), Of(RowOutcome.Updated), Of(RowOutcome.Skipped), Of(RowOutcome.Repeated), Of(RowOutcome.Refused));
        var (done, last, companies) = (decided.Items.Count, decided.Items[^1].Number, decided.Companies);
        // Whoever finds another number than they left did not write the batch before this one.
        var counted = await db.Imports.Where(i => i.Id == id && i.LastNumber == before).ExecuteUpdateAsync(set => set
            .SetProperty(i => i.LastNumber, last).SetProperty(i => i.Done, i => i.Done + done).SetProperty(i => i.Companies, i => i.Companies + companies)
            .SetProperty(i => i.Created, i => i.Created + created).SetProperty(i => i.Updated, i => i.Updated + updated).SetProperty(i => i.Skipped, i => i.Skipped + skipped)
            .SetProperty(i => i.Repeated, i => i.Repeated + repeated).SetProperty(i => i.Refused, i => i.Refused + refused), ct);
        if (counted == 0) throw new LeaseLostException();

        int Of(RowOutcome outcome) => counts.GetValueOrDefault(outcome);
    }
}
