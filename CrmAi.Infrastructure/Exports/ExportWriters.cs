using System.Text;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Exports;
using CrmAi.Domain.Imports;

namespace CrmAi.Infrastructure.Exports;

/// <summary>Writes rows as they come, none of them kept.</summary>
internal interface IExportWriter : IAsyncDisposable
{
    Task WriteAsync(ExportedRecord record, CancellationToken ct);

    /// <summary>What stands behind the last row; without it the file is none.</summary>
    Task EndAsync(CancellationToken ct);
}

internal static class ExportWriters
{
    public static async Task<IExportWriter> BeginAsync(Stream target, ExportRequest request, ExportCells cells, IContactPhotos photos, CancellationToken ct)
    {
        if (request.Format == ExportFormat.VCard) return new VCardWriter(target, photos);
        IReadOnlyList<string> titles = [.. request.Columns.Select(c => c.Title)];
        return request.Format == ExportFormat.Xlsx ? await XlsxWriter.BeginAsync(target, titles, cells, ct) : await CsvWriter.BeginAsync(target, titles, cells, ct);
    }
}

/// <summary>RFC 4180 with a byte order mark, by which Excel knows UTF-8. What a spreadsheet program would calculate is made harmless.</summary>
internal sealed class CsvWriter : IExportWriter
{
    private readonly StreamWriter writer;
    private readonly ExportCells cells;

    private CsvWriter(Stream target, ExportCells cells) => (writer, this.cells) = (new(target, new UTF8Encoding(true), 32 * 1024, leaveOpen: true), cells);

    public static async Task<CsvWriter> BeginAsync(Stream target, IReadOnlyList<string> titles, ExportCells cells, CancellationToken ct)
    {
        var writer = new CsvWriter(target, cells);
        await writer.LineAsync(titles, ct);
        return writer;
    }

    public Task WriteAsync(ExportedRecord record, CancellationToken ct) => LineAsync(cells.Of(record), ct);

    public Task EndAsync(CancellationToken ct) => writer.FlushAsync(ct);

    // What is not flushed is of a file that failed.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task LineAsync(IReadOnlyList<string> texts, CancellationToken ct) => writer.WriteAsync($"{string.Join(',', texts.Select(Cell))}\r\n".AsMemory(), ct);

    private static string Cell(string text)
    {
        text = CellText.Harmless(text.Replace("\0", "", StringComparison.Ordinal));
        return text.AsSpan().IndexOfAny(",\"\r\n") >= 0 || (text.Length > 0 && (text[0] == ' ' || text[^1] == ' ')) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
