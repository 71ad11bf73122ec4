using System.Globalization;
using CrmAi.Web.Shared;

namespace CrmAi.Tests.Shared;

public sealed class MoneyTests
{
    [Theory]
    [InlineData("zh-CN", 950_000, "¥9,500")]
    [InlineData("zh-CN", 87_600_000, "¥87.6 万")]
    [InlineData("zh-CN", 26_000_000_000, "¥2.6 亿")]
    [InlineData("zh-CN", 12_345_600_000, "¥1.2346 亿")]
    [InlineData("en", 26_000_000_000, "¥260,000,000")]
    public void Amount_InThePersonsLanguage_ReadsAsPeopleWriteIt(string language, long minor, string expected)
    {
        var (before, words) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(language);
            Assert.Equal(expected, Money.Show(minor, "CNY"));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (before, words);
        }
    }
}
