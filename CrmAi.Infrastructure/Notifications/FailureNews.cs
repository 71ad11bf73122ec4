using CrmAi.Domain.Notifications;
using CrmAi.Infrastructure.Conversations;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Infrastructure.Profiles;

namespace CrmAi.Infrastructure.Notifications;

/// <summary>An analysis that is given up is told to whoever asked for it.</summary>
internal static class FailureNews
{
    /// <summary>Within the transaction that ends the job.</summary>
    public static async Task AddAsync(AppDbContext db, JobLease lease, DateTime now)
    {
        if (lease.ContactId is null || (lease.Kind != ConversationJob.Kind && lease.Kind != ProfileJob.Kind)) return;
        NotificationRows.Add(db, lease.UserId, NotificationKind.AnalysisFailed, $"job.failed:{lease.JobId:N}", lease.ContactId, null, now, lease.Kind == ConversationJob.Kind ? lease.SubjectId : null);
        await db.SaveChangesAsync();
    }
}
