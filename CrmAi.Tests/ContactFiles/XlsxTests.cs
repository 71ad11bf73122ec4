using System.IO.Compression;
using System.Text;
using CrmAi.Domain.ContactFiles;

namespace CrmAi.Tests.ContactFiles;

[Collection(Support.AloneCollection.Name)]
public sealed class XlsxTests
{
    private static readonly string[] Head = ["姓名", "手机", "日期", "金额"];

    [Fact]
    public async Task Rows_AreReadWithTheirNumbers_AndBlankOnesLeftOut()
    {
        using var file = Files.Book(Head, ["张三", "13800006620", "", ""], ["", "", "", ""], ["李四", "+86 138 0000 6621", "", "x"]);
        var shape = await Files.ShapeAsync(file);
        shape.Sheets.ShouldBe(["客户"]);
        (shape.Kind, shape.Reading.Sheet, shape.Reading.HeaderRow).ShouldBe((FileKind.Xlsx, "客户", 1));
        (await Files.RowsAsync(file)).Select(r => (r.Number, r.Cells[0])).ShouldBe([(2, "张三"), (4, "李四")]);
    }

    [Fact]
    public async Task Days_Times_Formulas_AndLongNumbers_AreWhatTheyShow()
    {
        using var file = Files.Book(
            "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c></row>"
            + "<row r='2'><c r='A2' s='1'><v>45292</v></c><c r='B2' s='2'><v>45292.5</v></c><c r='C2'><v>13800006620</v></c><c r='D2'><v>1.3800006621E10</v></c><c r='E2' t='str'><f>1+1</f><v>二</v></c><c r='F2'><f>HYPERLINK(\"http://x\")</f></c><c r='G2' t='b'><v>1</v></c><c r='H2' t='e'><v>#N/A</v></c><c r='I2' s='3'><v>0.25</v></c></row>",
            "<si><t>姓名</t></si><si><r><t>备</t></r><r><t>注</t></r><rPh sb='0' eb='1'><t>bei</t></rPh></si>",
            "<numFmts><numFmt numFmtId='164' formatCode='yyyy\"年\"m\"月\"d\"日\" hh:mm'/></numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='9'/></cellXfs>");
        var shape = await Files.ShapeAsync(file);
        shape.Columns.Take(2).Select(c => c.Name).ShouldBe(["姓名", "备注"]);
        shape.Sample[0].Cells.ShouldBe(["2024-01-01", "2024-01-01 12:00:00", "13800006620", "13800006621", "二", "", "true", "", "0.25"]);
    }

