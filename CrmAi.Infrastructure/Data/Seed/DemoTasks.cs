using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Notifications;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>What people had to do, did, and have before them, as commands of theirs; and what they were told of it.</summary>
internal sealed class DemoTasks(IDbContextFactory<AppDbContext> contexts, DateTime now)
{
    // The most important contact is whom the first task of today is about.
    private const int FollowUps = 6, UnreadDays = 2, Today = 9;

    private static readonly string[] Chinese =
    [
        "给{0}回电，确认样机试用时间", "把方案二的报价单发给{0}", "准备去{0}那里的演示", "整理与{0}的会议纪要", "催{0}的合同回签", "约{0}下周看产线",
        "问清{0}那边谁拍板", "给{0}寄两套样件", "把同行案例发给{0}", "跟{0}对一遍验收标准", "提醒{0}安排停线窗口", "给{0}补发发票信息",
    ];

    private static readonly string[] English =
    [
        "Call {0} back about the trial", "Send {0} the revised quote", "Prepare the demo for {0}", "Write up the meeting with {0}", "Chase {0} for the signed contract", "Ask {0} who signs it off",
    ];

    private static readonly string[] Own = ["写本周周报", "整理展会收到的名片", "更新这个月的预测", "看完新相机的产品资料"];

    // Days from today, hour on the clock or none, urgency, whether it was done, and whether the manager asked for it.
    private static readonly (int Day, int? Hour, Priority Priority, TaskState State, bool Given)[] Weeks =
    [
        (-12, 10, Priority.Medium, TaskState.Done, false), (-9, null, Priority.High, TaskState.Done, false), (-8, 15, Priority.Medium, TaskState.Done, true), (-6, null, Priority.Low, TaskState.Cancelled, false),
        (-5, 11, Priority.Medium, TaskState.Done, false), (-4, null, Priority.Medium, TaskState.Open, false), (-2, 16, Priority.High, TaskState.Done, false), (-1, 14, Priority.High, TaskState.Open, true),
        (0, null, Priority.Medium, TaskState.Done, false), (0, 10, Priority.High, TaskState.Open, false), (0, 15, Priority.Medium, TaskState.Open, false), (0, null, Priority.Medium, TaskState.Open, false),
        (1, 9, Priority.High, TaskState.Open, true), (1, null, Priority.Low, TaskState.Open, false), (2, 14, Priority.Medium, TaskState.Open, false), (3, null, Priority.Medium, TaskState.Open, false),
        (4, 10, Priority.Medium, TaskState.Open, false), (6, null, Priority.High, TaskState.Open, false), (9, 15, Priority.Medium, TaskState.Open, false), (15, null, Priority.Low, TaskState.Open, false),
    ];

    public async Task RunAsync(DemoData story, IReadOnlyDictionary<string, User> people, IReadOnlyDictionary<string, Contact> contacts, IReadOnlyList<Interaction> interactions, CancellationToken ct)
    {
        var talks = interactions.Where(i => i is { DeletedAt: null, IsScheduled: false, IsPrivate: false }).ToLookup(i => i.ContactId);
        foreach (var (from, at) in story.Users.Select((u, i) => (u, i)))
        {
            var person = people[from.Key];
            var manager = story.Users.FirstOrDefault(u => u.Role == nameof(Role.Manager) && u.TeamKey == from.TeamKey && u.Key != from.Key) is { } above ? people[above.Key] : null;
            var leads = person.Role == Role.SalesRep ? contacts.Values.Where(c => c.OwnerId == person.Id) : contacts.Values.Where(c => person.TeamId is null || c.TeamId == person.TeamId);
            var about = leads.Where(c => c is { IsArchived: false, DeletedAt: null } && c.Stage is not (DealStage.ClosedLost or DealStage.ClosedWon)).OrderBy(c => c.Priority).ThenByDescending(c => c.LastContactAt).Take(Weeks.Length).ToList();
            await TasksAsync(person, manager, [.. Weeks.Where((_, i) => person.Role == Role.SalesRep || i % 3 == at % 3)], about, talks, ct);
            await ToldAsync(person, contacts.Values, ct);
        }
    }

