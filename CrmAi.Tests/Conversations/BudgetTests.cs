using CrmAi.Domain.Conversations;

namespace CrmAi.Tests.Conversations;

public sealed class BudgetTests
{
    [Theory]
    [InlineData("客户说预算大概30万", 300_000, "CNY")]
    [InlineData("总盘子八十万左右", 800_000, "CNY")]
    [InlineData("预算不超过50w", 500_000, "CNY")]
    [InlineData("预算给到1,500,000元", 1_500_000, "CNY")]
    [InlineData("预算20-25万", 250_000, "CNY")]
    [InlineData("预算两百八十万", 2_800_000, "CNY")]
    [InlineData("预算一百来万", 1_000_000, "CNY")]
    [InlineData("今年拨款1.2亿", 120_000_000, "CNY")]
    [InlineData("Our CFO has approved a budget of 1.2M RMB", 1_200_000, "CNY")]
    [InlineData("We have up to RMB 380,000 set aside", 380_000, "CNY")]
    [InlineData("They budget 950k RMB for it", 950_000, "CNY")]
    [InlineData("The budget is USD 90k", 90_000, "USD")]
    [InlineData("The budget is half a million yuan", 500_000, "CNY")]
    [InlineData("預算大約五十萬元", 500_000, "CNY")]
    public void Budget_CustomersMoney_IsRead(string text, long amount, string currency)
    {
        var finding = Conversations.Read(text).Findings.Where(f => f.Kind == FindingKind.Budget).ShouldHaveSingleItem();

        finding.AmountMinor.ShouldBe(amount * 100);
        finding.Currency.ShouldBe(currency);
    }

    [Theory]
    [InlineData("我们报的38万他没表态")]
    [InlineData("超过五十万的单子他没权限定")]
    [InlineData("我们的报价单是42万")]
    [InlineData("去年因为漏检被罚了8万")]
    [InlineData("Our quote was RMB 420,000")]
    [InlineData("Annual revenue is 30M USD")]
    [InlineData("他们一共12家门店，300人")]
    [InlineData("采购总监说优惠5万才签")]
    public void Budget_AnyOtherAmount_IsNone(string text) =>
        Conversations.Read(text).Findings.ShouldNotContain(f => f.Kind == FindingKind.Budget);
}
