using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Imports;
using CrmAi.Tests.ContactFiles;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Imports;

/// <summary>A cell that is like nothing we know costs its own row, and never the file.</summary>
public sealed class StrangeCellsTests
{
    [Theory]
    [InlineData("١٢/٠٥/٢٠٢٤")]
    [InlineData("٢٠٢٤年١月٢日")]
    [InlineData("2024-01-02 ١٢:٣٠")]
    [InlineData("٤٥٠٠٠")]
    [InlineData("३ May 2024")]
    public void Days_InOtherDigits_AreNone(string text)
    {
        ImportDates.OrdersOf(text).ShouldBeEmpty();
        ImportDates.Read(text, DateOrder.DayMonthYear, out _).ShouldBeNull();
    }

    [Theory]
    [InlineData("١:٣٠", 1)]
    [InlineData("٥ min", 1)]
    [InlineData("999999", 3_600)]
    public void Durations_OtherwiseWrittenOrEndless_AreNone(string text, int factor) => ImportValues.Seconds(text, factor).ShouldBeNull();

    [Fact]
    public void Headers_WithOtherDigits_AreGuessedAll_TheSame()
    {
        FileColumn[] columns = [new(0, "Phone ١ - Value", 1), new(1, "姓名", 1)];
        ImportMapping.Guess(ImportKind.Contacts, columns, [new(2, ["١٢/٠٥/٢٠٢٤", "张三"])], []).Columns[1].Field.Target.ShouldBe(ImportTarget.Name);
    }

    [Fact]
    public async Task Card_InACharacterSetThatIsReadNoMore_IsRead()
    {
        using var file = Files.Of(Files.Card("VERSION:2.1\nFN;CHARSET=UTF-7;ENCODING=QUOTED-PRINTABLE:=5A=68=61=6E=67") + Files.Card("FN:李四"));
        (await Files.RowsAsync(file)).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("预算余额（万）", CustomFieldType.Number, "79228162514264337593543950335")]
    [InlineData("预算余额（亿）", CustomFieldType.Money, "999999999999999亿")]
    public void Numbers_BeyondAll_AreRefusedAtTheirField(string name, CustomFieldType type, string text)
    {
        var field = new CustomFieldRow(Guid.CreateVersion7(), 1, new() { Target = CustomFieldTarget.Contact, Type = type, Name = name }, false);
        FileColumn[] columns = [new(0, "姓名", 1), new(1, name, 1)];
        FileRow row = new(2, ["张三", text]);
        var mapping = ImportMapping.Guess(ImportKind.Contacts, columns, [row], [field]);
        mapping.Columns[1].Factor.ShouldBeGreaterThan(1);
        ImportedRow.Read(mapping, row, new(TimeZoneInfo.Utc, new(2026, 5, 1), [field])).Problems.ShouldHaveSingleItem().Code.ShouldBe("custom.number");
    }

    [Fact]
    public void Sums_BeyondAll_AreRefusedAtTheirField()
    {
        FileColumn[] columns = [new(0, "姓名", 1), new(1, "预算（亿）", 1)];
        FileRow row = new(2, ["张三", "999999999999999亿"]);
        var mapping = ImportMapping.Guess(ImportKind.Contacts, columns, [row], []) with { };
        mapping = mapping with { Columns = [mapping.Columns[0], mapping.Columns[1] with { Field = new(ImportTarget.Budget), Factor = 100_000_000 }] };
        ImportedRow.Read(mapping, row, new(TimeZoneInfo.Utc, new(2026, 5, 1), [])).Problems.ShouldHaveSingleItem().Code.ShouldBe("value.number");
    }

    [Theory]
    [InlineData(typeof(FormatException))]
    [InlineData(typeof(OverflowException))]
    [InlineData(typeof(ArgumentOutOfRangeException))]
    public async Task Row_ThatNobodyCanRead_IsRefusedAlone(Type fault)
    {
        await using var stage = await ImportStage.CreateAsync();
        await using var source = new RowSource(Rows(), new Stumbling(stage, fault), after: 0, new(), default);
        (await source.TakeAsync(10, default)).Select(r => (r.Number, r.IsRefused, r.Problems.FirstOrDefault()?.Code)).ShouldBe([(2, false, null), (3, true, "row.strange"), (4, false, null)]);

        static async IAsyncEnumerable<FileRow> Rows()
        {
            foreach (var number in (int[])[2, 3, 4]) yield return new(number, ["甲"]);
            await Task.CompletedTask;
        }
    }

    // Stumbles over the third row.
    private sealed class Stumbling(ImportStage stage, Type fault) : Importer(
        new(new() { FileName = "", StorageKey = "", Shape = "", Mapping = "" }, new(ImportKind.Contacts, []), new(TimeZoneInfo.Utc, new(2026, 5, 1), []), default, IsTrial: true), stage.Db.Cipher)
    {
        public override RowDraft Prepare(FileRow row, bool keysOnly)
        {
            if (row is { Number: 3, Problem: null }) throw (Exception)Activator.CreateInstance(fault)!;
            var draft = new Draft { Number = row.Number };
            Trouble.Unread(draft, row, Read(row).Problems);
            return draft;
        }

        public override Task<Decided> DecideAsync(AppDbContext db, Domain.Shared.Viewer viewer, IReadOnlyList<RowDraft> rows, FileKeys seen, Decided? before, DateTime now, CancellationToken ct) => throw new NotSupportedException();
    }

    private sealed class Draft : RowDraft;
}
