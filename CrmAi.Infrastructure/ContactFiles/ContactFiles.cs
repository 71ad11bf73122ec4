using System.Runtime.CompilerServices;
using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.ContactFiles;

internal sealed class ContactFiles : IContactFiles
{
    private const int HeadLength = 64 * 1024, MaxSheetsTried = 20;

    public async Task<Result<FileShape>> LookAsync(Stream content, string? fileName, FileReading? wanted, CancellationToken ct)
    {
        var told = await FileKinds.TellAsync(content, ct);
        if (!told.Succeeded) return Result.Refused<FileShape>(told.Errors);
        wanted ??= new();
        return told.Value == FileKind.Xlsx ? await LookAtBookAsync(content, wanted, ct) : await LookAtTextAsync(content, wanted, ct);
    }

    public async IAsyncEnumerable<FileRow> ReadAsync(Stream content, FileKind kind, FileReading reading, [EnumeratorCancellation] CancellationToken ct)
    {
        IReadOnlyList<string>? names = null;
        var last = 0;
        await using var rows = RowsAsync(content, kind, reading, ct).GetAsyncEnumerator(ct);
        for (; ; )
        {
            FileRow? row = null;
            try
            {
                if (!await rows.MoveNextAsync()) yield break;
                row = rows.Current;
            }
            catch (Exception fault) when (kind == FileKind.Xlsx && (fault is TooManyTextsException || XlsxPackage.IsDamage(fault)))
            {
                // what was read until here is whole
            }
            if (row is null)
            {
                yield return new(last + 1, [], "row.lost");
                yield break;
            }
            last = row.Number;
            if (row.Number == reading.HeaderRow) names = row.Cells;
            if (row.Number <= (reading.HeaderRow ?? 0) || Cells.IsBlank(row) || (kind == FileKind.Csv && TableHead.IsSeparatorRow(row))) continue;
            yield return names is not null && row.Problem is null && IsHeader(row, names) ? Cells.Row(row.Number, row.Cells, "row.header") : row;
        }
    }

    private static async Task<Result<FileShape>> LookAtTextAsync(Stream content, FileReading wanted, CancellationToken ct)
    {
        if (wanted.Encoding is { } named && TextEncodings.Of(named) is null) return new Error("encoding.unknown", nameof(wanted.Encoding));
        if (await TextEncodings.TellAsync(content, ct) is not { } told) return new Error("file.kind", null);
        var reading = new FileReading(wanted.Encoding ?? told.Name);
        var head = await HeadAsync(content, reading.Encoding!, ct);
        if (string.IsNullOrWhiteSpace(head)) return new Error("file.empty", null);
        var kind = FileKinds.IsCards(head) ? FileKind.VCard : FileKind.Csv;
        if (kind == FileKind.Csv)
        {
            if (wanted.Delimiter is { } chosen && !TableHead.IsDelimiter(chosen)) return new Error("delimiter.unknown", nameof(wanted.Delimiter));
            reading = reading with { Delimiter = wanted.Delimiter ?? await TableHead.DelimiterAsync(head, head.Length < HeadLength, ct), HeaderRow = wanted.HeaderRow };
        }
        var isMixed = told.IsMixed && told.Name == reading.Encoding;
        return await ShapeAsync(content, kind, reading, [], isMixed ? [new("encoding.mixed", null)] : [], ct);
    }

    private static async Task<Result<FileShape>> LookAtBookAsync(Stream content, FileReading wanted, CancellationToken ct)
    {
        IReadOnlyList<string> sheets;
        var opened = XlsxPackage.Open(content);
        if (!opened.Succeeded) return Result.Refused<FileShape>(opened.Errors);
        using (var package = opened.Value) sheets = package.Sheets;
        if (wanted.Sheet is { } named && !sheets.Contains(named)) return new Error("sheet.unknown", nameof(wanted.Sheet));
        try
        {
            Result<FileShape>? first = null;
            // The first sheet with something on it: covers and notes stand in front.
            foreach (var sheet in wanted.Sheet is { } one ? [one] : sheets.Take(MaxSheetsTried))
            {
                var shape = await ShapeAsync(content, FileKind.Xlsx, new(Sheet: sheet, HeaderRow: wanted.HeaderRow), sheets, [], ct);
                if (shape.Succeeded) return shape;
                first ??= shape;
            }
            return first!.Value;
        }
        catch (TooManyTextsException) { return new Error("file.texts", null); }
        catch (Exception fault) when (XlsxPackage.IsDamage(fault)) { return new Error("file.broken", null); }
    }

