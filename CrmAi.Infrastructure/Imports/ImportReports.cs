using System.Text;
using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Imports;

/// <summary>Rows that something is to be said of, with their own cells as the file has them: to be put right and imported again.</summary>
internal sealed class ImportReports(IDbContextFactory<AppDbContext> contexts, IContactFiles reader, IFileStore files)
{
    private const int AtOnce = 500;

    public ImportReport Of(Import import, ImportPhase phase, ReportWords words)
    {
        var name = Path.GetFileNameWithoutExtension(import.FileName);
        return new($"{name}-{phase.ToString().ToLowerInvariant()}.csv", (to, ct) => WriteAsync(import, phase, words, to, ct));
    }

    private async Task WriteAsync(Import import, ImportPhase phase, ReportWords words, Stream to, CancellationToken ct)
    {
        var shape = ImportSources.ShapeOf(import);
        await using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 1 << 14, leaveOpen: true);
        await LineAsync([.. shape.Columns.Select(c => c.Name), words.Row, words.Outcome, words.Reason]);
        await using var file = files.Open(import.StorageKey);
        await using var rows = Numbered(file, shape, ct).GetAsyncEnumerator(ct);
        FileRow? row = null;
        for (var at = int.MinValue; await ItemsAsync(import.Id, phase, at, ct) is { Count: > 0 } items; at = items[^1].Number)
        {
            foreach (var item in items)
            {
                // Both go by number: the file is read once.
                while (item.Number > 0 && (row?.Number ?? 0) < item.Number && await rows.MoveNextAsync()) row = rows.Current;
                var cells = row?.Number == item.Number ? row.Cells : [];
                var why = string.Join("; ", Imports.ProblemsOf(item).Select(words.Say));
                await LineAsync([.. Enumerable.Range(0, shape.Columns.Count).Select(i => i < cells.Count ? cells[i] : ""), item.Number > 0 ? FormattableString.Invariant($"{item.Number}") : "", words.Of(item.Outcome), why]);
            }
        }
        await writer.FlushAsync(ct);

        async Task LineAsync(IReadOnlyList<string> cells)
        {
            for (var i = 0; i < cells.Count; i++)
            {
                if (i > 0) await writer.WriteAsync(',');
                await writer.WriteAsync(Cell(cells[i]).AsMemory(), ct);
            }
            await writer.WriteAsync("\r\n".AsMemory(), ct);
        }
    }

    // As the import counts them.
    private async IAsyncEnumerable<FileRow> Numbered(Stream file, FileShape shape, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var last = 0;
        await foreach (var row in reader.ReadAsync(file, shape.Kind, shape.Reading, ct))
        {
            last = Math.Max(last + 1, row.Number);
            yield return row with { Number = last };
        }
    }

    private async Task<List<ImportItem>> ItemsAsync(Guid id, ImportPhase phase, int after, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.ImportItems.AsNoTracking().Where(i => i.ImportId == id && i.Phase == phase && i.Problems != null && i.Number > after).OrderBy(i => i.Number).Take(AtOnce).ToListAsync(ct);
    }

    /// <summary>Quoted where it must be; what a spreadsheet would take for a formula begins with an apostrophe, and once only: put right and imported again, it is read as it was.</summary>
    private static string Cell(string text)
    {
        var safe = CellText.Harmless(CellText.Read(text));
        return safe.AsSpan().IndexOfAny("\",\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
