using System.Globalization;
using CrmAi.Web.Shared;

namespace CrmAi.Tests.Shared;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("zh-CN", 67_500_000, "¥67.5万")]
    [InlineData("zh-CN", 675_312_300, "¥675万")]
    [InlineData("zh-CN", 12_345_678_900, "¥1.23亿")]
    [InlineData("zh-CN", 99_999_900_00, "¥1亿")]
    [InlineData("zh-CN", 876_500, "¥8,765")]
    [InlineData("en", 67_500_000, "¥675K")]
    [InlineData("en", 123_456_700, "¥1.23M")]
    [InlineData("en", 99_990_000, "¥1M")]
    [InlineData("en", 0, "¥0")]
    public void Amount_WhereThereIsLittleRoom_HasThreeDigitsAndItsSize(string language, long minor, string said)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            Money.Compact(minor, "CNY").ShouldBe(said);
        }
        finally { (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before; }
    }
}
