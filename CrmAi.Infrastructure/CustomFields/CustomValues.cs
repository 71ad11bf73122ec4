using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.CustomFields;

/// <summary>Values of the administrator's own fields on records, the same for every kind of record.</summary>
internal static class CustomValues
{
    /// <summary>
    /// The values a record is to hold, or all that stands against those entered. A value of an archived or forgotten field stays as it is; a new one is refused (custom.unknown).
    /// A required field must be filled on a new record; on an existing one it must not be emptied, but one that was empty before it became required stands in nobody's way.
    /// </summary>
    /// <param name="present">What the record holds now; null for a new record.</param>
    public static async Task<Result<Dictionary<Guid, string>>> ApplyAsync(AppDbContext db, CustomFieldTarget target, IReadOnlyDictionary<Guid, string> entered, IReadOnlyDictionary<Guid, string>? present, CancellationToken ct)
    {
        var fields = (await db.CustomFields.AsNoTracking().Where(f => f.Target == target && !f.IsArchived).OrderBy(f => f.Position).ToListAsync(ct)).ToDictionary(f => f.Id, Row);
        var errors = new List<Error>();
        var values = new Dictionary<Guid, string>();
        foreach (var (id, kept) in present ?? new Dictionary<Guid, string>())
            if (!fields.ContainsKey(id)) values[id] = kept;
        foreach (var (id, text) in entered)
            if (!fields.ContainsKey(id) && text != values.GetValueOrDefault(id) && !string.IsNullOrWhiteSpace(text)) errors.Add(new("custom.unknown", CustomFieldRules.FieldName(id)));
        foreach (var (id, field) in fields)
        {
            var (text, before) = (entered.GetValueOrDefault(id), present?.GetValueOrDefault(id));
            if (IsEmpty(text) && before is null && present is not null) continue;
            var read = CustomFieldRules.Read(field, text, before);
            if (!read.Succeeded) errors.AddRange(read.Errors);
            else if (read.Value is { } value) values[id] = value;
        }
        return errors.Count > 0 ? Result.Refused<Dictionary<Guid, string>>(errors) : values;
    }

    /// <summary>The fields of one kind of record whose values the search box finds.</summary>
    public static Task<List<Guid>> SearchableAsync(AppDbContext db, CustomFieldTarget target, CancellationToken ct) =>
        db.CustomFields.Where(f => f.Target == target && f.IsSearchable && !f.IsArchived).Select(f => f.Id).ToListAsync(ct);

    /// <summary>What a record's searchable values say, each choice for itself.</summary>
    public static IReadOnlyList<string> Texts(IReadOnlyDictionary<Guid, string> values, IReadOnlyCollection<Guid> searchable) =>
        [.. searchable.Select(id => values.GetValueOrDefault(id)).OfType<string>().SelectMany(v => v is ['[', ..] ? CustomFieldRules.Choices(v) ?? [v] : [v])];

    public static CustomFieldRow Row(CustomField f) => new(f.Id, f.Version, new()
    {
        Target = f.Target, Type = f.Type, Name = f.Name, Hint = f.Hint, IsRequired = f.IsRequired, IsSearchable = f.IsSearchable, Min = f.Min, Max = f.Max, Choices = f.Choices,
    }, f.IsArchived);

    private static bool IsEmpty(string? text) => string.IsNullOrWhiteSpace(text) || text.Trim() == "[]";
}
