using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.BusinessCards;

/// <summary>A card that waits to be read has a job for it, however it came to wait; whoever watches its owner's cards is told of every change.</summary>
internal sealed class CardRequests(TimeProvider time) : ISavingRule
{
    public Task BeforeAsync(AppDbContext db, CancellationToken ct)
    {
        var back = db.ChangeTracker.Entries<BusinessCard>().Where(e => e.State == EntityState.Modified && e.Entity.State == CardState.Waiting && e.Property(c => c.State).IsModified).ToList();
        foreach (var card in back) db.Jobs.Add(Ask(card.Entity, time.GetUtcNow().UtcDateTime));
        return Task.CompletedTask;
    }

    /// <summary>The job that reads this card from now on; one that was asked before does nothing any more.</summary>
    public static JobRun Ask(BusinessCard card, DateTime now)
    {
        var job = new JobRun { Kind = CardJob.Kind, Lane = JobLane.Person, SubjectId = card.Id, UserId = card.OwnerId, ByHand = true, Total = 1, DueAt = now, CreatedAt = now };
        card.JobId = job.Id;
        return job;
    }

    public IEnumerable<LiveTopic> Topics(AppDbContext db) =>
        db.ChangeTracker.Entries<BusinessCard>().Where(e => e.State != EntityState.Unchanged).Select(e => LiveTopic.CardsOf(e.Entity.OwnerId));
}
