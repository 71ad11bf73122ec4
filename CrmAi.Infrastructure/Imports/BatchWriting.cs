using CrmAi.Domain.History;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Imports;

/// <summary>How far an import has come, as its present worker knows it.</summary>
internal sealed class ImportProgress(Import import)
{
    public int Last { get; set; } = import.LastNumber;
    public int Done { get; set; } = import.Done;

    /// <summary>Of contacts that are written already.</summary>
    public List<Domain.Contacts.ContactSearchTerm> Terms { get; } = [];

    /// <summary>Of their names, and of companies'.</summary>
    public HashSet<string> Words { get; } = new(StringComparer.Ordinal);
}

/// <summary>Writes batches of rows: everything is decided, encrypted and put into rows first, and then inserted in one short transaction.</summary>
internal sealed class BatchWriting(IDbContextFactory<AppDbContext> contexts, ChangeRecorder recorder, IFileStore files, TimeProvider time)
{
    private const int Attempts = 20;

    /// <exception cref="LeaseLostException">Somebody else does the job by now.</exception>
    public async Task WriteAsync(OpenImport open, ImportProgress progress, JobLease lease, Viewer viewer, IReadOnlyList<RowDraft> rows, FileKeys seen, BatchPace pace, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            foreach (var row in rows) row.Reset();
            await using var db = await contexts.CreateDbContextAsync(ct);
            var now = time.GetUtcNow().UtcDateTime;
            var gate = await db.ImportGates.Where(g => g.Id == ImportCommands.Gate).Select(g => g.Batches).SingleAsync(ct);
            var decided = await open.Importer.DecideAsync(db, viewer, rows, seen, now, ct);
            var written = false;
            try
            {
                written = await TryAsync(db, open, progress, lease, viewer, decided, gate, now, pace, ct);
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // Somebody saved one of these records in between: it is decided anew, unless it was the lease that was lost.
                await using var fresh = await contexts.CreateDbContextAsync(ct);
                if (!await fresh.Jobs.AnyAsync(j => j.Id == lease.JobId && j.LeasedBy == lease.Holder, ct)) throw;
            }
            finally
            {
                if (!written) foreach (var file in decided.Files) files.Delete(file);
            }
            if (!written) continue;
            foreach (var row in decided.Remembered) seen.Add(row);
            progress.Terms.AddRange(decided.Terms);
            progress.Words.UnionWith(decided.Words);
            progress.Last = rows[^1].Number;
            progress.Done += rows.Count;
            return;
        }
    }

    /// <summary>False where a batch of another import came in between: what was decided may no longer hold.</summary>
    private async Task<bool> TryAsync(AppDbContext db, OpenImport open, ImportProgress progress, JobLease lease, Viewer viewer, Decided decided, long gate, DateTime now, BatchPace pace, CancellationToken ct)
    {
        var bulk = new BulkWriter(db);
        var command = db.Begin(ImportCommands.Of(open.Mapping.Kind), viewer, now, groupId: open.Import.Id);
        var (first, rest) = (decided.First.ConvertAll(r => r.Render(bulk)), decided.Rows.ConvertAll(r => r.Render(bulk)));
        var entries = bulk.Render([.. decided.First.Concat(decided.Rows).SelectMany(r => r.Recorded).Select(row => recorder.Created(row, db.Model.FindEntityType(row.GetType())!, command.Id))]);
        var items = bulk.Render(decided.Items);
        await lease.ProgressAsync(db, progress.Done + decided.Items.Count, Math.Max(open.Import.Rows, progress.Done + decided.Items.Count), ct);

        await ContactTermWriting.CalmAsync(db, ct);
        var started = time.GetTimestamp();
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            if (await db.ImportGates.Where(g => g.Id == ImportCommands.Gate && g.Batches == gate).ExecuteUpdateAsync(set => set.SetProperty(g => g.Batches, g => g.Batches + 1), ct) == 0) return false;
            foreach (var table in first) await bulk.WriteAsync(table, ct);
            await db.SaveChangesAsync(ct);
            if (entries.Values.Count > 0 && db.Entry(command).State == EntityState.Detached) await bulk.WriteAsync<ChangeSet>([command], ct);
            foreach (var table in rest) await bulk.WriteAsync(table, ct);
            await bulk.WriteAsync(entries, ct);
            await bulk.WriteAsync(items, ct);
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
