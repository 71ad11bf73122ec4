using CrmAi.Web.Shared;

namespace CrmAi.Tests.Shared;

public sealed class AmountsTests
{
    [Theory]
    [InlineData("800000", 800_000)]
    [InlineData("800,000.50", 800_000.5)]
    [InlineData("80万", 800_000)]
    [InlineData("80 万", 800_000)]
    [InlineData("80w", 800_000)]
    [InlineData("八十万", 800_000)]
    [InlineData("一百二十万", 1_200_000)]
    [InlineData("两万五", 25_000)]
    [InlineData("三千五百", 3_500)]
    [InlineData("两千零五", 2_005)]
    [InlineData("一亿三千万", 130_000_000)]
    [InlineData("1.2亿", 120_000_000)]
    [InlineData("3百万", 3_000_000)]
    [InlineData("1.2m", 1_200_000)]
    [InlineData("950K", 950_000)]
    [InlineData("８０万", 800_000)]
    [InlineData("0", 0)]
    public void Read_AsPeopleWriteIt_IsTheAmount(string text, double amount) => Amounts.Read(text)!.Value.Value.ShouldBe((decimal)amount);

    [Theory]
    [InlineData("¥80万", "CNY")]
    [InlineData("80万元", "CNY")]
    [InlineData("$1.2m", "USD")]
    [InlineData("五十万美元", "USD")]
    [InlineData("80万", null)]
    public void Read_WithACurrency_NamesIt(string text, string? currency) => Amounts.Read(text)!.Value.Currency.ShouldBe(currency);

    [Theory]
    [InlineData("很多")]
    [InlineData("-5")]
    [InlineData("80万左右")]
    [InlineData("1.2.3")]
    [InlineData("99999亿亿")]
    [InlineData("")]
    public void Read_NoAmount_IsNothing(string text) => Amounts.Read(text).ShouldBeNull();
}
