using System.Globalization;
using System.Text.Json;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.History;
using CrmAi.Infrastructure.Data;

namespace CrmAi.Infrastructure.History;

/// <summary>How what came from outside stands in history: told line by line, taken back with the choice that brought it.</summary>
internal static class RegistryParts
{
    private static readonly string[] Fetched = [nameof(RegistryEntry.Facts), nameof(RegistryEntry.Risk), nameof(RegistryEntry.Officers), nameof(RegistryEntry.CheckedAt), nameof(RegistryEntry.Verification)];

    /// <summary>The source's part of an entry, not the person's.</summary>
    public static bool IsFetched(ChangeEntry entry, string field) => entry.RecordType == nameof(RegistryEntry) && Fetched.Contains(field);

    /// <summary>The source was asked again: older facts do not come back.</summary>
    public static bool IsRefresh(ChangeEntry entry, IReadOnlyList<RecordedField> fields) =>
        entry is { RecordType: nameof(RegistryEntry), Kind: ChangeKind.Updated } && fields.All(f => IsFetched(entry, f.Field));

    /// <summary>Null for another record.</summary>
    public static IReadOnlyList<FieldChange>? Lines(ChangeEntry entry, IReadOnlyList<RecordedField> fields) => entry.RecordType switch
    {
        nameof(RegistryEntry) => [.. fields.SelectMany(Lines).Where(l => l.Before != l.After)],
        nameof(NameConfirmation) => [.. fields.Where(f => f.Field == nameof(NameConfirmation.Page)).Select(f => new FieldChange("Confirmation", Value<PersonCandidate>(f.Before)?.Title, Value<PersonCandidate>(f.After)?.Title))],
        _ => null,
    };

    private static IEnumerable<FieldChange> Lines(RecordedField field)
    {
        if (field.Field == nameof(RegistryEntry.Risk))
        {
            yield return new("Registry.Risk", Level(field.Before), Level(field.After));
        }
        if (field.Field != nameof(RegistryEntry.Facts)) yield break;
        var (before, after) = (Value<CompanyFacts>(field.Before), Value<CompanyFacts>(field.After));
        foreach (var (name, read) in Parts) yield return new(name, before is null ? null : read(before), after is null ? null : read(after));
    }

    private static (string, Func<CompanyFacts, string?>)[] Parts =>
    [
        ("Registry.Name", f => f.Name), ("Registry.Status", f => f.StatusText), ("Registry.LegalRepresentative", f => f.LegalRepresentative), ("Registry.Capital", f => f.Capital),
        ("Registry.Founded", f => f.Founded?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("Registry.Address", f => f.Address), ("Registry.CreditCode", f => f.CreditCode),
    ];

    private static string? Level(JsonElement value) => Value<CompanyRisk>(value)?.Level.ToString();

    private static T? Value<T>(JsonElement value) where T : class => value.ValueKind == JsonValueKind.Object ? value.Deserialize<T>(JsonColumns.Options) : null;
}
