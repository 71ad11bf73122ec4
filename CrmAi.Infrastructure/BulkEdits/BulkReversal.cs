using CrmAi.Domain.BulkEdits;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.History;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.BulkEdits;

/// <summary>Takes back what a bulk edit did to one contact after the other, as its change sets tell it.</summary>
internal sealed class BulkReversal(AppDbContext db, Viewer viewer, BulkEdit undone, ILookup<Guid, ChangeEntry> entries, ChangeRecorder recorder, DateTime now)
{
    public static async Task<BulkReversal> OfAsync(AppDbContext db, Viewer viewer, BulkEdit edit, IReadOnlyList<Guid> contacts, ChangeRecorder recorder, DateTime now, CancellationToken ct)
    {
        var undone = await db.BulkEdits.AsNoTracking().SingleAsync(b => b.Id == edit.UndoOf, ct);
        var entries = await db.ChangeEntries.AsNoTracking().Where(e => e.ContactId != null && contacts.Contains(e.ContactId.Value) && db.ChangeSets.Any(s => s.Id == e.ChangeSetId && s.GroupId == undone.Id)).ToListAsync(ct);
        return new(db, viewer, undone, entries.ToLookup(e => e.ContactId!.Value), recorder, now);
    }

    public async Task<string?> ApplyAsync(Guid id, Contact? contact, CancellationToken ct)
    {
        if (contact is null) return Error.NotFound.Code;
        // Who gave it away may take it back, as long as it lies where they put it.
        var given = undone is { Action: BulkAction.Assign, IsUndo: false } && contact.OwnerId == undone.TargetId;
        if (!given && !BulkChange.May(viewer, undone.Action, contact)) return Error.Forbidden.Code;
        foreach (var entry in entries[id].OrderByDescending(e => e.Id))
        {
            // A batch writes one entry for a contact, so that there is nothing half done to put right.
            if (entry.Payload is null) return "undo.late";
            var fields = recorder.Read(entry);
            if (!await FolderExistsAsync(fields, ct) || !await TagExistsAsync(entry, fields, ct)) return "undo.changed";
            if (!await new Reversal(db, entry, fields, now).ApplyAsync(ct)) return "undo.changed";
        }
        return null;
    }

    private async Task<bool> FolderExistsAsync(IReadOnlyList<RecordedField> fields, CancellationToken ct) =>
        fields.FirstOrDefault(f => f.Field == nameof(Contact.FolderId)) is not { Before.ValueKind: System.Text.Json.JsonValueKind.String } folder || await db.FindAsync<Folder>([folder.Before.GetGuid()], ct) is not null;

    private async Task<bool> TagExistsAsync(ChangeEntry entry, IReadOnlyList<RecordedField> fields, CancellationToken ct) =>
        entry is not { Kind: ChangeKind.Deleted, RecordType: nameof(ContactTag) } || fields.FirstOrDefault(f => f.Field == nameof(ContactTag.TagId)) is { } tag && await db.FindAsync<Tag>([tag.Before.GetGuid()], ct) is not null;
}
