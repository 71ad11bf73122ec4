using System.Text;
using CrmAi.Domain.ContactFiles;

namespace CrmAi.Tests.ContactFiles;

[Collection(Support.AloneCollection.Name)]
public sealed class VCardTests
{
    private static readonly string Picture = Convert.ToBase64String([.. Enumerable.Range(0, 300).Select(i => (byte)i)]);

    [Fact]
    public async Task Card_OfAnIPhone_IsRead()
    {
        var row = await OneAsync("""
            VERSION:3.0
            N:张;三;;;
            FN:张三
            ORG:星辰科技有限公司;采购部
            TITLE:采购总监
            item1.TEL;type=pref:+86 138 0000 6620
            item1.X-ABLabel:_$!<Mobile>!$_
            TEL;type=WORK;type=VOICE:021-58880000
            item2.EMAIL;type=INTERNET:zhang@xingchen.example
            item3.X-ABLabel:微信
            item3.TEL:zhangsan_88
            item4.ADR;type=WORK;type=pref:;;世纪大道 88 号;浦东新区;上海市;200120;中国
            IMPP;X-SERVICE-TYPE=QQ:x-apple:10001
            BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12
            NOTE:第一行\n第二行\, 完
            """);
        Read(row, VCardColumns.Name, VCardColumns.Family, VCardColumns.Given, VCardColumns.Organisation, VCardColumns.Department, VCardColumns.Mobile, VCardColumns.Work, VCardColumns.Email, VCardColumns.WeChat, VCardColumns.Qq, VCardColumns.Birthday)
            .ShouldBe(["张三", "张", "三", "星辰科技有限公司", "采购部", "+86 138 0000 6620", "021-58880000", "zhang@xingchen.example", "zhangsan_88", "10001", "--04-12"]);
        Read(row, VCardColumns.Note).ShouldBe(["第一行\n第二行, 完"]);
        Read(row, VCardColumns.WorkAddress).ShouldBe(["中国 上海市 浦东新区 世纪大道 88 号 200120"]);
    }

    [Fact]
    public async Task Card_OfAnOldAndroid_IsReadInItsOwnCharacterSet()
    {
        var name = string.Concat(Files.Gb.GetBytes("李四").Select(b => $"={b:X2}"));
        var row = await OneAsync($"""
            VERSION:2.1
            N;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:{name};;;;
            FN;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:{name}
            ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E8=BF=9C=E5=B1=B1=
            =E9=9B=86=E5=9B=A2
            TEL;CELL;PREF:13900006621
            TEL;HOME;FAX:02158880001
            PHOTO;ENCODING=BASE64;JPEG:{Picture[..100]}
             {Picture[100..]}

            BDAY:19850412
            """);
        Read(row, VCardColumns.Name, VCardColumns.Family, VCardColumns.Organisation, VCardColumns.Mobile, VCardColumns.Fax, VCardColumns.Birthday).ShouldBe(["李四", "李四", "远山集团", "13900006621", "02158880001", "1985-04-12"]);
        row.Photo!.Bytes.Length.ShouldBe(300);
    }

    [Fact]
    public async Task Card_OfVersion4_IsRead()
    {
        var row = await OneAsync($"""
            VERSION:4.0
            FN:Ana "Q"; de la Cruz
            N:de la Cruz;Ana;;Dr.;
            TEL;VALUE=uri;TYPE="cell,voice":tel:+34-600-000-001
            EMAIL:ana@norte.example
            EMAIL:ana.home@norte.example
            GENDER:F
            URL:https://norte.example
            CATEGORIES:重点,展会
            X-SOCIALPROFILE;TYPE=linkedin:https://www.linkedin.com/in/ana
            PHOTO:data:image/png;base64,{Picture}
            """);
        Read(row, VCardColumns.Name, VCardColumns.Prefix, VCardColumns.Mobile, VCardColumns.Email2, VCardColumns.Gender, VCardColumns.Categories, VCardColumns.Social)
            .ShouldBe(["Ana \"Q\"; de la Cruz", "Dr.", "+34-600-000-001", "ana.home@norte.example", "F", "重点, 展会", "https://www.linkedin.com/in/ana"]);
        row.Photo!.Bytes.Length.ShouldBe(300);
    }

    [Fact]
    public async Task Numbers_BeyondTheirColumns_AreNotLost()
    {
        var row = await OneAsync("VERSION:3.0\nFN:A\nTEL;TYPE=CELL:1\nTEL;TYPE=CELL:2\nTEL;TYPE=CELL:3\nTEL;TYPE=CELL:1");
        Read(row, VCardColumns.Mobile, VCardColumns.Mobile2).ShouldBe(["1", "2 ::: 3"]);
    }