    private static async Task<Result<FileShape>> ShapeAsync(Stream content, FileKind kind, FileReading reading, IReadOnlyList<string> sheets, IReadOnlyList<Error> notes, CancellationToken ct)
    {
        var rows = new List<FileRow>();
        await foreach (var row in RowsAsync(content, kind, reading, ct))
        {
            if (Cells.IsBlank(row) || (kind == FileKind.Csv && TableHead.IsSeparatorRow(row))) continue;
            rows.Add(Cells.Sampled(row));
            if (rows.Count >= Math.Max(TableHead.Rows, reading.HeaderRow is { } at and < 1_000 ? at + FileLimits.Sample : 0)) break;
        }
        if (rows.Count == 0) return new Error("file.empty", null);
        if (kind == FileKind.VCard)
        {
            var cards = rows.Take(FileLimits.Sample).ToList();
            return new FileShape(kind, reading, [], Columns(VCardColumns.All, cards, VCardColumns.All.Count), cards) { Notes = notes };
        }
        if (rows[0].Problem == "row.columns") return new Error("file.columns", null, FileLimits.MaxColumns);
        var header = reading.HeaderRow ?? TableHead.HeaderRow(rows);
        if (header < 0 || (header > 0 && !rows.Exists(r => r.Number == header && r.Problem is null))) return new Error("header.unknown", nameof(reading.HeaderRow));
        var names = header == 0 ? [] : rows.Find(r => r.Number == header)!.Cells.Select(OneLine.Of).ToList();
        var sample = rows.Where(r => r.Number > header).Take(FileLimits.Sample).Select(r => r.Problem is null && header > 0 && IsHeader(r, names) ? Cells.Row(r.Number, r.Cells, "row.header") : r).ToList();
        if (sample.Count == 0) return new Error("file.rows", null);
        var width = Math.Max(1, Math.Max(Width(names), sample.Max(r => Width(r.Cells))));
        var doubles = names.Where(n => n.Length > 0).GroupBy(n => n, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => new Error("header.double", null, g.Key));
        return new FileShape(kind, reading with { HeaderRow = header }, sheets, Columns(names, sample, width), sample) { Notes = [.. notes, .. doubles.Take(10)] };
    }

    /// <summary>Every row as it stands, the header among them.</summary>
    private static async IAsyncEnumerable<FileRow> RowsAsync(Stream content, FileKind kind, FileReading reading, [EnumeratorCancellation] CancellationToken ct)
    {
        if (kind == FileKind.Xlsx)
        {
            var opened = XlsxPackage.Open(content);
            if (!opened.Succeeded) throw new InvalidDataException(opened.Errors[0].Code);
            using var package = opened.Value;
            var texts = await XlsxTexts.ReadAsync(package, ct);
            var name = reading.Sheet is { } wanted && package.Sheets.Contains(wanted) ? wanted : package.Sheets[0];
            await using var sheet = package.OpenSheet(name);
            await foreach (var row in new XlsxRows(package.Formats, texts).ReadAsync(sheet, ct)) yield return row;
            yield break;
        }
        var encoding = TextEncodings.Of(reading.Encoding ?? TextEncodings.Utf8) ?? throw new ArgumentException("Not an encoding that was looked up.", nameof(reading));
        var source = await TextSource.OpenAsync(content, encoding, ct);
        var rows = kind == FileKind.VCard ? new VCardRows(new(source)).ReadAsync(ct) : new CsvRows(source, reading.Delimiter ?? ',').ReadAsync(ct);
        await foreach (var row in rows) yield return row;
    }

    private static async Task<string> HeadAsync(Stream content, string encoding, CancellationToken ct)
    {
        var source = await TextSource.OpenAsync(content, TextEncodings.Of(encoding)!, ct);
        var head = new System.Text.StringBuilder();
        for (ReadOnlyMemory<char> block; head.Length < HeadLength && !(block = await source.NextAsync(ct)).IsEmpty;) head.Append(block);
        return head.Length > HeadLength ? head.ToString(0, HeadLength) : head.ToString();
    }

    private static List<FileColumn> Columns(IReadOnlyList<string> names, List<FileRow> sample, int width) =>
        [.. Enumerable.Range(0, width).Select(i => new FileColumn(i, i < names.Count ? names[i] : "", sample.Count(r => r.Problem is null && i < r.Cells.Count && r.Cells[i].Length > 0)))];

    private static int Width(IReadOnlyList<string> cells)
    {
        var width = cells.Count;
        while (width > 0 && cells[width - 1].Length == 0) width--;
        return width;
    }

    private static bool IsHeader(FileRow row, IReadOnlyList<string> names) =>
        Width(row.Cells) == Width(names) && row.Cells.Take(Width(names)).Select((c, i) => OneLine.Of(c) == names[i]).All(same => same);
}
