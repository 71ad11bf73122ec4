using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Imports;

/// <summary>What reading values needs to know.</summary>
/// <param name="Zone">Of the person: times in files are theirs.</param>
/// <param name="Custom">Fields of the kind's records.</param>
public sealed record ImportContext(TimeZoneInfo Zone, DateOnly Today, IReadOnlyList<CustomFieldRow> Custom);

/// <summary>One row's values, read by a mapping. A field that the row says nothing of is not among them.</summary>
/// <param name="Problems">Values that could not be read, each with the target's name (or "custom.ID") as its field and the value as its first argument, cut to <see cref="FileLimits.MaxShown"/>:
/// value.date, value.date.order (may be two days: the column's order is to be chosen), value.number, value.yesno, value.choice, value.phone, value.email, value.wechat, value.url, value.year; those of <see cref="CustomFieldRules"/>;
/// and the row's own problem without a field. What a record as a whole must be, its own rules check.</param>
public sealed partial record ImportedRow(int Number, IReadOnlyList<ImportedValue> Values, IReadOnlyList<Error> Problems)
{
    public FilePhoto? Photo { get; init; }

    /// <summary>Reads a row. Names in parts become one <see cref="ImportTarget.Name"/>; several phones, e-mails and the like beyond what a record has go into its notes, so that nothing is lost.</summary>
    public static ImportedRow Read(ImportMapping mapping, FileRow row, ImportContext context) => RowReading.Of(mapping, row, context);

    public ImportedValue? Of(ImportTarget target) => Values.FirstOrDefault(v => v.Field.Target == target);

    /// <summary>The value, or the type's default where the row has none.</summary>
    public T? Get<T>(ImportTarget target) => Of(target) is { Value: T value } ? value : default;
}

/// <param name="Value">Of the type that <see cref="ImportValueType"/> names.</param>
/// <param name="Column">From which it was read, the first where there were several; -1 where it was not written in one.</param>
public sealed record ImportedValue(ImportField Field, object Value, int Column);
