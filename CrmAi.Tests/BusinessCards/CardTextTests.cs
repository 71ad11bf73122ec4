using CrmAi.Domain.BusinessCards;
using CrmAi.Infrastructure.BusinessCards;

namespace CrmAi.Tests.BusinessCards;

public sealed class CardTextTests
{
    [Theory]
    [InlineData("手机:13812345678", CardLabel.Mobile, "13812345678")]
    [InlineData("电 话 021-58886666", CardLabel.Tel, "021-58886666")]
    [InlineData("传真: 021-58886667", CardLabel.Fax, "021-58886667")]
    [InlineData("E: li.na@example.com", CardLabel.Email, "li.na@example.com")]
    [InlineData("W www.example.com", CardLabel.Website, "www.example.com")]
    [InlineData("Add: 上海市浦东新区", CardLabel.Address, "上海市浦东新区")]
    [InlineData("地址上海市浦东新区", CardLabel.Address, "上海市浦东新区")]
    [InlineData("徽信号: lina_88", CardLabel.WeChat, "lina_88")]
    [InlineData("T (010) 62345678", CardLabel.Tel, "(010) 62345678")]
    public void Labels_BeforeTheirValues_AreFound(string text, CardLabel label, string value)
    {
        var found = CardLabels.In(text).ShouldHaveSingleItem();
        (found.Label, text[found.End..].Trim()).ShouldBe((label, value));
    }

    [Theory]
    [InlineData("W.sun@example.com")]
    [InlineData("Toronto, ON M5H 1A1")]
    [InlineData("E.Musterfrau")]
    [InlineData("Telecom Partners Ltd")]
    public void Letters_ThatAreNoLabels_AreLeft(string text) => CardLabels.In(text).ShouldBeEmpty();

    [Fact]
    public void TwoLabels_OnOneLine_AreBothFound() => CardLabels.In("Tel: 021-58886666 Fax: 021-58886667").Select(l => l.Label).ShouldBe([CardLabel.Tel, CardLabel.Fax]);

    [Theory]
    [InlineData("li.na@Example.com", false, "li.na@example.com")]
    [InlineData("li.na © example . com", true, "li.na@example.com")]
    [InlineData("|.na@example,com", true, "l.na@example.com")]
    [InlineData("www.example.com", false, null)]
    public void Emails_AreReadAndPutRight(string text, bool labelled, string? value) => CardNets.Email(text, labelled).ShouldBe(value);

    [Theory]
    [InlineData("wwW. example.com.cn", true, "www.example.com.cn")]
    [InlineData("https://example.com/cards", false, "example.com/cards")]
    [InlineData("example.io", false, "example.io")]
    [InlineData("li.na@example.com", false, null)]
    [InlineData("No.88 Zhangjiang Rd.", false, null)]
    public void Websites_AreReadAndPutRight(string text, bool labelled, string? value) => CardNets.Website(text, labelled).ShouldBe(value);

    [Theory]
    [InlineData("li_na88", "li_na88")]
    [InlineData("li na88", "li_na88")]
    [InlineData(": 13812345678", "13812345678")]
    [InlineData("李", null)]
    public void WeChatNames_HoldNoBlanks(string text, string? value) => CardNets.WeChat(text).ShouldBe(value);

    [Theory]
    [InlineData("www.example.com.cn", "example")]
    [InlineData("mail.example.co.uk", "example")]
    [InlineData("example.io", "example")]
    public void Cores_NameTheCompany(string host, string core) => CardNets.Core(host).ShouldBe(core);

    [Theory]
    [InlineData("欧阳静", "Jing Ouyang", 1)]
    [InlineData("曾国强", "zengguoqiang", 1)]
    [InlineData("曾国强", "g.zeng", 0.7)]
    [InlineData("曾国强", "Martin Weber", 0)]
    public void Names_AreComparedWithTheirLetters(string name, string letters, double agreement) => NameReadings.Agreement(name, letters).ShouldBe(agreement);

    [Fact]
    public void Votes_OfThreePasses_OutvoteTheOneThatErred()
    {
        var said = ReadingVote.Of([Seen("陈雨桐", 0.9), Seen("陈雨柚", 0.85), Seen("陈雨桐", 0.8)]);
        string.Concat(said.Select(c => c.Value)).ShouldBe("陈雨桐");
        said[2].Others.ShouldHaveSingleItem().Value.ShouldBe('柚');
        said[2].Confidence.ShouldBeLessThan(said[0].Confidence);
    }

    [Fact]
    public void Votes_WithALetterThatTheFirstLost_FindIt() =>
        string.Concat(ReadingVote.Of([Seen("jwang@shulian", 0.9), Seen("j.wang@shulian", 0.85), Seen("j.wang@shulian", 0.8)]).Select(c => c.Value)).ShouldBe("j.wang@shulian");

    [Theory]
    [InlineData("上海晴川数据有限公司", 1)]
    [InlineData("Harbor & Pine Consulting LLC", 1)]
    [InlineData("Ltd.", 0)]
    [InlineData("上海市浦东新区晴川大厦", 0)]
    public void Companies_AreKnownByTheirEnds(string text, int times) => CardCompanies.IsCompany(text).ShouldBe(times == 1);

    private static List<SeenCharacter> Seen(string text, double weight) => [.. text.Select((c, i) => new SeenCharacter(c, weight, i, i + 1))];
}
