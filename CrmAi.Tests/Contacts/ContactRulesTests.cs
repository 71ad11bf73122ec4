using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Contacts;

public sealed class ContactRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Fact]
    public void Contact_OfPlainFields_Passes() => ContactRules.Check(Samples.Contact(), Today).ShouldBeEmpty();

    [Fact]
    public void Contact_WithNameAlone_Passes() => ContactRules.Check(new() { Name = "<script>alert(1)</script>" }, Today).ShouldBeEmpty();

    public static TheoryData<string, string> Faults => new()
    {
        { "contact.name.empty", nameof(ContactEdit.Name) },
        { "text.long", nameof(ContactEdit.Name) },
        { "text.long", nameof(ContactEdit.Notes) },
        { "text.long", nameof(ContactEdit.Company) },
        { "text.long", nameof(ContactEdit.Competitors) },
        { "list.long", nameof(ContactEdit.Competitors) },
        { "email.invalid", nameof(ContactEdit.Email) },
        { "phone.invalid", nameof(ContactEdit.Mobile) },
        { "phone.invalid", nameof(ContactEdit.Phone) },
        { "wechat.invalid", nameof(ContactEdit.WeChat) },
        { "birth_year.range", nameof(PersonalDetails.BirthYear) },
        { "money.range", nameof(ContactEdit.DealValueMinor) },
        { "follow_up.range", nameof(ContactEdit.NextFollowUpAt) },
        { "currency.unknown", nameof(ContactEdit.Currency) },
        { "url.invalid", nameof(ContactEdit.SocialProfiles) },
    };

    [Theory, MemberData(nameof(Faults))]
    public void Contact_WithOneFault_IsRefusedWithItsCodeAndField(string code, string field)
    {
        var errors = ContactRules.Check(With(code, field), Today);
        errors.ShouldHaveSingleItem();
        (errors[0].Code, errors[0].Field).ShouldBe((code, field));
    }

    [Theory]
    [InlineData("138 0000 6620", true)]
    [InlineData("+49 (0)30 901820", true)]
    [InlineData("021-68880000 转 802", true)]
    [InlineData("１３８００００６６２０", true)]
    [InlineData("123456", false)]
    [InlineData("1234567890123456", false)]
    [InlineData("1380000abcd", false)]
    [InlineData("138;DROP TABLE", false)]
    public void Phone_OfForm_IsJudged(string text, bool good) => ContactRules.IsPhone(text).ShouldBe(good);

    [Theory]
    [InlineData("a@b.example", true)]
    [InlineData("a@b", false)]
    [InlineData("a b@c.example", false)]
    [InlineData("Zhang <a@b.example>", false)]
    [InlineData("a@b.example\r\nBcc: c@d.example", false)]
    public void Email_OfForm_IsJudged(string text, bool good) => ContactRules.IsEmail(text).ShouldBe(good);

    [Theory]
    [InlineData("https://a.example", true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("data:text/html,x", false)]
    [InlineData("/relative", false)]
    public void WebAddress_OfForm_IsJudged(string text, bool good) => ContactRules.IsWebAddress(text).ShouldBe(good);

    [Fact]
    public void Rules_OfLongNastyTexts_StayLinear()
    {
        var nasty = new ContactEdit { Name = "x", Mobile = "+" + new string('(', 50_000), WeChat = new string('a', 50_000), Email = new string('a', 50_000) + "@b.example" };
        ContactRules.Check(nasty, Today).Select(e => e.Code).ShouldBe(["email.invalid", "phone.invalid", "wechat.invalid"]);
    }

    [Fact]
    public void Account_WithEveryFault_NamesEachField()
    {
        var long300 = new string('长', 300);
        var edit = new AccountEdit
        {
            Name = long300, ShortName = long300, Website = "ftp://x", Phone = "12", RevenueMinor = -1, Employees = -1, Currency = "yuan", City = long300, CreditRating = "AAAAAAAAAAA",
            Addresses = [.. Enumerable.Range(0, 31).Select(_ => new PostalAddress("Office", "x", null))], Description = new string('x', 4001),
        };
        AccountRules.Check(edit).Select(e => $"{e.Code} {e.Field}").ShouldBe(["text.long Name", "text.long ShortName", "text.long CreditRating", "text.long City", "text.long Description",
            "url.invalid Website", "phone.invalid Phone", "money.range RevenueMinor", "employees.range Employees", "currency.unknown Currency", "list.long Addresses"], ignoreOrder: true);
        AccountRules.Check(new() { Name = " " }).ShouldHaveSingleItem().Code.ShouldBe("account.name.empty");
    }

    private static ContactEdit With(string code, string field)
    {
        var edit = Samples.Contact();
        return (code, field) switch
        {
            ("contact.name.empty", _) => edit with { Name = "　\t" },
            ("text.long", nameof(edit.Name)) => edit with { Name = new('长', 101) },
            ("text.long", nameof(edit.Notes)) => edit with { Notes = new('长', 4001) },
            ("text.long", nameof(edit.Company)) => edit with { Company = new('长', 201) },
            ("text.long", nameof(edit.Competitors)) => edit with { Competitors = [new('长', 201)] },
            ("list.long", _) => edit with { Competitors = [.. Enumerable.Repeat("x", 31)] },
            ("email.invalid", _) => edit with { Email = "not an address" },
            ("phone.invalid", nameof(edit.Mobile)) => edit with { Mobile = "12" },
            ("phone.invalid", _) => edit with { Phone = "abc" },
            ("wechat.invalid", _) => edit with { WeChat = "a b c d" },
            ("birth_year.range", _) => edit with { Personal = new() { BirthYear = 1899 } },
            ("money.range", _) => edit with { DealValueMinor = -1 },
            ("follow_up.range", _) => edit with { NextFollowUpAt = DateTime.MaxValue },
            ("currency.unknown", _) => edit with { Currency = "rmb" },
            ("url.invalid", _) => edit with { SocialProfiles = [new("X", "x", "javascript:alert(1)")] },
            _ => throw new ArgumentOutOfRangeException(nameof(code)),
        };
    }
}
