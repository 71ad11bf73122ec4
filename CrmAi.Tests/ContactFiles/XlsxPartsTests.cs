using System.IO.Compression;
using System.Text;

namespace CrmAi.Tests.ContactFiles;

/// <summary>Workbooks that say strange things at single places.</summary>
public sealed class XlsxPartsTests
{
    // The role of a part is what relationships say, whatever it is called.
    [Theory]
    [InlineData("styles")]
    [InlineData("workbook")]
    public async Task Part_ReadWhole_IsNoLargerForBeingCalledASheet(string part)
    {
        using var book = Files.Book("<row r='1'><c r='A1' t='inlineStr'><is><t>姓名</t></is></c></row><row r='2'><c r='A2' t='inlineStr'><is><t>张三</t></is></c></row>", styles: "<cellXfs><xf numFmtId='0'/></cellXfs>");
        (await Files.RefusalAsync(book)).ShouldBeNull();
        using var forged = new MemoryStream();
        using (var from = new ZipArchive(book, ZipArchiveMode.Read))
        using (var to = new ZipArchive(forged, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in from.Entries)
            {
                using var reader = new StreamReader(entry.Open());
                var text = await reader.ReadToEndAsync();
                var name = entry.FullName;
                if (name == $"xl/{part}.xml")
                {
                    (name, text) = ($"xl/worksheets/{part}.xml", text.Insert(text.IndexOf('>', StringComparison.Ordinal) + 1, string.Concat(Enumerable.Repeat("<!---->", 1_000_000))));
                }
                if (name == $"xl/_rels/{part}.xml.rels") (name, text) = ($"xl/worksheets/_rels/{part}.xml.rels", text.Replace("worksheets/", "", StringComparison.Ordinal).Replace("\"styles.xml\"", "\"../styles.xml\"", StringComparison.Ordinal));
                text = text.Replace($"\"/xl/{part}.xml\"", $"\"/xl/worksheets/{part}.xml\"", StringComparison.Ordinal).Replace($"\"{part}.xml\"", $"\"worksheets/{part}.xml\"", StringComparison.Ordinal).Replace($"\"xl/{part}.xml\"", $"\"xl/worksheets/{part}.xml\"", StringComparison.Ordinal);
                using var write = to.CreateEntry(name).Open();
                write.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        (await Files.RefusalAsync(forged)).ShouldBe("file.broken");
    }

    [Theory]
    [InlineData("<c r='B2' s='1'><v>2958465.99999999</v></c>", false, "2958465.99999999")]
    [InlineData("<c r='B2' s='1'><v>2957004</v></c>", true, "2957004")]
    [InlineData("<c r='B2' t='d'><v>T00:00:00</v></c>", false, "00:00:00")]
    [InlineData("<c r='B2' t='d'><v>2024-05-06T00:00:00</v></c>", false, "2024-05-06")]
    public async Task Days_BeyondTheCalendar_CostNoRow(string cell, bool from1904, string shown)
    {
        using var file = Files.Book($"<row r='1'><c r='A1' t='inlineStr'><is><t>姓名</t></is></c><c r='B1' t='inlineStr'><is><t>日期</t></is></c></row><row r='2'><c r='A2' t='inlineStr'><is><t>张三</t></is></c>{cell}</row><row r='3'><c r='A3' t='inlineStr'><is><t>李四</t></is></c></row>",
            styles: "<cellXfs><xf numFmtId='0'/><xf numFmtId='22'/></cellXfs>");
        using var book = from1904 ? In1904(file) : file;
        (await Files.RowsAsync(book)).Select(r => string.Join('|', r.Cells)).ShouldBe([$"张三|{shown}", "李四"]);
    }

    [Fact]
    public async Task RowNumbers_BeyondASheet_AreCountedOn()
    {
        using var file = Files.Book("<row r='1'><c t='inlineStr'><is><t>姓名</t></is></c></row><row r='2147483647'><c t='inlineStr'><is><t>张三</t></is></c></row><row><c t='inlineStr'><is><t>李四</t></is></c></row>");
        (await Files.RowsAsync(file)).Select(r => (r.Number, r.Cells.SingleOrDefault())).ShouldBe([(2, "张三"), (3, "李四")]);
    }

    private static MemoryStream In1904(MemoryStream book)
    {
        using (var zip = new ZipArchive(book, ZipArchiveMode.Update, leaveOpen: true))
        {
            string text;
            using (var reader = new StreamReader(zip.GetEntry("xl/workbook.xml")!.Open())) text = reader.ReadToEnd();
            zip.GetEntry("xl/workbook.xml")!.Delete();
            using var write = zip.CreateEntry("xl/workbook.xml").Open();
            write.Write(Encoding.UTF8.GetBytes(text.Replace("<sheets>", "<workbookPr date1904='1'/><sheets>", StringComparison.Ordinal)));
        }
        return book;
    }
}
