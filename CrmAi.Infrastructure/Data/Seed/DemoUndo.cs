using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Search;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.BulkEdits;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>What people changed and thought better of: edits put back field by field, a command and a bulk edit taken back, and what each looked at last.</summary>
internal sealed class DemoUndo(IDbContextFactory<AppDbContext> contexts, DateTime now)
{
    private const int Ranked = 9, Seen = 6;

    public async Task RunAsync(DemoData story, IReadOnlyDictionary<string, User> people, IReadOnlyDictionary<string, Contact> contacts, CancellationToken ct)
    {
        foreach (var (owner, days) in ((string, int)[])[("zhoulan", 4), ("fangyu", 6), ("qinlixia", 8)])
        {
            var theirs = story.Contacts.Where(c => c.OwnerKey == owner && c.Part == "tech").Select(c => contacts[c.Key]).Where(c => c.DeletedAt is null).ToList();
            var edited = theirs[^1].Id;
            string? title = null;
            await SaveAsync(edited, "contact.edit", people[owner], now.AddDays(-days), contact => (title, contact.Title, contact.Department) = (contact.Title, "技术顾问", "外部顾问"), ct);
            await SaveAsync(edited, "contact.edit", people[owner], now.AddDays(-days).AddHours(3), contact => contact.DecisionProcess = "技术部先评估，再交采购比价", ct);
            await SaveAsync(edited, "contact.putback", people[owner], now.AddDays(-days).AddHours(5), contact => contact.Title = title, ct);
            var taken = theirs[0].Id;
            string? notes = null;
            var set = await SaveAsync(taken, "contact.edit", people[owner], now.AddDays(-days).AddHours(-2), contact => (notes, contact.Notes) = (contact.Notes, "电话里说下个月离职，先停一停"), ct);
            await SaveAsync(taken, "undo", people[owner], now.AddDays(-days).AddHours(-1), contact => contact.Notes = notes, ct, undoOf: set);
            await PutBackAsync(people[owner], now.AddDays(-days).AddHours(-6), ct);
            await LookAsync(people[owner], [.. story.Contacts.Where(c => c.OwnerKey == owner && (c.Part is "boss" or "champion")).Select(c => contacts[c.Key]).Take(Seen)], ct);
        }
        await BulkAsync(people["zhoulan"], [.. story.Contacts.Where(c => c is { OwnerKey: "zhoulan", Part: "user" }).Select(c => contacts[c.Key]).Where(c => c.DeletedAt is null && c.Priority == Priority.Low).Select(c => c.Id).Take(Ranked)], ct);
    }

    private async Task<Guid> SaveAsync(Guid id, string command, User by, DateTime at, Action<Contact> change, CancellationToken ct, Guid? undoOf = null)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var contact = (await db.FindAsync<Contact>([id], ct))!;
        change(contact);
        contact.UpdatedAt = at;
        var set = db.Begin(command, ViewerOf(by), at, undoOf);
        if (undoOf is { } undone) (await db.ChangeSets.SingleAsync(s => s.Id == undone, ct)).UndoneBy = set.Id;
        await db.SaveChangesAsync(ct);
        return set.Id;
    }

    // A folder and a view that were changed and put back.
    private async Task PutBackAsync(User by, DateTime at, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var folder = await db.Folders.Where(f => f.OwnerId == by.Id).OrderBy(f => f.Position).ThenBy(f => f.Id).FirstOrDefaultAsync(ct);
        var view = await db.Views.Where(v => v.OwnerId == by.Id).OrderBy(v => v.Position).ThenBy(v => v.Id).FirstOrDefaultAsync(ct);
        if (folder is null || view is null) return;
        var (name, filter) = (folder.Name, view.Filter);
        await SaveAsync("folder.rename", 0, () => folder.Name = "年底前要见");
        await SaveAsync("folder.putback", 40, () => folder.Name = name);
        await SaveAsync("view.edit", 60, () => view.Filter = "tab=mine&contacted=not90");
        await SaveAsync("view.putback", 85, () => view.Filter = filter);

        async Task SaveAsync(string command, int minutes, Action change)
        {
            change();
            db.Begin(command, ViewerOf(by), at.AddMinutes(minutes));
            await db.SaveChangesAsync(ct);
        }
    }

    // All ranked high by mistake, and taken back a quarter of an hour later.
    private async Task BulkAsync(User by, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        var at = now.AddDays(-5);
        var first = await EditAsync(by, ids, at, Priority.High, null, ct);
        await EditAsync(by, ids, at.AddMinutes(15), Priority.Low, first, ct);
    }

    private async Task<Guid> EditAsync(User by, IReadOnlyList<Guid> ids, DateTime at, Priority priority, Guid? undoOf, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var job = new JobRun { Kind = BulkEditJob.Kind, Lane = JobLane.Person, SubjectId = Ids.Next(), UserId = by.Id, State = JobState.Done, Attempts = 1, Done = ids.Count, Total = ids.Count, DueAt = at, CreatedAt = at, StartedAt = at, FinishedAt = at };
        db.Add(job);
        db.Add(new BulkEdit { Id = job.SubjectId, UserId = by.Id, JobId = job.Id, Action = BulkAction.SetPriority, Value = nameof(Priority.High), IsUndo = undoOf is not null, UndoOf = undoOf, Total = ids.Count, Done = ids.Count, CreatedAt = at });
        db.AddRange(ids.Select((id, i) => new BulkItem { BulkEditId = job.SubjectId, Number = i, ContactId = id, IsDone = true }));
        foreach (var id in ids) (await db.FindAsync<Contact>([id], ct))!.Priority = priority;
        db.Begin(undoOf is null ? "bulk.setpriority" : "bulk.undo", ViewerOf(by) with { Origin = ChangeOrigin.Job }, at, groupId: job.SubjectId);
        await db.SaveChangesAsync(ct);
        return job.SubjectId;
    }

    private async Task LookAsync(User by, IReadOnlyList<Contact> seen, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        db.AddRange(seen.Select((c, i) => new RecentRecord { UserId = by.Id, Kind = FoundKind.Contact, RecordId = c.Id, At = now.AddHours(-2 - i) }));
        await db.SaveChangesAsync(ct);
    }

    private static Viewer ViewerOf(User by) => new(by.Id, by.Name, by.Role, by.TeamId, [], by.Language, by.TimeZone, ChangeOrigin.Page);
}
