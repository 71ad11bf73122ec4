using CrmAi.Domain.Contacts;

namespace CrmAi.Tests.Contacts;

/// <summary>Numbers, addresses and limits as people write them.</summary>
public sealed class ContactFormsTests
{
    [Theory]
    [InlineData("13800006620")]
    [InlineData("138 0000 6620")]
    [InlineData("+86 138-0000-6620")]
    [InlineData("(+86) 138 0000 6620")]
    [InlineData("+(86)13800006620")]
    [InlineData("＋８６　１３８００００６６２０")]
    [InlineData("021-6888 8888")]
    [InlineData("(0512) 6888-6666 转 801")]
    [InlineData("0512-68886666分机801")]
    [InlineData("010\u20118888\u20118888")]
    [InlineData("400-820-8820")]
    [InlineData("+1 (202) 555-0143")]
    [InlineData("+1 202 555 0143, ext. 12")]
    [InlineData("+44 20 7946 0123")]
    [InlineData("+44 (0)7700 900123")]
    [InlineData("+49 30 901820 x5")]
    [InlineData("+81 3-1234-5678")]
    [InlineData("+852 2345 6789")]
    [InlineData("+65 6123 4567")]
    [InlineData("+971 4 123 4567")]
    public void Phone_AsPeopleWriteIt_IsTaken(string text) => ContactRules.IsPhone(text).ShouldBeTrue();

    [Theory]
    [InlineData("123456")]
    [InlineData("1234567890123456")]
    [InlineData("++86 138 0000 6620")]
    [InlineData("138O0006620")]
    [InlineData("1-800-FLOWERS")]
    [InlineData("13800006620 转")]
    [InlineData("13800006620 转 abc")]
    [InlineData("13800006620/13900006620")]
    [InlineData("<script>13800006620")]
    [InlineData("- 138 0000 6620")]
    [InlineData("电话")]
    public void Phone_ThatIsNone_IsRefused(string text) => ContactRules.IsPhone(text).ShouldBeFalse();

    [Theory]
    [InlineData("+86 138-0000-6620", "13800006620")]
    [InlineData("(+86) 138 0000 6620", "13800006620")]
    [InlineData("021-6888 8888 转 8", "2168888888x8")]
    [InlineData("+44 20 7946 0123", "442079460123")]
    [InlineData("+1 (202) 555-0143", "12025550143")]
    public void Phone_WrittenDifferently_IsTheSameNumber(string text, string key) => ContactKeys.Phone(text).ShouldBe(key);

    [Theory]
    [InlineData("li.na@maker.example")]
    [InlineData("  li.na+crm@mail.maker.example ")]
    [InlineData("o'neil@maker.example")]
    [InlineData("李娜@maker.example")]
    [InlineData("li@公司.中国")]
    [InlineData("li@xn--55qx5d.xn--fiqs8s")]
    [InlineData("jürgen@müller.example")]
    public void Email_AsPeopleWriteIt_IsTaken(string text) => ContactRules.IsEmail(text).ShouldBeTrue();

    [Theory]
    [InlineData("li.na")]
    [InlineData("li.na@")]
    [InlineData("@maker.example")]
    [InlineData("li@localhost")]
    [InlineData("li na@maker.example")]
    [InlineData("a@b.example, c@d.example")]
    [InlineData("Li Na <li@maker.example>")]
    public void Email_ThatIsNone_IsRefused(string text) => ContactRules.IsEmail(text).ShouldBeFalse();

    [Theory]
    [InlineData(-1)]
    [InlineData(ContactRules.MaxMoney + 1)]
    public void Budget_BeyondItsRange_IsRefused(long minor) =>
        ContactRules.Check(new() { Name = "x", BudgetMinor = minor }, new(2026, 11, 21)).Single().ShouldBe(new("money.range", "BudgetMinor"));

    [Fact]
    public void Tags_BeyondFifty_AreRefused()
    {
        ContactRules.Check(new() { Name = "x", BudgetMinor = ContactRules.MaxMoney, TagIds = [.. Enumerable.Range(0, 50).Select(_ => Guid.NewGuid())] }, new(2026, 11, 21)).ShouldBeEmpty();
        var error = ContactRules.Check(new() { Name = "x", TagIds = [.. Enumerable.Range(0, 51).Select(_ => Guid.NewGuid())] }, new(2026, 11, 21)).Single();
        (error.Code, error.Field, error.Args[0]).ShouldBe(("list.long", "TagIds", 50));
    }
}
