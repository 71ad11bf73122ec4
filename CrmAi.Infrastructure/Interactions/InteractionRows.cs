using CrmAi.Domain.Interactions;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Interactions;

/// <summary>What interactions change beside themselves: the contact's statistics, and whoever watches the contact.</summary>
internal sealed class InteractionRows : ISavingRule
{
    public Task BeforeAsync(AppDbContext db, CancellationToken ct) => Task.CompletedTask;

    public Func<AppDbContext, CancellationToken, Task>? After(AppDbContext db)
    {
        var contacts = Changed(db).ToHashSet();
        return contacts.Count == 0 ? null : async (context, ct) =>
        {
            // Private ones do not count: the numbers are shown to everybody who sees the contact.
            // Written past the version on purpose: statistics must not make anybody's edit a lost race.
            foreach (var id in contacts)
            {
                var held = context.Set<Interaction>().Where(i => i.ContactId == id && i.DeletedAt == null && !i.IsScheduled && !i.IsPrivate);
                var (count, last) = (await held.CountAsync(ct), await held.MaxAsync(i => (DateTime?)i.At, ct));
                await context.Set<Domain.Contacts.Contact>().Where(c => c.Id == id).ExecuteUpdateAsync(set => set
                    .SetProperty(c => c.InteractionCount, count).SetProperty(c => c.LastContactAt, last), ct);
            }
        };
    }

    public IEnumerable<LiveTopic> Topics(AppDbContext db) => Changed(db).Select(LiveTopic.Contact)
        .Concat(db.ChangeTracker.Entries<Interaction>().Select(e => LiveTopic.ContactsOf(e.Entity.AuthorId)))
        .Concat(db.ChangeTracker.Entries<JobRun>().Select(e => e.Entity.ContactId).OfType<Guid>().Select(LiveTopic.Contact)).ToList();

    // One that moves, as with a merge, changes both contacts.
    private static IEnumerable<Guid> Changed(AppDbContext db) =>
        db.ChangeTracker.Entries<Interaction>().Where(e => e.State is EntityState.Added or EntityState.Modified).SelectMany(e => (Guid[])[e.Entity.ContactId, e.OriginalValues.GetValue<Guid>(nameof(Interaction.ContactId))]).Distinct();
}
