using CrmAi.Domain.BusinessCards;

namespace CrmAi.Tests.BusinessCards;

public sealed class CardPhonesTests
{
    [Theory]
    [InlineData("13812345678", PhoneForm.ChineseMobile, "13812345678")]
    [InlineData("+86 138 1234 5678", PhoneForm.ChineseMobile, "13812345678")]
    [InlineData("0086-138-1234-5678", PhoneForm.ChineseMobile, "13812345678")]
    [InlineData("021-58886666", PhoneForm.ChineseLandline, "2158886666")]
    [InlineData("(0755) 8666 1234", PhoneForm.ChineseLandline, "75586661234")]
    [InlineData("+86-10-62345678", PhoneForm.ChineseLandline, "1062345678")]
    [InlineData("400-820-8820", PhoneForm.ChineseLandline, "4008208820")]
    [InlineData("+1 (415) 555-0134", PhoneForm.International, "14155550134")]
    [InlineData("+49 711 1234-56", PhoneForm.International, "49711123456")]
    [InlineData("(415) 555-0134", PhoneForm.International, "4155550134")]
    public void Numbers_InTheirForms_AreKnown(string text, PhoneForm form, string bare)
    {
        var phone = CardPhones.In(text, labelled: false).ShouldHaveSingleItem();
        phone.Form.ShouldBe(form);
        CardPhones.Bare(phone.Value).ShouldBe(bare);
    }

    [Theory]
    [InlineData("021-58886666 转 802", "021-58886666 转 802")]
    [InlineData("021-58886666 ext. 802", "021-58886666 转 802")]
    [InlineData("021-58886666-802", "021-58886666 转 802")]
    [InlineData("021-58886666 $§ 802", "021-58886666 转 802")]
    public void Extensions_HoweverPrinted_BelongToTheNumber(string text, string value) => CardPhones.In(text, labelled: true).ShouldHaveSingleItem().Value.ShouldBe(value);

    [Theory]
    [InlineData("138l234567O")]
    [InlineData("1381234S678 201800123")]
    public void Letters_AmongDigits_OnlyWhereANumberResults(string text) =>
        CardPhones.In(text, labelled: false).Where(p => p.IsRepaired).ShouldAllBe(p => p.Form == PhoneForm.ChineseMobile && p.Value.All(c => !char.IsLetter(c)));

    [Fact]
    public void TwoNumbers_WithABlankBetween_AreParted() =>
        CardPhones.In("021-58886666 13812345678", labelled: false).Select(p => p.Form).ShouldBe([PhoneForm.ChineseLandline, PhoneForm.ChineseMobile]);

    [Theory]
    [InlineData("200120")]
    [InlineData("张江路88号5楼501室")]
    [InlineData("91310115MA1K3X2Y7Q")]
    [InlineData("since 1998 2024")]
    public void Others_AreNoNumbers(string text) => CardPhones.In(text, labelled: false).ShouldBeEmpty();
}
