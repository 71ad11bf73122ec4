using CrmAi.Domain.ContactFiles;

namespace CrmAi.Domain.Imports;

internal static class RowReading
{
    public static ImportedRow Of(ImportMapping mapping, FileRow row, ImportContext context) => new(row.Number, [], []) { Photo = row.Photo };
}
