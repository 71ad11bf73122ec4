using CrmAi.Domain.Duplicates;
using CrmAi.Infrastructure.Duplicates;

namespace CrmAi.Tests.Duplicates;

/// <summary>Which companies are taken for one, and which only look like another.</summary>
public sealed class CompanyMatchingTests
{
    private static readonly CompanyFields Hengchuan = new() { Name = "上海恒川精密机械有限公司", ShortName = "恒川精机", Website = "https://www.hengchuan.example", Phone = "021-55501008", City = "上海市", CreditCode = "91DEMO000000000101" };

    public static TheoryData<string, CompanyFields, bool> Cases => new()
    {
        { "without its legal form", new() { Name = "上海恒川精密机械" }, true },
        { "another legal form, full-width brackets", new() { Name = "恒川精密机械（上海）股份有限公司" }, true },
        { "without the place", new() { Name = "恒川精密机械有限公司" }, true },
        { "traditional characters", new() { Name = "上海恆川精密機械有限公司" }, true },
        { "the name that people use", new() { Name = "恒川精机" }, true },
        { "of the same sound", new() { Name = "上海恒穿精密机械有限公司" }, true },
        { "all in pinyin", new() { Name = "Hengchuan Jingmi Jixie Co., Ltd." }, true },
        { "in English, with its website", new() { Name = "Hengchuan Precision Machinery Co., Ltd.", Website = "hengchuan.example/en" }, true },
        { "one wrong character, with its website", new() { Name = "上海恒川精密机诫有限公司", Website = "shop.hengchuan.example" }, true },
        { "another name, the same registration", new() { Name = "恒川智能装备有限公司", CreditCode = "91demo000000000101" }, true },
        { "a branch", new() { Name = "恒川精密机械北京分公司", Website = "www.hengchuan.example" }, false },
        { "of the same group", new() { Name = "恒川物流有限公司", Website = "www.hengchuan.example", Phone = "021-55501008" }, false },
        { "one other character", new() { Name = "上海恒泰精密机械有限公司", City = "上海" }, false },
        { "the same name, another registration", new() { Name = "恒川精密机械有限公司", CreditCode = "91DEMO000000000999" }, false },
        { "a neighbour on one telephone", new() { Name = "盛泰电子有限公司", Phone = "021-55501008", City = "上海" }, false },
        { "only a legal form", new() { Name = "有限公司" }, false },
        { "nothing", new(), false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Pairs_OfOneCompany_AreSuspected_AndLookalikesAreNot(string what, CompanyFields other, bool expected)
    {
        var (a, b) = (MatchIndex.Form((IMatchFields)Hengchuan), MatchIndex.Form((IMatchFields)other));
        var match = a.With(b, _ => 2);
        (match.Score >= DuplicateMatch.Suspected).ShouldBe(expected, $"{what}: {match.Score} {string.Join(' ', match.Reasons)}");
        b.With(a, _ => 2).Score.ShouldBe(match.Score, "either way");
        if (expected) a.Keys.Intersect(b.Keys).ShouldNotBeEmpty($"{what} is found by a key");
    }

    [Theory]
    [InlineData("https://www.hengchuan.example/a?b=c", "hengchuan.example")]
    [InlineData("Shop.Hengchuan.com.cn:8443", "hengchuan.com.cn")]
    [InlineData("hengchuan.example.", "hengchuan.example")]
    [InlineData("https://weibo.com/hengchuan", null)]
    [InlineData("hengchuan.1688.com", null)]
    [InlineData("10.0.0.1", null)]
    [InlineData("恒川", null)]
    [InlineData("", null)]
    public void Website_IsItsOwnersDomain_AndNoOneElses(string website, string? domain) => CompanyMatchForm.DomainOf(website).ShouldBe(domain);

    [Fact]
    public void Hostile_Texts_AreComparedWithoutAFault()
    {
        string[] texts = ["", " ", "\0", new('恒', 5_000), new('x', 5_000), new('.', 500), "\uD800", "🙂🙂", "()（）", "公司", "有限公司", "Ltd", "上海", "://", "a..b"];
        foreach (var text in texts)
        {
            var form = MatchIndex.Form((IMatchFields)new CompanyFields { Name = text, ShortName = text, Website = text, Phone = text, City = text, CreditCode = text, Others = [text] });
            form.With(MatchIndex.Form((IMatchFields)Hengchuan), _ => 2).Score.ShouldBeInRange(0, 100);
            form.With(form, _ => 2).Score.ShouldBeInRange(0, 100);
            form.Keys.Count.ShouldBeLessThan(40);
        }
    }

    [Fact]
    public void Keys_OfCompanies_AreNeverAPersons()
    {
        var person = MatchIndex.Form(new MatchFields { Name = "co.n:恒川", Mobile = "13812345678", Phone = "021-55501008", WeChat = "co.w:hengchuan.example", Email = "a@hengchuan.example", Company = Hengchuan.Name });
        person.Keys.Intersect(MatchIndex.Form((IMatchFields)Hengchuan).Keys).ShouldBeEmpty();
    }
}
