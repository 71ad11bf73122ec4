using System.Text.Json;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.History;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Domain.Views;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.History;

/// <summary>Puts names in the place of ids in what was recorded, and leaves out what tells a reader nothing or is not for this viewer.</summary>
internal sealed class ReadableFields
{
    /// <summary>Rows that a reader takes for fields of their contact.</summary>
    public static readonly string[] Parts = [nameof(ContactTag), nameof(ContactShare), nameof(ContactPhoto), nameof(ProfileCorrection), nameof(NameConfirmation)];

    // What a contact's page masks or leaves out.
    private static readonly string[] Masked = ["Mobile", "Phone", "Email", "WeChat", "Personal", "SocialProfiles", nameof(NameConfirmation.Page)];

    // Told by the kind of change already, or of no use to anybody but the program.
    private static readonly string[] Noise = ["Position", "TeamId", "DeletedAt", "ContactId", "StorageKey", "Sha256", "UploadedBy", "InteractionId"];

    private static readonly string[] Card = [nameof(BusinessCard.State), nameof(BusinessCard.FileName), nameof(BusinessCard.PutOffAt), nameof(BusinessCard.ContactId)];

    private static readonly string[] Records = ["FolderId", "AccountId", "OwnerId", "PrimaryContactId", nameof(Contact.MergedIntoId), "AuthorId", "ParentId", "ManagerId", "ContactId"];

    // Of a record's own edit, or of its labels and shares.
    private static readonly string[] Keyed = [nameof(Contact), nameof(Domain.Accounts.Account), nameof(Domain.Interactions.Interaction), nameof(TaskItem), nameof(Tag), nameof(CustomField), nameof(Folder), nameof(SavedView)];

    private readonly Dictionary<Guid, IReadOnlyList<FieldChange>> told = [];
    private readonly Dictionary<Guid, string> names = [];
    private readonly Dictionary<Guid, (string Name, string Type)> custom = [];

    public static bool IsMasked(string field) => Masked.Contains(field);

    public static async Task<ReadableFields> ReadAsync(AppDbContext db, Viewer viewer, RecordAccess access, IReadOnlyList<(ChangeEntry Entry, IReadOnlyList<RecordedField> Fields)> entries, CancellationToken ct)
    {
        var read = new ReadableFields();
        var kept = entries.Select(e => (e.Entry, Fields: e.Fields.Where(f => IsTold(e.Entry.RecordType, f.Field) && (access.MayReadChannels || !Masked.Contains(f.Field))).ToList())).ToList();
        await read.NameAsync(db, viewer, kept.SelectMany(e => e.Fields).SelectMany(f => (string?[])[Text(f.Before), Text(f.After)]).Select(v => Guid.TryParse(v, out var id) ? id : default).Where(id => id != default).Distinct().ToList(), ct);
        var fields = kept.SelectMany(e => e.Fields).Select(f => CustomParts.IdOf(f.Field)).OfType<Guid>().Distinct().ToList();
        if (fields.Count > 0)
            foreach (var field in await db.CustomFields.Where(f => fields.Contains(f.Id)).Select(f => new { f.Id, f.Name, f.Type }).ToListAsync(ct))
                if (access.MayReadChannels || !CustomFieldRules.IsChannel(field.Type)) read.custom[field.Id] = (field.Name, field.Type.ToString());
        var changedShares = kept.Where(e => e.Entry is { RecordType: nameof(ContactShare), Kind: ChangeKind.Updated }).Select(e => e.Entry.RecordId).ToList();
        var shares = changedShares.Count == 0 ? [] : await db.ContactShares.Where(s => changedShares.Contains(s.Id)).Join(db.Users, s => s.UserId, u => u.Id, (s, u) => new { s.Id, u.Name }).ToDictionaryAsync(s => s.Id, s => s.Name, ct);
        var corrections = await CorrectionLines.ReadAsync(db, entries, ct);
        foreach (var (entry, list) in kept)
            read.told[entry.Id] = entry.RecordType == nameof(ProfileCorrection) ? corrections.Of(entry, list) : entry.RecordType == nameof(CardCorrection) ? Corrected(entry, list)
                : RegistryParts.Lines(entry, list) ?? [.. list.Select(f => read.Line(entry, f, shares.GetValueOrDefault(entry.RecordId))).OfType<FieldChange>()];
        return read;
    }