    [Fact]
    public async Task Bomb_IsRefused_BeforeItIsUnpacked()
    {
        using var file = Files.Book("<row r='1'><c r='A1' t='inlineStr'><is><t>姓名</t></is></c></row>" + new string(' ', 80 * 1024 * 1024), level: CompressionLevel.SmallestSize);
        file.Length.ShouldBeLessThan(1024 * 1024);
        var before = GC.GetAllocatedBytesForCurrentThread();
        (await Files.RefusalAsync(file)).ShouldBe("file.bomb");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8 * 1024 * 1024);
    }

    [Fact]
    public async Task Zip_OfTooManyParts_IsRefused_BeforeTheyAreListed()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            for (var i = 0; i < 70_000; i++) zip.CreateEntry($"xl/{i}");
        var before = GC.GetAllocatedBytesForCurrentThread();
        (await Files.RefusalAsync(file)).ShouldBe("file.bomb");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4 * 1024 * 1024);
        using var sound = Files.Book(Head, ["张三", "1", "2", "3"]);
        Infrastructure.ContactFiles.ZipDirectory.HasMoreThan(sound, 4).ShouldBeTrue();
        Infrastructure.ContactFiles.ZipDirectory.HasMoreThan(sound, 5).ShouldBeFalse();
    }

    [Fact]
    public async Task Bomb_ThatLiesAboutItsSize_YieldsNoMoreThanItSays()
    {
        using var honest = Files.Book("<row r='1'><c r='A1' t='inlineStr'><is><t>姓名</t></is></c></row>" + string.Concat(Enumerable.Repeat("<row><c t='inlineStr'><is><t>张三</t></is></c></row>", 100_000)));
        // In the table of contents the sheet is a thousand bytes long.
        var bytes = honest.ToArray();
        var name = "xl/worksheets/sheet1.xml"u8;
        var at = bytes.AsSpan().LastIndexOf(name) - 46;
        BitConverter.GetBytes(1000).CopyTo(bytes, at + 24);
        using var file = new MemoryStream(bytes);
        var look = await Files.LookAsync(file);
        if (!look.Succeeded) { look.Errors[0].Code.ShouldBe("file.broken"); return; }
        (await Files.RowsAsync(file)).Count.ShouldBeLessThan(100);
    }

    [Fact]
    public async Task Texts_MoreThanAreKept_AreRefusedInWords()
    {
        var text = string.Concat(Enumerable.Range(0, 700).Select(i => $"<si><t>{i}{new string((char)('a' + (i % 26)), 99_000)}</t></si>"));
        using var file = Files.Book("<row r='1'><c r='A1' t='s'><v>0</v></c></row><row r='2'><c r='A2' t='s'><v>1</v></c></row>", text, level: CompressionLevel.NoCompression);
        (await Files.RefusalAsync(file)).ShouldBe("file.texts");
    }

    [Fact]
    public async Task TruncatedZip_OtherZips_AndOldBooks_AreRefused()
    {
        using var book = Files.Book(Head, ["张三", "1", "2", "3"]);
        (await Files.RefusalAsync(new MemoryStream(book.ToArray()[..(int)(book.Length * 2 / 3)]))).ShouldBe("file.broken");
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true)) archive.CreateEntry("word/document.txt").Open().Dispose();
        (await Files.RefusalAsync(zip)).ShouldBe("file.kind");
        byte[] compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[70_000]];
        (await Files.RefusalAsync(new MemoryStream([.. compound, .. Encoding.Unicode.GetBytes("EncryptedPackage"), .. new byte[300]]))).ShouldBe("file.locked");
        (await Files.RefusalAsync(new MemoryStream([.. compound, .. Encoding.Unicode.GetBytes("Workbook"), .. new byte[300]]))).ShouldBe("file.old");
        (await Files.RefusalAsync(new MemoryStream(compound))).ShouldBe("file.kind");
    }

    [Fact]
    public async Task Sheet_DamagedInTheMiddle_KeepsWhatCameBefore()
    {
        using var file = Files.Book("<row r='1'><c r='A1' t='inlineStr'><is><t>姓名</t></is></c></row><row r='2'><c r='A2' t='inlineStr'><is><t>张三</t></is></c></row><row r='3'><c r='A3'");
        var rows = new List<FileRow>();
        await foreach (var row in new CrmAi.Infrastructure.ContactFiles.ContactFiles().ReadAsync(file, FileKind.Xlsx, new(Sheet: "客户", HeaderRow: 1), CancellationToken.None)) rows.Add(row);
        rows.Select(r => (r.Number, r.Problem)).ShouldBe([(2, null), (3, "row.lost")]);
    }

    [Fact]
    public async Task Cells_TooLong_Or_TooMany_AreRefusedAlone()
    {
        var wide = "<row r='3'>" + string.Concat(Enumerable.Range(0, 16_384).Select(_ => "<c t='inlineStr'><is><t>x</t></is></c>")) + "</row>";
        using var file = Files.Book(Files.SheetOf([["姓名", "公司"], ["张三", new string('长', 1_048_576)]]) + wide + "<row r='4'><c r='A4' t='inlineStr'><is><t>李四</t></is></c></row>");
        (await Files.RowsAsync(file)).Select(r => (r.Number, r.Problem)).ShouldBe([(2, "row.cell"), (3, "row.columns"), (4, null)]);
    }

    [Fact]
    public async Task Reading_DoesNotGrowWithTheFile()
    {
        using var small = Many(2_000);
        using var large = Many(60_000);
        var (few, many) = (await PeakAsync(small), await PeakAsync(large));
        (many - few).ShouldBeLessThan(16 * 1024 * 1024, $"{few / 1024} KiB with 2,000 rows, {many / 1024} KiB with 60,000");

        static MemoryStream Many(int count) => Files.Book("<row r='1'><c r='A1' t='inlineStr'><is><t>姓名</t></is></c></row>"
            + string.Concat(Enumerable.Range(2, count).Select(i => $"<row r='{i}'><c r='A{i}' t='inlineStr'><is><t>张三{i} {new string('x', 200)}</t></is></c></row>")));

        static async Task<long> PeakAsync(Stream file)
        {
            var (before, peak, rows) = (GC.GetTotalMemory(forceFullCollection: true), 0L, 0);
            await foreach (var _ in new CrmAi.Infrastructure.ContactFiles.ContactFiles().ReadAsync(file, FileKind.Xlsx, new(Sheet: "客户", HeaderRow: 1), CancellationToken.None))
                if (++rows % 2_000 == 0) peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: true) - before);
            return peak;
        }
    }
}
