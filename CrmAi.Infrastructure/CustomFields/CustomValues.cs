using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Encryption;
using CrmAi.Infrastructure.Search;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.CustomFields;

/// <summary>A field whose values the search box finds.</summary>
internal sealed record SearchedField(Guid Id, CustomFieldType Type);

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
    public static Task<List<SearchedField>> SearchableAsync(AppDbContext db, CustomFieldTarget target, CancellationToken ct) =>
        db.CustomFields.Where(f => f.Target == target && f.IsSearchable && !f.IsArchived).Select(f => new SearchedField(f.Id, f.Type)).ToListAsync(ct);

    /// <summary>What a record is found by through its searchable values: each choice for itself, of a long text its beginning, channels by digests alone.</summary>
    public static IEnumerable<string> Terms(IReadOnlyDictionary<Guid, string> values, IReadOnlyCollection<SearchedField> searchable, FieldCipher cipher)
    {
        foreach (var field in searchable)
        {
            if (values.GetValueOrDefault(field.Id) is not { } value) continue;
            var terms = field.Type switch
            {
                CustomFieldType.Email => (IEnumerable<string?>)[HiddenTerms.Email(value, cipher)],
                CustomFieldType.Phone => [HiddenTerms.Phone(value, cipher), HiddenTerms.Tail(value, cipher)],
                _ => (value is ['[', ..] ? CustomFieldRules.Choices(value) ?? [value] : [value]).SelectMany(text => SearchTerms.Suffixes(SearchTerms.Cut(ContactKeys.Fold(text), ContactRules.MaxShort))),
            };
            foreach (var term in terms.OfType<string>()) yield return term;
        }
    }

    /// <summary>The types of all fields of one kind of record, archived ones too.</summary>
    public static Task<Dictionary<Guid, CustomFieldType>> TypesAsync(AppDbContext db, CustomFieldTarget target, CancellationToken ct) =>
        db.CustomFields.Where(f => f.Target == target).Select(f => new { f.Id, f.Type }).ToDictionaryAsync(f => f.Id, f => f.Type, ct);

    /// <summary>Values as shown to those who may not read channels; those of which nobody knows any more what they are stay away.</summary>
    public static IReadOnlyDictionary<Guid, string> Masked(IReadOnlyDictionary<Guid, string> values, IReadOnlyDictionary<Guid, CustomFieldType> types) =>
        values.Where(v => types.ContainsKey(v.Key)).ToDictionary(v => v.Key, v => CustomFieldRules.Masked(types[v.Key], v.Value));

    public static CustomFieldRow Row(CustomField f) => new(f.Id, f.Version, new()
    {
        Target = f.Target, Type = f.Type, Name = f.Name, Hint = f.Hint, IsRequired = f.IsRequired, IsSearchable = f.IsSearchable, Min = f.Min, Max = f.Max, Choices = f.Choices,
    }, f.IsArchived);

    private static bool IsEmpty(string? text) => OneLine.OrNone(text) is null or "[]";
}
