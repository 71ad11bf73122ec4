using System.IO.Compression;
using System.Text;
using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Imports;
using Reader = CrmAi.Infrastructure.ContactFiles.ContactFiles;

namespace CrmAi.Tests.ContactFiles;

/// <summary>Files as they get when they are cut, mixed up or made in bad faith; the same each time.</summary>
public sealed class MalformedFilesTests
{
    private const int Each = 40;

    // A bound that a reader which gathers rows, or goes round in circles, soon passes.
    private const int MaxRows = 200_000;

    private static readonly string[] All = ["csv", "gb", "utf-16", "xlsx", "xlsx inside", "vcard", "old vcard", "swapped", "bombs"];

    public static TheoryData<string> Kinds => [.. All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task EachFile_IsAnsweredInWordsOrRows(string kind)
    {
        var codes = new HashSet<string>();
        for (var seed = 0; seed < Each; seed++)
        {
            var bytes = Make(kind, new Random((kind.Length * 1000) + seed));
            using var file = new MemoryStream(bytes, writable: false);
            var look = await new Reader().LookAsync(file, null, null, CancellationToken.None);
            look.Errors.ShouldAllBe(e => e.Code.Length > 0);
            codes.UnionWith(look.Errors.Select(e => e.Code));
            if (!look.Succeeded) continue;
            var shape = look.Value;
            shape.Sample.Count.ShouldBeLessThanOrEqualTo(FileLimits.Sample);
            shape.Columns.Count.ShouldBeInRange(1, FileLimits.MaxColumns);
            var mapping = ImportMapping.Guess(ImportMapping.GuessKind(shape.Columns), shape.Columns, shape.Sample, []);
            var (rows, last) = (0, 0);
            await foreach (var row in new Reader().ReadAsync(file, shape.Kind, shape.Reading, CancellationToken.None))
            {
                (++rows).ShouldBeLessThan(MaxRows);
                row.Number.ShouldBeGreaterThan(last);
                last = row.Number;
                row.Cells.Count.ShouldBeLessThanOrEqualTo(FileLimits.MaxColumns);
                row.Cells.Sum(c => (long)c.Length).ShouldBeLessThanOrEqualTo(FileLimits.MaxRow + (2L * FileLimits.MaxCell));
                if (row.Problem is { } problem) codes.Add(problem);
                ImportedRow.Read(mapping, row, new(TimeZoneInfo.Utc, new(2026, 5, 1), []));
            }
        }
        codes.ShouldNotBeEmpty($"nothing was wrong with {kind}");
    }

    [Fact]
    public void Files_AreMoreThanThreeHundred_AndDiffer() =>
        All.SelectMany(k => Enumerable.Range(0, Each).Select(s => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Make(k, new((k.Length * 1000) + s)))))).Distinct().Count().ShouldBeGreaterThanOrEqualTo(300);

    private static byte[] Make(string kind, Random random) => kind switch
    {
        "csv" => Hurt(Encoding.UTF8.GetBytes(Table(random)), random),
        "gb" => Hurt(Files.Gb.GetBytes(Table(random)), random),
        "utf-16" => Hurt(Encoding.Unicode.GetBytes('\uFEFF' + Table(random)), random),
        "xlsx" => Hurt(Book(random).ToArray(), random),
        "xlsx inside" => Inside(random),
        "vcard" => Hurt(Encoding.UTF8.GetBytes(Cards(random)), random),
        "old vcard" => Hurt(Files.Gb.GetBytes(Cards(random).Replace("VERSION:3.0", "VERSION:2.1", StringComparison.Ordinal)), random),
        "swapped" => Swapped(random),
        _ => Bomb(random),
    };

    private static string Table(Random random)
    {
        var delimiter = ",;\t|"[random.Next(4)];
        var text = new StringBuilder(string.Join(delimiter, "姓名", "手机", "公司", "日期", "备注") + "\r\n");
        for (var i = random.Next(5, 60); i > 0; i--)
            text.Append(string.Join(delimiter, $"张{(char)random.Next(0x4e00, 0x9fa0)}", $"138{random.Next(10_000_000, 99_999_999)}", random.Next(3) == 0 ? "\"星辰, \"\"科技\"\"\"" : "远山", $"{random.Next(1, 32)}/{random.Next(1, 13)}/20{random.Next(10, 27)}", random.Next(4) == 0 ? "\"多\r\n行\"" : "=1+1")).Append(random.Next(5) == 0 ? "\n" : "\r\n");
        return text.ToString();
    }

    private static string Cards(Random random) => string.Concat(Enumerable.Range(0, random.Next(2, 20)).Select(i => Files.Card($"""
        VERSION:3.0
        FN:张{i}
        N;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=D5=C5=
        =C8=FD;;;;
        item1.TEL;TYPE=CELL:138{random.Next(10_000_000, 99_999_999)}
        item1.X-ABLabel:_$!<Mobile>!$_
        BDAY:198{random.Next(10)}-0{random.Next(1, 10)}-1{random.Next(10)}
        PHOTO;ENCODING=b;TYPE=JPEG:{Convert.ToBase64String(new byte[random.Next(10, 200)])}
        ADR;TYPE=WORK:;;世纪大道;上海;;200120;中国
        """)));

    private static MemoryStream Book(Random random) => Files.Book([["姓名", "手机", "日期"], .. Enumerable.Range(0, random.Next(3, 40)).Select(i => (string[])[$"张{i}", $"138{random.Next(10_000_000, 99_999_999)}", $"<c r='C{i + 2}' s='0'><v>{random.Next()}</v></c>"])]);

    // One to three hurts: cut off, bytes turned, a piece doubled, moved or replaced, quotes and marks strewn in.
    private static byte[] Hurt(byte[] bytes, Random random)
    {
        for (var i = random.Next(1, 4); i > 0 && bytes.Length > 8; i--)
        {
            var (at, length) = (random.Next(bytes.Length), random.Next(1, Math.Max(2, bytes.Length / 4)));
            length = Math.Min(length, bytes.Length - at);
            bytes = random.Next(6) switch
            {
                0 => bytes[..at],
                1 => [.. bytes.Select(b => random.Next(40) == 0 ? (byte)random.Next(256) : b)],
                2 => [.. bytes[..(at + length)], .. bytes[at..]],
                3 => [.. bytes[..at], .. bytes[(at + length)..]],
                4 => [.. bytes[..at], .. Enumerable.Repeat((byte)"\"\0\r<"[random.Next(4)], random.Next(1, 3_000)), .. bytes[at..]],
                _ => [.. bytes[..at], .. "\"\"\",BEGIN:VCARD\r\n=\r\n\xFF\xFE"u8.ToArray(), .. bytes[at..]],
            };
        }
        return bytes;
    }

    // A sound zip with unsound parts.
    private static byte[] Inside(Random random)
    {
        using var source = Book(random);
        using var target = new MemoryStream();
        using (var from = new ZipArchive(source, ZipArchiveMode.Read))
        using (var to = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            var hurt = random.Next(from.Entries.Count);
            foreach (var (entry, i) in from.Entries.Select((e, i) => (e, i)).Where(_ => random.Next(12) > 0))
            {
                using var read = new MemoryStream();
                using (var stream = entry.Open()) stream.CopyTo(read);
                using var write = to.CreateEntry(entry.FullName).Open();
                write.Write(i == hurt ? Hurt(read.ToArray(), random) : read.ToArray());
            }
        }
        return target.ToArray();
    }

    private static byte[] Swapped(Random random) => random.Next(6) switch
    {
        0 => [.. Encoding.UTF8.GetBytes(Table(random)), .. Book(random).ToArray()],
        1 => [.. Book(random).ToArray(), .. Encoding.UTF8.GetBytes(Cards(random))],
        2 => [.. Encoding.UTF8.GetBytes(Cards(random)), .. Files.Gb.GetBytes(Table(random))],
        3 => [.. Encoding.UTF8.GetBytes(Table(random)), .. Encoding.Unicode.GetBytes(Table(random))],
        4 => [0x50, 0x4B, 0x03, 0x04, .. Encoding.UTF8.GetBytes(Table(random))],
        _ => [0xD0, 0xCF, 0x11, 0xE0, .. Hurt(Book(random).ToArray(), random)],
    };

    private static byte[] Bomb(Random random)
    {
        var many = random.Next(20_000, 60_000);
        return random.Next(8) switch
        {
            0 => Files.Book(string.Concat(Enumerable.Repeat("<row>", many))).ToArray(),
            1 => Files.Book("<row><c r='ZZZZZZZ1' t='inlineStr'><is><t>x</t></is></c></row>" + string.Concat(Enumerable.Repeat("<row><c t='s'><v>99999999999</v></c></row>", many))).ToArray(),
            2 => Files.Book($"<row r='1'><c r='A1' t='inlineStr'><is><t>{new string('x', many * 40)}</t></is></c></row>").ToArray(),
            3 => Files.Book($"<row {string.Concat(Enumerable.Range(0, many).Select(i => $"a{i}='x' "))}/>").ToArray(),
            4 => Files.Book($"<row x='{new string('y', many * 60)}'><c><v>1</v></c></row>").ToArray(),
            5 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("\"\"\"\n", many))),
            6 => Encoding.UTF8.GetBytes("BEGIN:VCARD\n" + string.Concat(Enumerable.Repeat("TEL;CELL:1380000\n", many)) + "END:VCARD\n" + Files.Card("FN:甲")),
            _ => Files.Book("<row r='1'><c r='A1' t='s'><v>0</v></c></row>", string.Concat(Enumerable.Repeat("<si>", many))).ToArray(),
        };
    }
}
