using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Domain.Views;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Imports;

/// <summary>Takes labels back that an import made, where they are as it made them and nobody else's contact and no saved view uses them.</summary>
internal sealed class LabelReversal(IDbContextFactory<AppDbContext> contexts, ChangeRecorder recorder, TimeProvider time)
{
    public async Task RunAsync(Import import, Viewer viewer, JobLease lease, BatchPace pace, CancellationToken ct)
    {
        if (import.Kind != ImportKind.Contacts || !viewer.May(Operation.ManageTags)) return;
        List<Guid> made;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            var own = db.ChangeEntries.Where(e => e.RecordType == nameof(Tag) && e.Kind == ChangeKind.Created && db.ChangeSets.Any(s => s.Id == e.ChangeSetId && s.GroupId == import.Id)).Select(e => e.RecordId);
            made = await db.Tags.Where(t => own.Contains(t.Id) && t.Version == 1).Select(t => t.Id).ToListAsync(ct);
        }
        foreach (var tag in made)
            while (await StepAsync(import, tag, viewer, lease, pace, ct)) await Task.Yield();
    }

    /// <summary>Whether there is more to do for it: it is taken off what went with the import, some contacts at a time, and goes itself at last.</summary>
    private async Task<bool> StepAsync(Import import, Guid id, Viewer viewer, JobLease lease, BatchPace pace, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        if (await db.Tags.SingleOrDefaultAsync(t => t.Id == id && t.Version == 1, ct) is not { } tag || await IsUsedAsync(db, import, id, ct)) return false;
        var carried = await db.ContactTags.AsNoTracking().Where(t => t.TagId == id).OrderBy(t => t.Id).Take(pace.Size).ToListAsync(ct);
        var command = db.Begin(ImportCommands.Undo, viewer, now, groupId: lease.JobId);
        var bulk = new BulkWriter(db);
        var entries = bulk.Render(carried.ConvertAll(t => recorder.Removed(t, command.Id)));
        if (carried.Count == 0) db.Tags.Remove(tag);
        // The save asks whether the lease still holds.
        await lease.ProgressAsync(db, import.UndoDone, Math.Max(import.UndoTotal, import.UndoDone), ct);
        var started = time.GetTimestamp();
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            if (await IsUsedAsync(db, import, id, ct)) return false;
            await db.SaveChangesAsync(ct);
            if (carried.Count > 0) await bulk.WriteAsync<ChangeSet>([command], ct);
            var ids = carried.ConvertAll(t => t.Id);
            if (ids.Count > 0) await db.ContactTags.Where(t => ids.Contains(t.Id)).ExecuteDeleteAsync(ct);
            await bulk.WriteAsync(entries, ct);
            if (carried.Count == 0) await db.Imports.Where(i => i.Id == import.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.UndoneLabels, i => i.UndoneLabels + 1), ct);
            await transaction.CommitAsync(ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody renamed it meanwhile: it is theirs now. Or the lease was lost.
            await using var fresh = await contexts.CreateDbContextAsync(ct);
            if (!await fresh.Jobs.AnyAsync(j => j.Id == lease.JobId && j.LeasedBy == lease.Holder, ct)) throw;
            return false;
        }
        pace.Note(time.GetElapsedTime(started));
        return carried.Count > 0;
    }

    // What went with the import counts for nothing, what went otherwise may come back.
    private static async Task<bool> IsUsedAsync(AppDbContext db, Import import, Guid id, CancellationToken ct)
    {
        if (await db.ContactTags.AnyAsync(t => t.TagId == id && db.Set<Contact>().Any(c => c.Id == t.ContactId && c.DeletedAt == null), ct)) return true;
        if (await db.ContactTags.AnyAsync(t => t.TagId == id && !db.ImportItems.Any(i => i.RecordId == t.ContactId && i.ImportId == import.Id && i.Phase == ImportPhase.Run && i.Outcome == RowOutcome.Created), ct)) return true;
        var (word, bare) = (id.ToString(), id.ToString("N"));
        return await db.Set<SavedView>().AnyAsync(v => v.Filter.Contains(word) || v.Filter.Contains(bare), ct);
    }
}
