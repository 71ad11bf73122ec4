using CrmAi.Domain.Notifications;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Notifications;

/// <summary>Removes what was told more than <see cref="Notification.KeptDays"/> days ago, a little at a time.</summary>
internal sealed class OldNotifications(IDbContextFactory<AppDbContext> contexts, TimeProvider time)
{
    private const int Batch = 200;

    public async Task<int> RemoveAsync(CancellationToken ct)
    {
        var before = time.GetUtcNow().UtcDateTime.AddDays(-Notification.KeptDays);
        for (var removed = 0; ;)
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            var ids = await db.Notifications.Where(n => n.CreatedAt < before).OrderBy(n => n.CreatedAt).Select(n => n.Id).Take(Batch).ToListAsync(ct);
            if (ids.Count == 0) return removed;
            removed += await db.Notifications.Where(n => ids.Contains(n.Id)).ExecuteDeleteAsync(ct);
        }
    }
}
