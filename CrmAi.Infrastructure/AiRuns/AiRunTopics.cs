using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.AiRuns;

/// <summary>Tells who watches the ledger of new runs, of ratings, of calls, and of what administrators decide.</summary>
internal sealed class AiRunTopics : ISavingRule
{
    public Task BeforeAsync(AppDbContext db, CancellationToken ct) => Task.CompletedTask;

    public IEnumerable<LiveTopic> Topics(AppDbContext db)
    {
        var people = db.ChangeTracker.Entries<AiRun>().Where(e => e.State is EntityState.Added or EntityState.Modified).Select(e => e.Entity.UserId)
            .Concat(db.ChangeTracker.Entries<AiCall>().Where(e => e.State == EntityState.Added).Select(e => e.Entity.UserId)).ToHashSet();
        if (people.Count > 0) yield return LiveTopic.AiRuns;
        foreach (var person in people) yield return LiveTopic.AiRunsOf(person);
        if (db.ChangeTracker.Entries<AiSettings>().Any(e => e.State == EntityState.Modified)) yield return LiveTopic.AiSettings;
    }
}
