using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.History;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Tasks;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CrmAi.Infrastructure.History;

/// <summary>One field's values before and after, as JSON.</summary>
internal sealed record RecordedField(string Field, JsonElement Before, JsonElement After);

/// <summary>Writes down what a command is about to change, in the same transaction.</summary>
internal sealed class ChangeRecorder(FieldCipher cipher)
{
    private const string Purpose = "ChangeEntry.Payload";

    private static readonly JsonWriterOptions Written = new() { Encoder = JsonColumns.Options.Encoder };

    // What is told of a row written past the change tracker.
    private readonly ConcurrentDictionary<IEntityType, IProperty[]> told = [];

    private static readonly JsonElement None = JsonSerializer.SerializeToElement<object?>(null);

    // Kept by the system, different after every save, or derived from other fields.
    private static readonly HashSet<string> Left =
        [nameof(IVersioned.Version), nameof(Contact.UpdatedAt), nameof(Contact.CreatedAt), nameof(Contact.LastContactAt), nameof(Contact.InteractionCount), nameof(Contact.SortName),
         "NameFolded", "NamePinyin", "NameInitials", "LastActiveAt", "LastUsedAt", "Hash", nameof(TaskItem.RemindAt)];

    /// <exception cref="InvalidOperationException">Recorded rows change without a command.</exception>
    public void Record(AppDbContext db)
    {
        var changed = db.ChangeTracker.Entries<IRecorded>().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted).ToList();
        if (changed.Count == 0 && db.Command is not { Entries.Count: > 0 }) return;
        var command = db.Command ?? throw new InvalidOperationException($"{changed[0].Metadata.ShortName()} changes outside a command.");
        foreach (var entry in changed)
        {
            if (Describe(entry) is { } described) command.Entries.Add(described);
        }
        db.ChangeSets.Add(command);
    }

    public IReadOnlyList<RecordedField> Read(ChangeEntry entry) =>
        entry.Payload is null ? [] : JsonSerializer.Deserialize<List<RecordedField>>(cipher.Decrypt(entry.Payload, Purpose), JsonColumns.Options)!;

    /// <summary>The entry of a row written past the change tracker.</summary>
    public ChangeEntry Created(IRecorded row, IEntityType type, Guid changeSetId)
    {
        var plain = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(plain, Written))
        {
            json.WriteStartArray();
            foreach (var property in told.GetOrAdd(type, Told))
            {
                if (property.GetGetter().GetClrValue(row) is not { } value) continue;
                if (CustomParts.Of(property, null, value) is { } parts) foreach (var part in parts) JsonSerializer.Serialize(json, part, JsonColumns.Options);
                else Write(json, property, value);
            }
            json.WriteEndArray();
        }
        return Sealed(ChangeKind.Created, type.ShortName(), row.Id, ContactOf(row), plain.WrittenSpan.ToArray(), changeSetId);
    }

    private static IProperty[] Told(IEntityType type) => [.. type.GetProperties().Where(p => !p.IsPrimaryKey() && !p.IsShadowProperty() && !Left.Contains(p.Name))];

    // As a RecordedField, of which a hundred thousand rows would make an object for each value.
    private static void Write(Utf8JsonWriter json, IProperty property, object value)
    {
        json.WriteStartObject();
        json.WriteString("field"u8, property.Name);
        json.WriteNull("before"u8);
        json.WritePropertyName("after"u8);
        JsonSerializer.Serialize(json, value, property.ClrType, JsonColumns.Options);
        json.WriteEndObject();
    }

    /// <summary>The entry of a row that is not recorded otherwise and goes to another record with a merge.</summary>
    public ChangeEntry Moved(string recordType, Guid id, string property, Guid from, Guid to) =>
        Make(ChangeKind.Updated, recordType, id, null, [new(property, JsonSerializer.SerializeToElement(from), JsonSerializer.SerializeToElement(to))]);

    /// <summary>The entry of a row marked as deleted past the change tracker.</summary>
    public ChangeEntry Deleted(string recordType, Guid id, DateTime at, Guid changeSetId) =>
        Make(ChangeKind.Deleted, recordType, id, recordType == nameof(Contact) ? id : null, [new(nameof(Contact.DeletedAt), None, JsonSerializer.SerializeToElement<DateTime?>(at, JsonColumns.Options))], changeSetId);

    /// <summary>The entry of a label that was taken off past the change tracker.</summary>
    public ChangeEntry Removed(ContactTag label, Guid changeSetId) =>
        Make(ChangeKind.Deleted, nameof(ContactTag), label.Id, label.ContactId, [new(nameof(ContactTag.ContactId), JsonSerializer.SerializeToElement(label.ContactId), None), new(nameof(ContactTag.TagId), JsonSerializer.SerializeToElement(label.TagId), None)], changeSetId);

    /// <summary>What a tracked row's changes would be recorded as; null where nothing is told of them.</summary>
    public ChangeEntry? Describe(EntityEntry<IRecorded> entry)
    {
        var fields = new List<RecordedField>();
        foreach (var property in entry.Properties)
        {
            if (property.Metadata.IsPrimaryKey() || Left.Contains(property.Metadata.Name)) continue;
            if (entry.State == EntityState.Modified && !property.IsModified) continue;
            if (CustomParts.Of(property.Metadata, entry.State == EntityState.Added ? null : property.OriginalValue, entry.State == EntityState.Deleted ? null : property.CurrentValue) is { } parts)
            {
                fields.AddRange(parts);
                continue;
            }
            var before = entry.State == EntityState.Added ? None : Json(property.OriginalValue, property.Metadata);
            var after = entry.State == EntityState.Deleted ? None : Json(property.CurrentValue, property.Metadata);
            if (entry.State == EntityState.Modified && before.GetRawText() == after.GetRawText()) continue;
            if (entry.State != EntityState.Modified && IsEmpty(before) && IsEmpty(after)) continue;
            fields.Add(new(property.Metadata.Name, before, after));
        }
        if (entry.State == EntityState.Modified && fields.Count == 0) return null;
        return Make(KindOf(entry), entry.Metadata.ShortName(), entry.Entity.Id, ContactOf(entry.Entity), fields);
    }

    private ChangeEntry Make(ChangeKind kind, string recordType, Guid recordId, Guid? contactId, IReadOnlyList<RecordedField> fields, Guid changeSetId = default) =>
        Sealed(kind, recordType, recordId, contactId, JsonSerializer.SerializeToUtf8Bytes(fields, JsonColumns.Options), changeSetId);

    private ChangeEntry Sealed(ChangeKind kind, string recordType, Guid recordId, Guid? contactId, byte[] plain, Guid changeSetId) =>
        new()
        {
            ChangeSetId = changeSetId,
            Kind = kind,
            RecordType = recordType,
            RecordId = recordId,
            ContactId = contactId,
            Payload = cipher.Encrypt(plain, Purpose),
            Digest = cipher.HistoryDigest(plain),
        };

    private static ChangeKind KindOf(EntityEntry entry)
    {
        if (entry.State == EntityState.Added) return ChangeKind.Created;
        if (entry.State == EntityState.Deleted) return ChangeKind.Deleted;
        if (entry.Entity is not IDeletable now) return ChangeKind.Updated;
        var was = entry.OriginalValues.GetValue<DateTime?>(nameof(IDeletable.DeletedAt));
        return (was, now.DeletedAt) switch
        {
            (null, not null) => ChangeKind.Deleted,
            (not null, null) => ChangeKind.Restored,
            _ => ChangeKind.Updated,
        };
    }

    private static Guid? ContactOf(IRecorded row) => row switch
    {
        ProfileCorrection correction => correction.ContactId,
        Contact contact => contact.Id,
        Domain.Interactions.Interaction interaction => interaction.ContactId,
        TaskItem task => task.ContactId,
        ContactTag tag => tag.ContactId,
        ContactShare share => share.ContactId,
        ContactPhoto photo => photo.ContactId,
        NameConfirmation confirmation => confirmation.Id,
        _ => null,
    };

    private static bool IsEmpty(JsonElement value) => value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    private static JsonElement Json(object? value, IReadOnlyProperty property) => JsonSerializer.SerializeToElement(value, property.ClrType, JsonColumns.Options);
}
