using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CrmAi.Infrastructure.Data;

/// <summary>
/// Conversations that go from one contact to another in great numbers, as with a merge and with its undo: a few statements write them instead of one each, and history's lines of them go in
/// as an import's do, so that nobody's save waits long. All that precedes and follows a save has been told of them as of any other.
/// </summary>
internal sealed class ManyMoved
{
    private const int Least = 100, Chunk = 500;

    private readonly List<(Guid From, Guid To, List<Guid> Ids)> moves;
    private readonly RenderedRows history;

    private ManyMoved(List<(Guid From, Guid To, List<Guid> Ids)> moves, RenderedRows history) => (this.moves, this.history) = (moves, history);

    /// <summary>Takes them out of the context; null where there are few. After everything was told of the save, and before it.</summary>
    public static ManyMoved? Of(AppDbContext db)
    {
        var rows = db.ChangeTracker.Entries<Interaction>().Where(IsOnlyMoved).ToList();
        if (rows.Count < Least || db.Command is not { } command) return null;
        var moves = rows.GroupBy(e => (e.OriginalValues.GetValue<Guid>(nameof(Interaction.ContactId)), e.Entity.ContactId)).Select(g => (g.Key.Item1, g.Key.ContactId, g.Select(e => e.Entity.Id).Order().ToList())).ToList();
        var ids = rows.Select(e => e.Entity.Id).ToHashSet();
        var lines = command.Entries.Where(e => e.RecordType == nameof(Interaction) && ids.Contains(e.RecordId)).ToList();
        var history = new BulkWriter(db).Render<ChangeEntry>(lines);
        var gone = lines.ToHashSet();
        // Out of the context before out of the set's list: a line that is missed there would be taken for one to be removed.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var line in lines) db.Entry(line).State = EntityState.Detached;
        foreach (var row in rows) row.State = EntityState.Detached;
        command.Entries.RemoveAll(gone.Contains);
        db.ChangeTracker.AutoDetectChangesEnabled = true;
        db.ChangeTracker.DetectChanges();
        return new(moves, history);
    }

    /// <exception cref="DbUpdateConcurrencyException">One of them went elsewhere meanwhile.</exception>
    public async Task WriteAsync(AppDbContext db, CancellationToken ct)
    {
        foreach (var (from, to, all) in moves)
        {
            foreach (var some in all.Chunk(Chunk))
            {
                var written = await db.Set<Interaction>().Where(i => some.Contains(i.Id) && i.ContactId == from).ExecuteUpdateAsync(set => set.SetProperty(i => i.ContactId, to).SetProperty(i => i.Version, i => i.Version + 1), ct);
                if (written != some.Length) throw new DbUpdateConcurrencyException("Conversations that were to be moved are with another contact by now.");
            }
        }
        await new BulkWriter(db).WriteAsync(history, ct);
    }

    private static bool IsOnlyMoved(EntityEntry<Interaction> entry) => entry.State == EntityState.Modified && entry.Property(i => i.ContactId).IsModified
        && entry.Properties.All(p => !p.IsModified || p.Metadata.Name is nameof(Interaction.ContactId) or nameof(Interaction.Version));
}
