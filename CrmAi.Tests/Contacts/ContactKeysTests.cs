using CrmAi.Domain.Contacts;

namespace CrmAi.Tests.Contacts;

public sealed class ContactKeysTests
{
    [Theory]
    [InlineData("13800006620", "13800006620")]
    [InlineData("+86 138-0000 6620", "13800006620")]
    [InlineData("0086 138 0000 6620", "13800006620")]
    [InlineData("86-13800006620", "13800006620")]
    [InlineData("（+86）138 0000 6620", "13800006620")]
    [InlineData("１３８００００６６２０", "13800006620")]
    [InlineData("021-6888 0000", "2168880000")]
    [InlineData("+86 21 6888 0000", "2168880000")]
    [InlineData("021-68880000 转 802", "2168880000x802")]
    [InlineData("021-68880000 分机802", "2168880000x802")]
    [InlineData("021-68880000 ext. 802", "2168880000x802")]
    [InlineData("021-68880000#802", "2168880000x802")]
    [InlineData("+1 (415) 555-2671", "14155552671")]
    [InlineData("+44 20 7946 0958", "442079460958")]
    [InlineData("+49 (0)30 901820", "49030901820")]
    [InlineData("+81-3-1234-5678", "81312345678")]
    [InlineData("8612345", "8612345")]
    public void Phone_OfSeveralForms_HasOneKey(string written, string key) => ContactKeys.Phone(written).ShouldBe(key);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("无")]
    [InlineData("000")]
    public void Phone_WithoutNumber_HasNoKey(string? written) => ContactKeys.Phone(written).ShouldBeNull();

    [Theory]
    [InlineData("138-0000-6620", "6620")]
    [InlineData("021-68880000 转 802", "0000")]
    [InlineData("123", null)]
    [InlineData(null, null)]
    public void Tail_OfNumber_IsItsLastFourDigits(string? written, string? tail) => ContactKeys.Tail(written).ShouldBe(tail);

    [Theory]
    [InlineData(" Zhang.San@Maker.Example ", "zhang.san@maker.example", "maker.example")]
    [InlineData("ｚｓ＠ｍａｋｅｒ．example", "zs@maker.example", "maker.example")]
    [InlineData("@maker.example", "@maker.example", null)]
    public void Email_OfSeveralForms_HasOneKey(string written, string key, string? domain)
    {
        ContactKeys.Email(written).ShouldBe(key);
        ContactKeys.EmailDomain(written).ShouldBe(domain);
    }

    [Theory]
    [InlineData("ＡＢＣ　１２３", "abc 123")]
    [InlineData("  张 \t\n 三 ", " 张 三")]
    [InlineData("Café MÜNCHEN", "cafe munchen")]
    [InlineData("ﬁne", "fine")]
    [InlineData("zero​width‎", "zerowidth")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Fold_OfText_IsPlain(string? text, string folded) => ContactKeys.Fold(text).ShouldBe(folded.TrimStart());

    [Fact]
    public void Keys_OfHalfASurrogatePair_DoNotThrow()
    {
        foreach (var broken in (string[])["\ud840", "张\udc00三", "\udc00\ud840", "a\ud840"])
        {
            ContactKeys.Fold(broken).ShouldNotContain(c => char.IsSurrogate(c));
            Should.NotThrow(() => ContactKeys.Phone(broken + "13800006620"));
            Should.NotThrow(() => ContactKeys.Email(broken + "@a.example"));
        }
        ContactKeys.Fold("𠮷野").ShouldBe("𠮷野");
    }

    [Fact]
    public void Fold_OfFolded_ChangesNothing()
    {
        foreach (var text in (string[])["Ｚｈａｎｇ Ｓａｎ", "Ångström", "İstanbul", "한국 회사", "ｱｲｳ", "ǅ", "ß"])
            ContactKeys.Fold(ContactKeys.Fold(text)).ShouldBe(ContactKeys.Fold(text));
    }
}
