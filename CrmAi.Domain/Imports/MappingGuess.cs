using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.CustomFields;

namespace CrmAi.Domain.Imports;

internal static class MappingGuess
{
    public static ImportMapping Of(ImportKind kind, IReadOnlyList<FileColumn> columns, IReadOnlyList<FileRow> sample, IReadOnlyList<CustomFieldRow> custom) =>
        new(kind, [.. columns.Select(c => new MappedColumn(c.Index, ImportField.Ignore, 0))]);

    public static string Fingerprint(ImportKind kind, IReadOnlyList<FileColumn> columns) => $"{kind}:{string.Join('|', columns.Select(c => c.Name))}";

    public static ImportKind Kind(IReadOnlyList<FileColumn> columns) => ImportKind.Contacts;
}