    private async Task TasksAsync(User owner, User? manager, IReadOnlyList<(int Day, int? Hour, Priority Priority, TaskState State, bool Given)> plan, List<Contact> about, ILookup<Guid, Interaction> talks, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var today = TaskTimes.DayOf(now, owner.TimeZone);
        TaskItem? cancelled = null;
        foreach (var (part, index) in plan.Select((p, i) => (p, i)))
        {
            var contact = index % 6 == 5 || about.Count < Today ? null : about[(index + about.Count - Today) % about.Count];
            var talk = part.Given || owner.Role != Role.SalesRep || contact is null || index % 4 != 2 ? null : talks[contact.Id].MaxBy(i => i.At);
            var (day, by) = (today.AddDays(part.Day), part.Given && manager is not null ? manager : owner);
            var due = part.Hour is { } hour ? TaskTimes.At(day, new(hour, 0), owner.TimeZone) : TaskTimes.EndOfDay(day, owner.TimeZone);
            var made = Earliest(now.AddDays(-1 - (index % 3)), due.AddDays(-2));
            var task = new TaskItem
            {
                OwnerId = owner.Id, Title = TitleOf(contact, index), DueAt = index == plan.Count - 2 ? null : due, HasTime = part.Hour is not null && index != plan.Count - 2, Priority = part.Priority, ContactId = contact?.Id, AccountId = contact?.AccountId,
                Origin = talk is null ? TaskOrigin.Person : TaskOrigin.Analysis, OriginId = talk?.Id, CreatedBy = by.Id, CreatedAt = made,
            };
            db.Tasks.Add(task);
            db.Begin("task.add", Acting(by), made);
            if (by != owner) Tell(db, owner.Id, NotificationKind.TaskAssigned, $"task.assigned:{db.Command!.Id:N}", contact?.Id, task.Id, made);
            if (part.State == TaskState.Open && due < now) Tell(db, owner.Id, NotificationKind.TaskDue, $"task.due:{task.Id:N}:{due:yyyyMMddHHmmss}", contact?.Id, task.Id, part.Hour is null ? TaskTimes.At(day, owner.WorkStart, owner.TimeZone) : due);
            await db.SaveChangesAsync(ct);
            if (part.State == TaskState.Open) continue;
            if (part.State == TaskState.Cancelled) cancelled = task;
            var closed = Earliest(due.AddHours(-1), now.AddMinutes(-30));
            (task.State, task.CompletedAt, task.CompletedBy) = (part.State, closed, owner.Id);
            db.Begin(part.State == TaskState.Done ? "task.complete" : "task.cancel", Acting(owner), closed);
            await db.SaveChangesAsync(ct);
        }
        if (cancelled is null) return;
        // What came to nothing was thrown away two days ago, and can be had back.
        cancelled.DeletedAt = now.AddDays(-2);
        db.Begin("task.delete", Acting(owner), now.AddDays(-2));
        await db.SaveChangesAsync(ct);
    }

    private async Task ToldAsync(User person, IEnumerable<Contact> all, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var owned = all.Where(c => c.OwnerId == person.Id && c is { DeletedAt: null, IsArchived: false }).ToList();
        foreach (var late in owned.Where(c => c.NextFollowUpAt < now && c.NextFollowUpAt > now.AddDays(-14)).OrderByDescending(c => c.NextFollowUpAt).Take(FollowUps))
            Tell(db, person.Id, NotificationKind.FollowUpDue, $"follow-up:{late.Id:N}:{late.NextFollowUpAt:yyyyMMddHHmmss}", late.Id, null, late.NextFollowUpAt!.Value);
        foreach (var given in owned.OrderByDescending(c => c.CreatedAt).Take(1))
            Tell(db, person.Id, NotificationKind.ContactAssigned, $"contact.assigned:{given.Id:N}", given.Id, null, now.AddDays(-1).AddHours(-3));
        await db.SaveChangesAsync(ct);
        var read = now.AddDays(-UnreadDays);
        await db.Notifications.Where(n => n.UserId == person.Id && n.CreatedAt < read).ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, read), ct);
    }

    private static void Tell(AppDbContext db, Guid userId, NotificationKind kind, string key, Guid? contactId, Guid? taskId, DateTime at) =>
        db.Notifications.Add(new() { UserId = userId, Kind = kind, Key = key, ContactId = contactId, SubjectId = taskId, CreatedAt = at });

    private static string TitleOf(Contact? contact, int index)
    {
        if (contact is null) return Own[index % Own.Length];
        var phrases = char.IsAscii(contact.Name[0]) ? English : Chinese;
        return string.Format(System.Globalization.CultureInfo.InvariantCulture, phrases[index % phrases.Length], contact.Name);
    }

    private static DateTime Earliest(DateTime a, DateTime b) => a < b ? a : b;

    private static Viewer Acting(User by) => new(by.Id, by.Name, by.Role, by.TeamId, [], by.Language, by.TimeZone, ChangeOrigin.Page);
}
