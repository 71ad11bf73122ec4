using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;

namespace CrmAi.Infrastructure.History;

/// <summary>Tells whoever looks at what can be undone of each command.</summary>
internal sealed class UndoTopics : ISavingRule
{
    public Task BeforeAsync(AppDbContext db, CancellationToken ct) => Task.CompletedTask;

    public IEnumerable<LiveTopic> Topics(AppDbContext db) => db.Command is null ? [] : [LiveTopic.Changes];
}