    [Fact]
    public async Task Cards_ThatNeverEnd_OrBreakOff_AreRefusedAlone()
    {
        using var file = Files.Of(Files.Card("FN:甲") + "BEGIN:VCARD\r\nFN:乙\r\n" + Files.Card("FN:丙") + "BEGIN:VCARD\r\nFN:丁\r\n");
        (await Files.RowsAsync(file)).Select(r => (r.Number, r.Cells[0], r.Problem)).ShouldBe([(1, "甲", null), (2, "乙", "row.card"), (3, "丙", null), (4, "丁", "row.lost")]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Photo_OfTwoHundredMegabytes_IsLeftOut_AndNotHeld(bool folded)
    {
        using var file = new Endless("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:甲\r\nPHOTO;ENCODING=b;TYPE=JPEG:", folded ? new string('A', 74) + "\r\n " : new string('A', 76), 200L * 1024 * 1024, "\r\nTEL;TYPE=CELL:13800006620\r\nEND:VCARD\r\n");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var rows = await Files.RowsAsync(file);
        rows.ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Problem.ShouldBeNull(), r => r.Photo.ShouldBeNull(), r => r.Note.ShouldBe("row.photo.large"), r => Read(r, VCardColumns.Mobile).ShouldBe(["13800006620"]));
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(4 * 1024 * 1024);
        file.Longest.ShouldBeLessThan(64 * 1024 * 1024);
    }

    [Fact]
    public async Task Photo_ThatIsNone_IsToldOf()
    {
        (await OneAsync("VERSION:3.0\nFN:甲\nPHOTO;ENCODING=b:***")).Note.ShouldBe("row.photo.broken");
        (await OneAsync("VERSION:3.0\nFN:甲\nPHOTO;VALUE=uri:http://192.168.1.1/x.jpg")).ShouldSatisfyAllConditions(r => r.Photo.ShouldBeNull(), r => r.Note.ShouldBeNull());
    }

    [Fact]
    public async Task Card_InGb18030_IsRead()
    {
        using var file = Files.Of(Files.Card("VERSION:2.1\nN:王;五\nFN:王五\nORG:海岳集团"), Files.Gb);
        (await Files.ShapeAsync(file)).Reading.Encoding.ShouldBe("gb18030");
        Read((await Files.RowsAsync(file))[0], VCardColumns.Name, VCardColumns.Organisation).ShouldBe(["王五", "海岳集团"]);
    }

    private static async Task<FileRow> OneAsync(string lines)
    {
        using var file = Files.Of(Files.Card(lines));
        var shape = await Files.ShapeAsync(file);
        shape.Kind.ShouldBe(FileKind.VCard);
        return (await Files.RowsAsync(file)).ShouldHaveSingleItem();
    }

    private static string[] Read(FileRow row, params string[] columns) => [.. columns.Select(c => row.Cells[VCardColumns.All.ToList().IndexOf(c)])];

    /// <summary>A file that is written only as it is read, and notes how much memory was held meanwhile.</summary>
    private sealed class Endless(string head, string unit, long middle, string tail) : Stream
    {
        private readonly byte[] first = Encoding.UTF8.GetBytes(head), repeated = Encoding.UTF8.GetBytes(unit), last = Encoding.UTF8.GetBytes(tail);
        private readonly long start = GC.GetTotalMemory(forceFullCollection: true);
        private int reads;

        public long Longest { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => first.Length + (middle / repeated.Length * repeated.Length) + last.Length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (++reads % 500 == 0) Longest = Math.Max(Longest, GC.GetTotalMemory(forceFullCollection: false) > start + (64 * 1024 * 1024) ? GC.GetTotalMemory(forceFullCollection: true) - start : 0);
            var read = 0;
            while (read < count && Position < Length)
            {
                var part = Position < first.Length ? first.AsSpan((int)Position) : Position >= Length - last.Length ? last.AsSpan((int)(Position - Length + last.Length)) : repeated.AsSpan((int)((Position - first.Length) % repeated.Length));
                part = part[..Math.Min(part.Length, count - read)];
                part.CopyTo(buffer.AsSpan(offset + read));
                (read, Position) = (read + part.Length, Position + part.Length);
            }
            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => Position = origin == SeekOrigin.Begin ? offset : origin == SeekOrigin.Current ? Position + offset : Length + offset;

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
