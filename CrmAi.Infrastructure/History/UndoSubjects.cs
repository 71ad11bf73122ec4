using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.History;

/// <summary>Names of the records that commands were about, as far as the viewer may read them.</summary>
internal sealed class UndoSubjects(IReadOnlyDictionary<(string Type, Guid Id), UndoSubject> names, ChangeRecorder recorder)
{
    private const int Beginning = 40;

    public static async Task<UndoSubjects> ReadAsync(AppDbContext db, Viewer viewer, IEnumerable<ChangeEntry> entries, ChangeRecorder recorder, CancellationToken ct)
    {
        var ids = entries.Select(RecordOf).Distinct().ToLookup(r => r.Type, r => r.Id);
        List<Guid> Of(string type) => [.. ids[type]];
        var (contacts, accounts, talks, tasks) = (Of(nameof(Contact)), Of(nameof(Account)), Of(nameof(Interaction)), Of(nameof(TaskItem)));
        var found = new List<UndoSubject>();
        if (contacts.Count > 0) found.AddRange(await db.Contacts.VisibleTo(viewer, deletedToo: true).Where(c => contacts.Contains(c.Id)).Select(c => new UndoSubject(nameof(Contact), c.Id, c.Name)).ToListAsync(ct));
        if (accounts.Count > 0) found.AddRange(await db.Accounts.VisibleTo(viewer, deletedToo: true).Where(a => accounts.Contains(a.Id)).Select(a => new UndoSubject(nameof(Account), a.Id, a.Name)).ToListAsync(ct));
        if (tasks.Count > 0) found.AddRange(await db.Tasks.VisibleTo(viewer, db, deletedToo: true).Where(t => tasks.Contains(t.Id)).Select(t => new UndoSubject(nameof(TaskItem), t.Id, t.Title)).ToListAsync(ct));
        if (talks.Count > 0)
        {
            var said = await db.Interactions.VisibleTo(viewer, db, deletedToo: true).Where(i => talks.Contains(i.Id)).Select(i => new { i.Id, i.ContactId, i.Contact!.Name, i.Subject, Text = i.Content.Substring(0, Beginning * 2) }).ToListAsync(ct);
            found.AddRange(said.Select(i => new UndoSubject(nameof(Interaction), i.Id, $"{i.Name}：{Line(string.IsNullOrWhiteSpace(i.Subject) ? i.Text : i.Subject)}") { ContactId = i.ContactId }));
        }
        return new(found.ToDictionary(f => (f.RecordType, f.Id)), recorder);
    }

    /// <summary>The records of one command, the ones with a name.</summary>
    public IReadOnlyList<UndoSubject> Of(IEnumerable<ChangeEntry> entries)
    {
        var all = new List<UndoSubject>();
        // A company made along with a contact stands behind it.
        foreach (var entry in entries.OrderBy(e => e.RecordType == nameof(Account)).ThenBy(e => e.Id).DistinctBy(RecordOf))
        {
            var record = RecordOf(entry);
            if (names.TryGetValue(record, out var known)) all.Add(known);
            else if (Recorded(entry) is { } name) all.Add(new(entry.RecordType, entry.RecordId, name));
        }
        return all;
    }

    public static int Count(IEnumerable<ChangeEntry> entries) => entries.Select(RecordOf).Distinct().Count();

    /// <summary>A part of a contact is told of as the contact.</summary>
    public static (string Type, Guid Id) RecordOf(ChangeEntry entry) => entry.RecordType switch
    {
        nameof(RegistryEntry) => (nameof(Account), entry.RecordId),
        _ when ReadableFields.Parts.Contains(entry.RecordType) && entry.ContactId is { } contact => (nameof(Contact), contact),
        _ => (entry.RecordType, entry.RecordId),
    };

    // What is no record of its own to look up: a label, a view, a folder.
    private string? Recorded(ChangeEntry entry) => entry.RecordType is nameof(Contact) or nameof(Account) or nameof(Interaction) or nameof(TaskItem) || ReadableFields.Parts.Contains(entry.RecordType) ? null
        : recorder.Read(entry).FirstOrDefault(f => f.Field is "Name") is { } name ? ReadableFields.Text(name.After) ?? ReadableFields.Text(name.Before) : null;

    private static string Line(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Beginning ? line : SearchTerms.Cut(line, Beginning - 1) + "…";
    }
}
