using System.Text.Json;
using System.Text.Json.Nodes;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.History;
using CrmAi.Domain.Profiles;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.History;

/// <summary>What a record's fields, labels and shares were at a moment: the value that the first change after it found.</summary>
internal sealed class RecordState
{
    private const int Most = 5_000;

    /// <summary>By field, of parts of an object with a slash between: "Personal/city".</summary>
    public Dictionary<string, JsonElement> Fields { get; } = [];

    /// <summary>Whether the contact carried the label.</summary>
    public Dictionary<Guid, bool> Tags { get; } = [];

    /// <summary>Whether it was shared with a person, and whether for changing.</summary>
    public Dictionary<Guid, (bool IsShared, bool MayChange)> Shares { get; } = [];

    /// <summary>Photos and corrections of the profile that came, went or changed since, by their ids.</summary>
    public Dictionary<Guid, RowState> Rows { get; } = [];

    public bool IsErased { get; private set; }

    public DateTime At { get; private init; }

    /// <summary>Null where that change is not one of the record's.</summary>
    public static async Task<RecordState?> OfAsync(AppDbContext db, ChangeRecorder recorder, RestorePoint point, CancellationToken ct)
    {
        var entries = point.RecordType == nameof(Contact)
            ? db.ChangeEntries.Where(e => e.ContactId == point.RecordId && (e.RecordType == nameof(Contact) || e.RecordType == nameof(ContactTag) || e.RecordType == nameof(ContactShare)
                || e.RecordType == nameof(ContactPhoto) || e.RecordType == nameof(ProfileCorrection)))
            : db.ChangeEntries.Where(e => e.RecordId == point.RecordId && e.RecordType == point.RecordType);
        var own = await entries.Where(e => e.ChangeSetId == point.ChangeSetId).OrderBy(e => e.Id).Select(e => e.Id).ToListAsync(ct);
        if (own.Count == 0) return null;
        // One field goes back to before the change itself, the whole to what the change left.
        var (first, last) = (own[0], own[^1]);
        var since = point.Field is null ? entries.Where(e => e.Id > last) : entries.Where(e => e.Id >= first);
        var state = new RecordState { At = await db.ChangeSets.Where(s => s.Id == point.ChangeSetId).Select(s => s.At).SingleAsync(ct) };
        foreach (var entry in await since.AsNoTracking().OrderBy(e => e.Id).Take(Most).ToListAsync(ct)) state.Add(entry, recorder.Read(entry));
        if (point.Field is { } field) state.Keep(field);
        return state;
    }

    private void Add(ChangeEntry entry, IReadOnlyList<RecordedField> fields)
    {
        IsErased |= entry.Payload is null;
        if (entry.RecordType == nameof(ContactTag))
        {
            if (Id(fields, nameof(ContactTag.TagId)) is { } tag) Tags.TryAdd(tag, entry.Kind == ChangeKind.Deleted);
        }
        else if (entry.RecordType == nameof(ContactShare))
        {
            if (Id(fields, nameof(ContactShare.UserId)) is { } person) Shares.TryAdd(person, (entry.Kind == ChangeKind.Deleted, Before(fields, nameof(ContactShare.MayChange)) is { ValueKind: JsonValueKind.True }));
        }
        else if (ContactParts.Has(entry.RecordType)) AddRow(entry, fields);
        else if (entry.Kind is ChangeKind.Updated or ChangeKind.Restored or ChangeKind.Deleted)
        {
            foreach (var (name, before) in fields.SelectMany(Parts)) Fields.TryAdd(name, before);
        }
    }

    private void AddRow(ChangeEntry entry, IReadOnlyList<RecordedField> fields)
    {
        if (!Rows.TryGetValue(entry.RecordId, out var row)) Rows[entry.RecordId] = row = new(entry.RecordType, entry.Kind != ChangeKind.Created);
        // What one made later and changed or removed again tells nothing of then, but whose statement it was.
        foreach (var field in row.Existed && entry.Kind != ChangeKind.Created ? fields : fields.Where(f => f.Field == nameof(ProfileCorrection.Claim)))
            row.Before.TryAdd(field.Field, row.Existed ? field.Before : field.After);
    }

    private static IEnumerable<(string Name, JsonElement Before)> Parts(RecordedField field)
    {
        if (field.Before.ValueKind != JsonValueKind.Object && field.After.ValueKind != JsonValueKind.Object) return [(field.Field, field.Before)];
        return Names(field.Before).Union(Names(field.After)).Select(n => (Name: $"{field.Field}/{n}", Before: Part(field.Before, n), After: Part(field.After, n)))
            .Where(p => p.Before.ValueKind != p.After.ValueKind || (p.Before.ValueKind != JsonValueKind.Undefined && p.Before.GetRawText() != p.After.GetRawText())).Select(p => (p.Name, p.Before));
    }

    private void Keep(string field)
    {
        foreach (var other in Fields.Keys.Where(k => k != field && !k.StartsWith(field + "/", StringComparison.Ordinal)).ToList()) Fields.Remove(other);
        if (field != "Tags") Tags.Clear();
        if (field != "Shares") Shares.Clear();
        if (field != ContactParts.Photos && !CorrectionLines.IsKey(field)) Rows.Clear();
    }

    private static IEnumerable<string> Names(JsonElement value) => value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().Select(p => p.Name) : [];

    private static JsonElement Part(JsonElement value, string name) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var part) ? part : default;

    private static JsonElement? Before(IReadOnlyList<RecordedField> fields, string name) => fields.FirstOrDefault(f => f.Field == name)?.Before;

    private static Guid? Id(IReadOnlyList<RecordedField> fields, string name) =>
        fields.FirstOrDefault(f => f.Field == name) is { } field && Guid.TryParse(ReadableFields.Text(field.Before) ?? ReadableFields.Text(field.After), out var id) ? id : null;
}

/// <summary>An edit record as JSON, of which single fields are read and put back by their recorded names.</summary>
internal sealed class EditPatch(JsonObject edit)
{
    public static EditPatch Of<T>(T edit) => new((JsonObject)JsonSerializer.SerializeToNode(edit, JsonColumns.Options)!);

    public T Edit<T>() => edit.Deserialize<T>(JsonColumns.Options)!;

    public JsonElement Get(string field) => Place(field) is { } place && place.Of[place.Name] is { } value ? JsonSerializer.SerializeToElement(value) : default;

    /// <summary>False where it is so already.</summary>
    public bool Set(string field, JsonElement value)
    {
        if (Place(field) is not { } place) return false;
        var present = place.Of[place.Name];
        // A list without anything in it is recorded as none.
        var wanted = value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined ? present is JsonArray ? new JsonArray() : null : JsonNode.Parse(value.GetRawText());
        if (JsonNode.DeepEquals(present, wanted)) return false;
        if (wanted is null) place.Of.Remove(place.Name);
        else place.Of[place.Name] = wanted;
        return true;
    }

    private (JsonObject Of, string Name)? Place(string field)
    {
        if (CustomParts.IdOf(field) is { } custom) return edit["custom"] is JsonObject values ? (values, custom.ToString()) : null;
        return field.Split('/') is [var whole, var part] ? edit[Name(whole)] is JsonObject inner ? (inner, part) : null : (edit, Name(field));
    }

    private static string Name(string field) => JsonNamingPolicy.CamelCase.ConvertName(field);
}