    /// <summary>The lines of one change set; several tags or shares make one.</summary>
    public IReadOnlyList<FieldChange> Of(IReadOnlyList<ChangeEntry> entries) =>
        [.. entries.OrderBy(e => e.Id).SelectMany(e => told[e.Id]).GroupBy(f => (f.Field, f.Label)).SelectMany(g => g.Count() == 1 || g.Any(IsWhole) ? g
            : (IEnumerable<FieldChange>)[g.First() with { Before = Joined(g.Select(f => f.Before)), After = Joined(g.Select(f => f.After)) }])];

    // Parts of one that is kept as a whole are told one by one.
    private static bool IsWhole(FieldChange change) => (change.Before ?? change.After) is ['{', ..];

    private static bool IsTold(string recordType, string field) => recordType switch
    {
        nameof(TaskItem) when field == nameof(TaskItem.ContactId) => true,
        // What was read of a card is told by the card; here is told what became of it.
        nameof(BusinessCard) => Card.Contains(field),
        _ => !Noise.Contains(field),
    };

    // What a person saved otherwise than it was read from a card.
    private static IReadOnlyList<FieldChange> Corrected(ChangeEntry entry, List<RecordedField> fields)
    {
        string? Of(string name) => fields.FirstOrDefault(f => f.Field == name) is { } f ? Text(entry.Kind == ChangeKind.Deleted ? f.Before : f.After) : null;
        if (Of(nameof(CardCorrection.Field)) is not { } kind) return [];
        var (read, saved) = (Of(nameof(CardCorrection.Read)), Of(nameof(CardCorrection.Saved)));
        return [entry.Kind == ChangeKind.Deleted ? new(FieldChange.Card + kind, saved, read) : new(FieldChange.Card + kind, read, saved)];
    }

    private FieldChange? Line(ChangeEntry entry, RecordedField field, string? sharedWith)
    {
        if (CustomParts.IdOf(field.Field) is { } id)
            return custom.TryGetValue(id, out var own) ? new($"Custom.{own.Type}", Text(field.Before), Text(field.After)) { Label = own.Name, Key = field.Field } : null;
        return (entry.RecordType, field.Field) switch
        {
            (nameof(ContactTag), nameof(ContactTag.TagId)) => Named("Tags", field),
            (nameof(ContactShare), nameof(ContactShare.UserId)) => Named("Shares", field),
            (nameof(ContactShare), nameof(ContactShare.MayChange)) => entry.Kind == ChangeKind.Updated ? new(field.Field, Text(field.Before), Text(field.After)) { Label = sharedWith } : null,
            (nameof(ContactPhoto), nameof(ContactPhoto.Kind)) => new(ContactParts.Photos, Text(field.Before), Text(field.After)) { Key = ContactParts.Photos },
            (nameof(ContactTag) or nameof(ContactShare) or nameof(ContactPhoto), _) => null,
            _ when Records.Contains(field.Field) => Named(field.Field, field),
            _ => new(field.Field, Text(field.Before), Text(field.After)) { Key = Keyed.Contains(entry.RecordType) ? field.Field : null },
        };
    }

    // A record whose name this viewer may not read is not told of at all.
    private FieldChange? Named(string name, RecordedField field)
    {
        var (before, after) = (Name(field.Before), Name(field.After));
        return before is null && after is null ? null : new(name, before, after) { Key = name };
    }

    private string? Name(JsonElement value) => Guid.TryParse(Text(value), out var id) ? names.GetValueOrDefault(id) : null;

    private async Task NameAsync(AppDbContext db, Viewer viewer, List<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        var found = db.Users.Where(u => ids.Contains(u.Id)).Select(u => new { u.Id, u.Name })
            .Concat(db.Tags.Where(t => ids.Contains(t.Id)).Select(t => new { t.Id, t.Name }))
            .Concat(db.Folders.Where(f => ids.Contains(f.Id) && f.OwnerId == viewer.Id).Select(f => new { f.Id, f.Name }))
            .Concat(db.Accounts.VisibleTo(viewer, deletedToo: true).Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Name }))
            .Concat(db.Contacts.VisibleTo(viewer, deletedToo: true).Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Name }));
        foreach (var row in await found.ToListAsync(ct)) names[row.Id] = row.Name;
    }

    private static string? Joined(IEnumerable<string?> values) => string.Join(", ", values.OfType<string>()) is { Length: > 0 } text ? text : null;

    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.String ? v.GetString() : v.GetRawText())),
        _ => value.GetRawText(),
    };
}
