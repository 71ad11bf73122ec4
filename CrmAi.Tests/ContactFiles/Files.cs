using System.IO.Compression;
using System.Security;
using System.Text;
using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Shared;
using Reader = CrmAi.Infrastructure.ContactFiles.ContactFiles;

namespace CrmAi.Tests.ContactFiles;

/// <summary>Files as people have them, and reading them.</summary>
internal static class Files
{
    public static readonly Encoding Gb = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!;

    public static MemoryStream Of(string text, Encoding? encoding = null) => new(((encoding ?? new UTF8Encoding(false)).GetPreamble() is { Length: > 0 } mark ? mark : []).Concat((encoding ?? Encoding.UTF8).GetBytes(text)).ToArray());

    public static Task<Result<FileShape>> LookAsync(Stream content, FileReading? wanted = null) => new Reader().LookAsync(content, null, wanted, CancellationToken.None);

    public static async Task<FileShape> ShapeAsync(Stream content, FileReading? wanted = null)
    {
        var look = await LookAsync(content, wanted);
        look.Errors.Select(e => e.Code).ShouldBeEmpty();
        return look.Value;
    }

    public static async Task<List<FileRow>> RowsAsync(Stream content, FileReading? wanted = null)
    {
        var shape = await ShapeAsync(content, wanted);
        var rows = new List<FileRow>();
        await foreach (var row in new Reader().ReadAsync(content, shape.Kind, shape.Reading, CancellationToken.None)) rows.Add(row);
        return rows;
    }

    public static async Task<string?> RefusalAsync(Stream content, FileReading? wanted = null) => (await LookAsync(content, wanted)).Errors is [var first, ..] ? first.Code : null;

    /// <summary>A workbook with one sheet of texts; cells that are XML elements of cells go in as they stand.</summary>
    public static MemoryStream Book(params string[][] rows) => Book(SheetOf(rows));

    public static string SheetOf(IEnumerable<string[]> rows) => string.Concat(rows.Select((cells, r) => $"<row r=\"{r + 1}\">" + string.Concat(cells.Select((cell, c) => Cell(cell, c, r))) + "</row>"));

    public static MemoryStream Book(string rows, string? texts = null, string? styles = null, CompressionLevel level = CompressionLevel.Fastest)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>"""
                + (texts is null ? "" : """<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>""") + (styles is null ? "" : """<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>""") + "</Types>");
            Add("_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Add("xl/workbook.xml", """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="客户" sheetId="1" r:id="s1"/></sheets></workbook>""");
            Add("xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="s1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>"""
                + (texts is null ? "" : """<Relationship Id="t1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>""") + (styles is null ? "" : """<Relationship Id="y1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>""") + "</Relationships>");
            Add("xl/worksheets/sheet1.xml", $"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>""");
            if (texts is not null) Add("xl/sharedStrings.xml", $"""<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{texts}</sst>""");
            if (styles is not null) Add("xl/styles.xml", $"""<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{styles}</styleSheet>""");

            void Add(string name, string text)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        stream.Position = 0;
        return stream;
    }

    public static string Card(string lines) => $"BEGIN:VCARD\r\n{lines.ReplaceLineEndings("\r\n").Trim()}\r\nEND:VCARD\r\n";

    private static string Cell(string cell, int column, int row) =>
        cell.StartsWith("<c", StringComparison.Ordinal) ? cell : $"<c r=\"{Letters(column)}{row + 1}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{SecurityElement.Escape(cell)}</t></is></c>";

    private static string Letters(int column) => column < 26 ? $"{(char)('A' + column)}" : Letters((column / 26) - 1) + (char)('A' + (column % 26));
}

