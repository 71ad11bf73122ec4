using System.Text;
using CrmAi.Domain.ContactFiles;

namespace CrmAi.Tests.ContactFiles;

public sealed class CsvTests
{
    private static readonly string[] Lines = ["姓名 电话 备注", "张三 13800006620 价格,交期;付款", "李四 13800006621 \"a, b\"", "王五 13800006622 x|y"];

    private const string Head = "姓名,公司,备注\r\n";

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-8 with mark")]
    [InlineData("utf-16")]
    [InlineData("utf-16 without mark")]
    [InlineData("utf-16BE")]
    [InlineData("gb18030")]
    public async Task Encoding_IsTold(string name)
    {
        Encoding encoding = name switch
        {
            "utf-8 with mark" => new UTF8Encoding(true),
            "utf-16" => new UnicodeEncoding(false, true),
            "utf-16 without mark" => new UnicodeEncoding(false, false),
            "utf-16BE" => new UnicodeEncoding(true, true),
            "gb18030" => Files.Gb,
            _ => new UTF8Encoding(false),
        };
        using var file = Files.Of(Head + "张三,星辰科技,\"说 \"\"好\"\"\r\n再谈\"\r\n李四,,\r\n", encoding);
        var shape = await Files.ShapeAsync(file);
        shape.Kind.ShouldBe(FileKind.Csv);
        shape.Reading.Encoding.ShouldBe(name.Split(' ')[0]);
        shape.Reading.HeaderRow.ShouldBe(1);
        shape.Columns.Select(c => c.Name).ShouldBe(["姓名", "公司", "备注"]);
        var rows = await Files.RowsAsync(file);
        rows.Select(r => (r.Number, r.Cells[0], r.Problem)).ShouldBe([(2, "张三", null), (4, "李四", null)]);
        rows[0].Cells[2].ReplaceLineEndings("/").ShouldBe("说 \"好\"/再谈");
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    [InlineData('^')]
    [InlineData('，')]
    public async Task Delimiter_IsTold_ThoughOthersStandInTexts(char delimiter)
    {
        var text = string.Join("\n", Lines.Select(l => string.Join(delimiter, l.Split(' ', 3).Select(c => c.Contains(delimiter, StringComparison.Ordinal) && c[0] != '"' ? $"\"{c}\"" : c))));
        using var file = Files.Of(text);
        var shape = await Files.ShapeAsync(file);
        shape.Reading.Delimiter.ShouldBe(delimiter);
        shape.Columns.Count.ShouldBe(3);
        shape.Sample.Select(r => r.Cells[1]).ShouldBe(["13800006620", "13800006621", "13800006622"]);
    }

    [Fact]
    public async Task Separator_SaidByExcel_IsHeeded()
    {
        using var file = Files.Of("sep=~\r\n姓名~手机\r\n张三~13800006620\r\n");
        var rows = await Files.RowsAsync(file);
        rows.ShouldHaveSingleItem().Cells.ShouldBe(["张三", "13800006620"]);
        rows[0].Number.ShouldBe(3);
    }

    [Fact]
    public async Task Header_StandsUnderATitle_AndOnceMoreInTheMiddle()
    {
        using var file = Files.Of("2026 年客户名单,,\n,,\n姓名,手机,公司\n张三,13800006620,星辰\n姓名,手机,公司\n李四,13800006621,远山\n");
        var shape = await Files.ShapeAsync(file);
        shape.Reading.HeaderRow.ShouldBe(3);
        (await Files.RowsAsync(file)).Select(r => (r.Number, r.Problem)).ShouldBe([(4, null), (5, "row.header"), (6, null)]);
    }

    [Fact]
    public async Task Header_None_LeavesColumnsUnnamed()
    {
        using var file = Files.Of("张三,13800006620\n李四,13800006621\n");
        var shape = await Files.ShapeAsync(file);
        shape.Reading.HeaderRow.ShouldBe(0);
        shape.Columns.ShouldAllBe(c => c.Name == "" && c.Filled == 2);
        (await Files.RowsAsync(file)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Header_WithANameTwice_IsToldOf()
    {
        using var file = Files.Of("姓名,电话,电话\n张三,1,2\n");
        (await Files.ShapeAsync(file)).Notes.ShouldHaveSingleItem().ShouldSatisfyAllConditions(n => n.Code.ShouldBe("header.double"), n => n.Args.ShouldBe(["电话"]));
    }

    [Fact]
    public async Task Choices_OfThePerson_Win_AndUnknownOnesAreRefused()
    {
        using var file = Files.Of("a;b,c\n姓名;电话,x\n张三;1,2\n");
        var shape = await Files.ShapeAsync(file, new("utf-8", ',', HeaderRow: 1));
        (shape.Reading.Delimiter, shape.Columns[0].Name, shape.Sample.Count).ShouldBe((',', "a;b", 2));
        (await Files.RefusalAsync(file, new("latin-9"))).ShouldBe("encoding.unknown");
        (await Files.RefusalAsync(file, new(Delimiter: '"'))).ShouldBe("delimiter.unknown");
        (await Files.RefusalAsync(file, new(HeaderRow: 900))).ShouldBe("header.unknown");
    }

    [Fact]
    public async Task Quote_ThatNeverEnds_CostsItsOwnLineAlone()
    {
        using var file = Files.Of(Head + "张三,星辰,\"没有结束\r\n李四,远山,好\r\n王五,海岳,\"完\"\"整\"\r\n赵六,群山,\"x");
        (await Files.RowsAsync(file)).Select(r => (r.Number, r.Cells[0], r.Problem)).ShouldBe([(2, "张三", "row.quote"), (3, "李四", null), (4, "王五", null), (5, "赵六", "row.quote")]);
    }

    [Fact]
    public async Task Cells_TooLong_Or_TooMany_AreRefusedAlone()
    {
        var wide = string.Join(',', Enumerable.Repeat("x", 16_384));
        using var file = Files.Of(Head + $"张三,{new string('长', 1_048_576)},好\n李四,远山,好\n{wide}\n王五,海岳,\"{new string('q', 1_048_576)}\"\n赵六,,\n");
        var rows = await Files.RowsAsync(file);
        rows.Select(r => (r.Cells[0], r.Problem)).ShouldBe([("张三", "row.cell"), ("李四", null), ("x", "row.columns"), ("王五", "row.cell"), ("赵六", null)]);
        rows[0].Cells.Max(c => c.Length).ShouldBeLessThanOrEqualTo(FileLimits.MaxShown);
    }

    [Fact]
    public async Task Bytes_ThatAreNoText_RefuseTheirRowAlone()
    {
        using var file = new MemoryStream([.. Encoding.UTF8.GetBytes(Head + "张三,星辰,好\n"), .. Files.Gb.GetBytes("李四,远山,好\n"), .. Encoding.UTF8.GetBytes("王五,海岳,非常好\n")]);
        var shape = await Files.ShapeAsync(file);
        shape.Notes.Select(n => n.Code).ShouldBe(["encoding.mixed"]);
        (await Files.RowsAsync(file)).Select(r => r.Problem).ShouldBe([null, "row.encoding", null]);
    }

    [Theory]
    [InlineData("", "file.empty")]
    [InlineData("  \r\n\r\n ", "file.empty")]
    [InlineData("姓名,手机,公司\n", "file.rows")]
    [InlineData("%PDF-1.7 ...", "file.kind")]
    [InlineData("<html><body><table><tr><td>姓名</td></tr></table></body></html>", "file.kind")]
    public async Task Files_ThatAreNoTables_AreRefused(string text, string code)
    {
        using var file = Files.Of(text);
        (await Files.RefusalAsync(file)).ShouldBe(code);
    }

    [Fact]
    public async Task Columns_MoreThanATableHas_AreRefused()
    {
        using var file = Files.Of(string.Join(',', Enumerable.Range(1, 16_384).Select(i => $"列{i}")) + "\n1,2\n");
        (await Files.RefusalAsync(file)).ShouldBe("file.columns");
    }

    [Fact]
    public async Task Bytes_OfAPicture_AreRefused()
    {
        var bytes = new byte[5_000];
        new Random(7).NextBytes(bytes);
        (await Files.RefusalAsync(new MemoryStream(bytes))).ShouldBe("file.kind");
        (await Files.RefusalAsync(new MemoryStream([0x89, 0x50, 0x4E, 0x47, .. bytes]))).ShouldBe("file.kind");
    }
}
