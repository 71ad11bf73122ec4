using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.History;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data;

/// <summary>A feature's rule that holds whatever command saves: search columns, statistics, an analysis that a changed text needs.</summary>
internal interface ISavingRule
{
    /// <summary>Runs before the rows are written and may change or add some.</summary>
    Task BeforeAsync(AppDbContext db, CancellationToken ct);

    /// <summary>What must be done once they are written, in the same transaction; null for nothing.</summary>
    Func<AppDbContext, CancellationToken, Task>? After(AppDbContext db) => null;

    /// <summary>What to do after the commit, before watchers are told; null for nothing.</summary>
    Action? Committed(AppDbContext db) => null;

    /// <summary>Which watchers to tell after the commit.</summary>
    IEnumerable<LiveTopic> Topics(AppDbContext db) => [];
}

/// <summary>What surrounds every save.</summary>
internal sealed class Saving(IEnumerable<ISavingRule> rules, ChangeRecorder recorder, ILiveUpdates live, IWorkerBell bell)
{
    public async Task<Follow> BeforeAsync(AppDbContext db, CancellationToken ct)
    {
        MakeStorable(db);
        foreach (var rule in rules) await rule.BeforeAsync(db, ct);
        foreach (var entry in db.ChangeTracker.Entries<IVersioned>())
        {
            if (entry.State == EntityState.Added) entry.Entity.Version = 1;
            else if (entry.State == EntityState.Modified) entry.Entity.Version = entry.OriginalValues.GetValue<int>(nameof(IVersioned.Version)) + 1;
        }
        recorder.Record(db);
        var after = rules.Select(r => r.After(db)).OfType<Func<AppDbContext, CancellationToken, Task>>().ToList();
        var committed = rules.Select(r => r.Committed(db)).OfType<Action>().ToList();
        var topics = rules.SelectMany(r => r.Topics(db)).ToHashSet();
        var lanes = db.ChangeTracker.Entries<JobRun>().Where(e => e.State == EntityState.Added).Select(e => e.Entity.Lane).ToHashSet();
        return new(after, () =>
        {
            foreach (var step in committed) step();
            foreach (var topic in topics) live.Publish(topic);
            foreach (var lane in lanes) bell.Ring(lane);
        });
    }

    // SQLite reads a text no further than its first U+0000. The replacement character keeps every place in the text where it was.
    private static void MakeStorable(AppDbContext db)
    {
        foreach (var entry in db.ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified))
        {
            foreach (var property in entry.Properties)
                if (property.CurrentValue is string text && text.Contains('\0', StringComparison.Ordinal)) property.CurrentValue = text.Replace('\0', '\uFFFD');
        }
    }

    internal sealed class Follow(List<Func<AppDbContext, CancellationToken, Task>> after, Action tell)
    {
        public bool HasWork => after.Count > 0;

        public async Task InTransactionAsync(AppDbContext db, CancellationToken ct)
        {
            foreach (var step in after) await step(db, ct);
        }

        public void Tell() => tell();
    }
}
