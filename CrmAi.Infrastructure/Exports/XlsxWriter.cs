using System.IO.Compression;
using System.Text;
using System.Xml;
using CrmAi.Domain.Imports;

namespace CrmAi.Infrastructure.Exports;

/// <summary>
/// A workbook of one sheet, written straight into the zip: a library's package would keep the sheet in memory until it is closed. Every cell is text and stays so; what a program would calculate once it is
/// saved as a table in text carries the mark that a leading apostrophe makes.
/// </summary>
internal sealed class XlsxWriter : IExportWriter
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        Package = "http://schemas.openxmlformats.org/package/2006", Kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    // What a cell holds at most.
    private const int MaxText = 32_767;

    private readonly AsyncTarget target;
    private readonly ZipArchive zip;
    private readonly ExportCells cells;
    private Stream sheet = null!;
    private XmlWriter xml = null!;
    private int row;

    private XlsxWriter(AsyncTarget target, ZipArchive zip, ExportCells cells) => (this.target, this.zip, this.cells) = (target, zip, cells);

    public static async Task<XlsxWriter> BeginAsync(Stream target, IReadOnlyList<string> titles, ExportCells cells, CancellationToken ct)
    {
        var guarded = new AsyncTarget(target);
        var writer = new XlsxWriter(guarded, await ZipArchive.CreateAsync(guarded, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct), cells);
        await writer.PartAsync("[Content_Types].xml", $"<Types xmlns=\"{Package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{Kind}.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{Kind}.worksheet+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{Kind}.styles+xml\"/></Types>", ct);
        await writer.PartAsync("_rels/.rels", $"<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"r1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>", ct);
        await writer.PartAsync("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets><sheet name=\"CrmAi\" sheetId=\"1\" r:id=\"s1\"/></sheets></workbook>", ct);
        await writer.PartAsync("xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"s1\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"s2\" Type=\"{Office}/styles\" Target=\"styles.xml\"/></Relationships>", ct);
        // Styles: plain text, bold headers, and either where it begins like a formula.
        await writer.PartAsync("xl/styles.xml", $"<styleSheet xmlns=\"{Main}\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"4\"><xf numFmtId=\"49\" applyNumberFormat=\"1\"/><xf numFmtId=\"49\" fontId=\"1\" applyFont=\"1\"/><xf numFmtId=\"49\" quotePrefix=\"1\"/><xf numFmtId=\"49\" fontId=\"1\" applyFont=\"1\" quotePrefix=\"1\"/></cellXfs></styleSheet>", ct);
        writer.sheet = await writer.zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).OpenAsync(ct);
        writer.xml = XmlWriter.Create(writer.sheet, new() { Async = true, Encoding = new UTF8Encoding(false), CheckCharacters = false, CloseOutput = false });
        await writer.xml.WriteStartElementAsync(null, "worksheet", Main);
        await writer.OpenAsync("sheetViews");
        await writer.OpenAsync("sheetView");
        await writer.xml.WriteAttributeStringAsync(null, "workbookViewId", null, "0");
        await writer.OpenAsync("pane");
        foreach (var (name, value) in ((string, string)[])[("ySplit", "1"), ("topLeftCell", "A2"), ("activePane", "bottomLeft"), ("state", "frozen")]) await writer.xml.WriteAttributeStringAsync(null, name, null, value);
        for (var i = 0; i < 3; i++) await writer.xml.WriteEndElementAsync();
        await writer.OpenAsync("sheetData");
        await writer.RowAsync(titles, isHead: true);
        return writer;
    }

    public Task WriteAsync(ExportedRecord record, CancellationToken ct) => RowAsync(cells.Of(record), isHead: false);

    public async Task EndAsync(CancellationToken ct)
    {
        await xml.WriteEndElementAsync();
        await xml.WriteEndElementAsync();
        await xml.FlushAsync();
        await sheet.DisposeAsync();
        await zip.DisposeAsync();
        await target.FlushAsync(ct);
    }

    // A file that failed is not brought to its end.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task RowAsync(IReadOnlyList<string> texts, bool isHead)
    {
        await OpenAsync("row");
        await xml.WriteAttributeStringAsync(null, "r", null, $"{++row}");
        for (var i = 0; i < texts.Count; i++)
        {
            if (texts[i].Length == 0) continue;
            await OpenAsync("c");
            await xml.WriteAttributeStringAsync(null, "r", null, Letters(i) + row);
            await xml.WriteAttributeStringAsync(null, "t", null, "inlineStr");
            var style = CellText.IsDangerous(texts[i]) ? isHead ? "3" : "2" : isHead ? "1" : "0";
            await xml.WriteAttributeStringAsync(null, "s", null, style);
            await OpenAsync("is");
            await OpenAsync("t");
            await xml.WriteAttributeStringAsync("xml", "space", null, "preserve");
            await xml.WriteStringAsync(Sound(texts[i]));
            for (var end = 0; end < 3; end++) await xml.WriteEndElementAsync();
        }
        await xml.WriteEndElementAsync();
    }

    private Task OpenAsync(string name) => xml.WriteStartElementAsync(null, name, Main);

    private async Task PartAsync(string name, string text, CancellationToken ct)
    {
        await using var part = await zip.CreateEntry(name).OpenAsync(ct);
        await part.WriteAsync(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>{text}"), ct);
    }

    // ECMA-376 part 1, 22.4.2.4: what looks like an escape is escaped; what XML cannot hold is left out.
    private static string Sound(string text)
    {
        if (text.Length > MaxText)
        {
            // What does not fit is counted where it is missing.
            var end = MaxText - 16;
            if (char.IsHighSurrogate(text[end - 1])) end--;
            text = $"{text[..end]}…[+{text.Length - end}]";
        }
        text = text.Contains("_x", StringComparison.Ordinal) ? text.Replace("_x", "_x005F_x", StringComparison.Ordinal) : text;
        return text.Any(c => !XmlConvert.IsXmlChar(c)) ? string.Concat(text.EnumerateRunes().Where(r => r.Value > 0xFFFF || XmlConvert.IsXmlChar((char)r.Value)).Select(r => r.ToString())) : text;
    }

    private static string Letters(int column) => column < 26 ? $"{(char)('A' + column)}" : Letters((column / 26) - 1) + (char)('A' + (column % 26));
}
