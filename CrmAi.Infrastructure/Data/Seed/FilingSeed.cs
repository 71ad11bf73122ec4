using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Domain.Views;
using CrmAi.Infrastructure.BulkEdits;
using CrmAi.Infrastructure.History;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>How the demo team keeps its contacts: an order by hand in each folder, saved views, and one bulk edit that is done.</summary>
internal sealed class FilingSeed(AppDbContext db, BulkWriter bulk, ChangeRecorder recorder, DateTime now)
{
    private const int Edited = 8;

    private static readonly (string Name, string Filter, bool IsShared)[] RepViews =
        [("本周高优先级", "tab=week&priority=high", false), ("谈判中 · 等推进", "tab=mine&stage=negotiation&group=none", false), ("老客户很久没联系", "tab=team&lifecycle=customer&contacted=not30", true)];

    private static readonly (string Name, string Filter, bool IsShared)[] ManagerViews =
        [("团队在谈大单", "tab=team&stage=negotiation&priority=high", true), ("高管客户", "tab=team&seniority=clevel&group=industry", false), ("一个月没动静", "tab=team&contacted=not30&priority=high", false)];

    /// <summary>Whom one must get back to first stands first; then the weightier, then by name.</summary>
    public static void PutInOrder(IEnumerable<Contact> contacts)
    {
        foreach (var folder in contacts.GroupBy(c => (c.OwnerId, c.FolderId)))
        {
            var place = 0;
            foreach (var contact in folder.OrderBy(c => c.NextFollowUpAt ?? DateTime.MaxValue).ThenBy(c => c.Priority).ThenBy(c => c.Name, StringComparer.Ordinal)) contact.Position = 1024 * ++place;
        }
    }

    public Task ViewsAsync(IEnumerable<User> people, CancellationToken ct) => bulk.WriteAsync(
        from person in people
        where person.Role is Role.SalesRep or Role.Manager
        from view in (person.Role == Role.Manager ? ManagerViews : RepViews).Select((v, i) => (v.Name, v.Filter, v.IsShared, Position: i))
        select new SavedView { OwnerId = person.Id, TeamId = person.TeamId, Name = view.Name, Filter = view.Filter, IsShared = view.IsShared, Position = view.Position, Version = 1 }, ct);

    /// <summary>Some of one's contacts got a label two days ago; a colleague's, chosen along with them, did not.</summary>
    public async Task BulkEditAsync(User by, Tag tag, IEnumerable<ContactTag> labels, IReadOnlyDictionary<Guid, Contact> contacts, CancellationToken ct)
    {
        var at = now.AddDays(-2);
        var done = labels.Where(l => l.TagId == tag.Id && contacts[l.ContactId].OwnerId == by.Id && contacts[l.ContactId].CreatedAt < at).Take(Edited).ToList();
        var theirs = contacts.Values.First(c => c.OwnerId != by.Id && c.TeamId == by.TeamId && c.Visibility == Visibility.Team);
        var job = new JobRun
        {
            Kind = BulkEditJob.Kind, Lane = JobLane.Person, SubjectId = Ids.Next(), UserId = by.Id, State = JobState.Done, Attempts = 1, Done = done.Count + 1, Total = done.Count + 1, DueAt = at, CreatedAt = at, StartedAt = at, FinishedAt = at,
        };
        var edit = new BulkEdit { Id = job.SubjectId, UserId = by.Id, JobId = job.Id, Action = BulkAction.AddTag, TargetId = tag.Id, Total = job.Total, Done = job.Done, Failed = 1, CreatedAt = at };
        var set = new ChangeSet { Id = Guid.CreateVersion7(new DateTimeOffset(at)), Command = "bulk.addtag", UserId = by.Id, Origin = ChangeOrigin.Job, At = at, GroupId = edit.Id };
        await bulk.WriteAsync([job], ct);
        await bulk.WriteAsync([edit], ct);
        await bulk.WriteAsync(done.Select(l => l.ContactId).Append(theirs.Id).Select((id, i) => new BulkItem { BulkEditId = edit.Id, Number = i, ContactId = id, IsDone = true, ErrorCode = id == theirs.Id ? Error.Forbidden.Code : null }), ct);
        await bulk.WriteAsync([set], ct);
        await bulk.WriteAsync(done.Select(l => recorder.Created(l, db.Model.FindEntityType(typeof(ContactTag))!, set.Id)), ct);
    }
}
