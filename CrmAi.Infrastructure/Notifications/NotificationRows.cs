using CrmAi.Domain.Notifications;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CrmAi.Infrastructure.Notifications;

/// <summary>What people are told, made in the transaction of what causes it.</summary>
internal static class NotificationRows
{
    /// <summary>Told with the caller's next save; what that person was told already, or does not want to be told, is left out then.</summary>
    /// <param name="key">What is told, at most <see cref="Notification.MaxKey"/> characters of ASCII: the same key is told to one person once.</param>
    /// <param name="subjectId">The task or conversation it leads to.</param>
    public static void Add(AppDbContext db, Guid userId, NotificationKind kind, string key, Guid? contactId, string? text, DateTime now, Guid? subjectId = null) =>
        db.Notifications.Add(new() { UserId = userId, Kind = kind, Key = key, ContactId = contactId, SubjectId = subjectId, Text = text, CreatedAt = now });
}

/// <summary>Nobody is told the same twice, nor what they switched off, nor anything once they have left; who is told, hears of it at once.</summary>
internal sealed class NotificationRule : ISavingRule
{
    public async Task BeforeAsync(AppDbContext db, CancellationToken ct)
    {
        var added = Added(db);
        if (added.Count == 0) return;
        var (userIds, keys) = (added.Select(e => e.Entity.UserId).Distinct().ToList(), added.Select(e => e.Entity.Key).Distinct().ToList());
        var people = await db.Users.AsNoTracking().Where(u => userIds.Contains(u.Id) && u.IsActive).Select(u => new { u.Id, u.Muted }).ToDictionaryAsync(u => u.Id, u => u.Muted, ct);
        var told = (await db.Notifications.Where(n => userIds.Contains(n.UserId) && keys.Contains(n.Key)).Select(n => new { n.UserId, n.Key }).ToListAsync(ct)).Select(n => (n.UserId, n.Key)).ToHashSet();
        foreach (var entry in added)
        {
            var row = entry.Entity;
            if (!people.TryGetValue(row.UserId, out var muted) || muted.Contains(row.Kind) || !told.Add((row.UserId, row.Key))) entry.State = EntityState.Detached;
        }
    }

    public IEnumerable<LiveTopic> Topics(AppDbContext db) => Added(db).Select(e => LiveTopic.NotificationsOf(e.Entity.UserId)).ToList();

    private static List<EntityEntry<Notification>> Added(AppDbContext db) => [.. db.ChangeTracker.Entries<Notification>().Where(e => e.State == EntityState.Added)];
}
