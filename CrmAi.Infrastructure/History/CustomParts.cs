using System.Text.Json;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CrmAi.Infrastructure.History;

/// <summary>
/// The values of a record's custom fields are recorded each for itself, as "Custom.ID": so that history tells which one changed,
/// and one is taken back without the others.
/// </summary>
internal static class CustomParts
{
    private const string Mark = "Custom.";

    /// <summary>The changes within; null where the property is not such a collection.</summary>
    public static IReadOnlyList<RecordedField>? Of(IReadOnlyProperty property, object? before, object? after)
    {
        if (property.ClrType != typeof(Dictionary<Guid, string>)) return null;
        var (was, now) = ((Dictionary<Guid, string>?)before ?? [], (Dictionary<Guid, string>?)after ?? []);
        return [.. was.Keys.Union(now.Keys).Where(id => was.GetValueOrDefault(id) != now.GetValueOrDefault(id))
            .Select(id => new RecordedField($"{Mark}{id:N}", Json(was.GetValueOrDefault(id)), Json(now.GetValueOrDefault(id))))];
    }

    /// <summary>The custom field that a recorded field is of, null for another.</summary>
    public static Guid? IdOf(string field) => field.StartsWith(Mark, StringComparison.Ordinal) && Guid.TryParseExact(field[Mark.Length..], "N", out var id) ? id : null;

    private static JsonElement Json(string? value) => JsonSerializer.SerializeToElement(value, JsonColumns.Options);
}
