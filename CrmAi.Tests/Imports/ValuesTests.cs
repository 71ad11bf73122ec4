using CrmAi.Domain.Contacts;
using CrmAi.Domain.Imports;

namespace CrmAi.Tests.Imports;

public sealed class ValuesTests
{
    [Theory]
    [InlineData("¥1,234.50", 1234.50, "CNY")]
    [InlineData("USD 5,000", 5000d, "USD")]
    [InlineData("1.2万", 12000d, null)]
    [InlineData("3亿元", 300000000d, "CNY")]
    [InlineData("1.234,56 €", 1234.56, "EUR")]
    [InlineData("１２００", 1200d, null)]
    [InlineData("5k", 5000d, null)]
    [InlineData("五百", null, null)]
    [InlineData("-5", null, null)]
    [InlineData("12 apples", null, null)]
    public void Money_IsRead(string text, double? amount, string? currency)
    {
        var read = ImportValues.Money(text);
        ((double?)read?.Amount, read?.Currency).ShouldBe((amount, currency));
    }

    [Theory]
    [InlineData("张", "三", "", "张三")]
    [InlineData("欧阳", "小明", "", "欧阳小明")]
    [InlineData("Smith", "John", "Q.", "John Q. Smith")]
    [InlineData("", "Madonna", "", "Madonna")]
    public void Name_IsPutTogether(string family, string given, string middle, string name) => ImportValues.Name(family, given, middle).ShouldBe(name);

    [Theory]
    [InlineData("是", true)]
    [InlineData("NO", false)]
    [InlineData("√", true)]
    [InlineData("也许", null)]
    public void YesNo_IsRead(string text, bool? value) => ImportValues.YesNo(text).ShouldBe(value);

    [Theory]
    [InlineData("1:30", 90)]
    [InlineData("2分30秒", 150)]
    [InlineData("1.5 hours", 5400)]
    [InlineData("90", 90)]
    [InlineData("很久", null)]
    public void Duration_IsRead(string text, int? seconds) => ImportValues.Seconds(text, 1).ShouldBe(seconds);

    [Theory]
    [InlineData("50-100人", 100)]
    [InlineData("1,000+", 1000)]
    [InlineData("2万人", 20000)]
    [InlineData("许多", null)]
    public void Count_IsRead(string text, int? count) => ImportValues.Count(text).ShouldBe(count);

    [Theory]
    [InlineData(ImportTarget.Lifecycle, "潜在客户", Lifecycle.Prospect)]
    [InlineData(ImportTarget.Lifecycle, "Marketing Qualified Lead", Lifecycle.Lead)]
    [InlineData(ImportTarget.Priority, "高", Priority.High)]
    [InlineData(ImportTarget.Stage, "Closed Won", DealStage.ClosedWon)]
    [InlineData(ImportTarget.Gender, "女士", Gender.Female)]
    [InlineData(ImportTarget.Gender, "n/k", null)]
    public void Choice_IsReadByItsNames(ImportTarget target, string text, object? value) => ImportChoices.Read(target, text).ShouldBe(value);

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+86 138 0000 6620")]
    [InlineData("-5")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData(" =1")]
    [InlineData("＝1+1")]
    [InlineData("＋86")]
    [InlineData("－1")]
    [InlineData("＠x")]
    [InlineData("'=1")]
    [InlineData("''+1")]
    public void Formula_IsMadeHarmless_AndReadBackAsItself(string text)
    {
        var written = CellText.Harmless(text);
        CellText.IsDangerous(written).ShouldBeFalse();
        written.ShouldBe('\'' + text);
        CellText.Read(written).ShouldBe(text);
    }

    [Theory]
    [InlineData("张三")]
    [InlineData("'t Hooft")]
    [InlineData("13800006620")]
    public void Text_ThatIsNoFormula_StaysAsItIs(string text) => (CellText.Harmless(text), CellText.Read(text)).ShouldBe((text, text));
}
