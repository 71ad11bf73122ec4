using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Infrastructure.Duplicates;

namespace CrmAi.Tests.Duplicates;

/// <summary>Who is taken for one person, and who only looks like another.</summary>
public sealed class MatchingTests
{
    private static readonly MatchFields Zhang = new() { Name = "张三丰", Mobile = "13812345678", Email = "zhang.sanfeng@hengchuan.example", WeChat = "zsf_88", Company = "上海恒川精密机械有限公司" };

    [Theory]
    [InlineData("张三丰", "张三丰", NameRelation.Same)]
    [InlineData("张三丰", "張三豐", NameRelation.Same)]
    [InlineData("张三丰", "张三丰先生", NameRelation.Same)]
    [InlineData("张三丰", "三丰张", NameRelation.Swapped)]
    [InlineData("张三丰", "Zhang Sanfeng", NameRelation.Latin)]
    [InlineData("张三丰", "SANFENG ZHANG", NameRelation.Latin)]
    [InlineData("张三丰", "ｚｈａｎｇ ｓａｎｆｅｎｇ", NameRelation.Latin)]
    [InlineData("张三丰", "Zhang San Feng", NameRelation.Latin)]
    [InlineData("张三丰", "zhangsanfeng", NameRelation.Latin)]
    [InlineData("吕布韦", "Lv Buwei", NameRelation.Latin)]
    [InlineData("张伟明", "章伟明", NameRelation.Sound)]
    [InlineData("张三丰", "张三峰", NameRelation.Sound)]
    [InlineData("张三丰", "张三强", NameRelation.Close)]
    [InlineData("欧阳明", "明欧阳", NameRelation.Swapped)]
    [InlineData("张三丰", "张总", NameRelation.Partial)]
    [InlineData("张三丰", "Kevin Zhang", NameRelation.Partial)]
    [InlineData("张伟", "张强", NameRelation.Different)]
    [InlineData("张三丰", "李四光", NameRelation.Different)]
    [InlineData("张三丰", "Li Siguang", NameRelation.Different)]
    [InlineData("James Smith", "Smith, James", NameRelation.Swapped)]
    [InlineData("James Smith", "Mr. James Smith", NameRelation.Same)]
    [InlineData("James Smith", "Jmaes Smith", NameRelation.Close)]
    [InlineData("James Smith", "J. Smith", NameRelation.Partial)]
    [InlineData("James Smith", "Mary Smith", NameRelation.Different)]
    public void Names_GoTogetherAsAPersonWouldTakeThem(string a, string b, NameRelation expected)
    {
        var (x, y) = (Name(a), Name(b));
        NameForm.Between(x, y).ShouldBe(expected);
        NameForm.Between(y, x).ShouldBe(expected, "either way");
    }

    [Theory]
    [InlineData("恒川精密机械有限公司", "恒川精密机械股份有限公司", CompanyRelation.Same)]
    [InlineData("上海恒川精密机械（集团）有限公司", "上海恒川精密机械集团", CompanyRelation.Same)]
    [InlineData("Northwind Foods Co., Ltd.", "NORTHWIND FOODS Limited", CompanyRelation.Same)]
    [InlineData("上海恒川精密机械有限公司", "恒川精密机械", CompanyRelation.Close)]
    [InlineData("恒川", "上海恒川精密机械有限公司", CompanyRelation.Close)]
    [InlineData("恒川精密机械北京分公司", "恒川精密机械上海分公司", CompanyRelation.Different)]
    [InlineData("恒川精密机械", "盛泰电子", CompanyRelation.Different)]
    public void Companies_WithoutTheirKind_AreOne_AndBranchesAreNot(string a, string b, CompanyRelation expected)
    {
        CompanyForm.Between(CompanyForm.Of(a), CompanyForm.Of(b)).ShouldBe(expected);
        CompanyForm.Between(CompanyForm.Of(b), CompanyForm.Of(a)).ShouldBe(expected);
    }

    public static TheoryData<string, MatchFields, bool> Cases => new()
    {
        { "another way of writing the number", new() { Name = "张三丰", Mobile = "+86 138-1234-5678" }, true },
        { "full-width digits", new() { Name = "张三丰", Mobile = "１３８１２３４５６７８" }, true },
        { "the number as WeChat", new() { Name = "张三丰", WeChat = "13812345678" }, true },
        { "the number in the other field", new() { Name = "张三丰", Phone = "0086 13812345678" }, true },
        { "two wrong digits at the same company", new() { Name = "张三丰", Mobile = "13812345699", Company = "恒川精密机械" }, true },
        { "a mistyped address", new() { Name = "张三丰", Email = "zhang.sanfegn@hengchuan.example", Company = "上海恒川精密机械有限公司" }, true },
        { "a tag in the address", new() { Name = "张三丰", Email = "Zhang.Sanfeng+fair@hengchuan.example" }, true },
        { "in letters", new() { Name = "San Feng Zhang", Email = "zhang.sanfeng@hengchuan.example" }, true },
        { "turned about", new() { Name = "三丰张", Mobile = "13812345678" }, true },
        { "an old job", new() { Name = "张三丰", Mobile = "13812345678", Company = "盛泰电子", Email = "zsf@shengtai.example" }, true },
        { "name and company", new() { Name = "张三丰", Company = "上海恒川精密机械" }, true },
        { "a surname and the number", new() { Name = "张总", Mobile = "13812345678" }, true },
        { "a namesake elsewhere", new() { Name = "张三丰", Mobile = "13900001111", Company = "盛泰电子" }, false },
        { "a namesake in the same house", new() { Name = "张三丰", Mobile = "13900001111", Email = "zhang.sanfeng2@hengchuan.example", Company = "上海恒川精密机械有限公司" }, false },
        { "a colleague", new() { Name = "李四光", Email = "li.siguang@hengchuan.example", Company = "上海恒川精密机械有限公司" }, false },
        { "who got the telephone next", new() { Name = "李四光", Mobile = "13812345678", Company = "上海恒川精密机械有限公司" }, false },
        { "nobody", new(), false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Pairs_OfOnePerson_AreSuspected_AndLookalikesAreNot(string what, MatchFields other, bool expected)
    {
        (Score(Zhang, other).Score >= DuplicateMatch.Suspected).ShouldBe(expected, $"{what}: {Score(Zhang, other)}");
        if (expected) MatchKeys.Of(Form(Zhang)).Intersect(MatchKeys.Of(Form(other))).Where(DuplicateFinding.IsSeeking).ShouldNotBeEmpty($"{what} is found by a key");
    }

    [Fact]
    public void Families_OnOneLine_AndColleaguesOnOnePost_AreNotSuspected()
    {
        var father = new MatchFields { Name = "陈建国", Phone = "021-55501008", Mobile = "13800001111" };
        Score(father, new() { Name = "陈小雨", Phone = "021-55501008", Mobile = "13800002222" }).Score.ShouldBeLessThan(DuplicateMatch.Suspected);
        Score(father, new() { Name = "陈建军", Phone = "021-55501008", Mobile = "13800002222" }).Score.ShouldBeLessThan(DuplicateMatch.Suspected);
        var clerk = new MatchFields { Name = "王芳", Email = "info@shengtai.example", Phone = "0512-66001234", Company = "盛泰电子" };
        Score(clerk, new() { Name = "刘洋", Email = "info@shengtai.example", Phone = "0512-66001234", Company = "盛泰电子" }).Score.ShouldBeLessThan(DuplicateMatch.Suspected);
        // A number that a dozen people have tells nothing of who they are.
        DuplicateScore.Of(Form(Zhang with { Company = null, Email = null, WeChat = null }), Form(new() { Name = "张总", Mobile = "13812345678" }), _ => 12).Score.ShouldBeLessThan(DuplicateMatch.Suspected);
    }

    [Fact]
    public void Score_TheMoreAgrees_IsNeverLower_AndTheSameEitherWay()
    {
        var dice = new Random(11);
        string? Maybe(params string[] texts) => dice.Next(3) == 0 ? null : texts[dice.Next(texts.Length)];
        MatchFields Someone() => new()
        {
            Name = Maybe("张三丰", "Zhang Sanfeng", "李四光", "李四广", "James Smith", "王总") ?? "赵六", Mobile = Maybe("13812345678", "13812345679", "13900001111"), Phone = Maybe("021-55501008", "021-55501009"),
            Email = Maybe("zhang.sanfeng@a.example", "zhang.sanfen@a.example", "info@a.example", "li@b.example"), WeChat = Maybe("zsf_88", "lsg_77"), Company = Maybe("恒川精密机械有限公司", "上海恒川精密机械", "盛泰电子"),
        };
        for (var i = 0; i < 5_000; i++)
        {
            var (a, b, holders) = (Someone(), Someone(), dice.Next(1, 14));
            var before = Score(a, b, holders).Score;
            before.ShouldBeInRange(0, 100);
            Score(b, a, holders).Score.ShouldBe(before, $"{a} {b}");
            foreach (var closer in new[] { b with { Name = a.Name }, b with { Company = a.Company ?? b.Company }, b with { Mobile = a.Mobile ?? b.Mobile }, b with { Phone = a.Phone ?? b.Phone }, b with { WeChat = a.WeChat ?? b.WeChat } })
                Score(a, closer, holders).Score.ShouldBeGreaterThanOrEqualTo(before, $"{a} {b} {closer}");
        }
    }

    [Theory]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "acb", 1)]
    [InlineData("abc", "ab", 1)]
    [InlineData("abc", "axc", 1)]
    [InlineData("abcd", "badc", 2)]
    [InlineData("abc", "xyz", 3)]
    public void Changes_AreCountedUpToTheBound(string a, string b, int expected) => TextChanges.Between(a, b, 2).ShouldBe(expected);

    [Fact]
    public void Hostile_Texts_AreComparedWithoutAFault()
    {
        string[] texts = ["", " ", "\0", new('张', 5_000), new('x', 5_000), "@", "@@", "a@", "\uD800", "🙂🙂", "+", "()（）", "公司", "有限公司", "Ltd", "总"];
        foreach (var text in texts)
        {
            var fields = new MatchFields { Name = text, EnglishName = text, Mobile = text, Phone = text, Email = text, WeChat = text, Company = text };
            Score(fields, Zhang).Score.ShouldBeInRange(0, 100);
            Score(fields, fields).Score.ShouldBeInRange(0, 100);
            MatchKeys.Of(Form(fields)).Count.ShouldBeLessThan(200);
        }
    }

    private static NameForm Name(string text) => NameForm.Of(text, CrmAi.Infrastructure.Search.Pinyin.Names)!;

    private static MatchForm Form(MatchFields fields) => MatchIndex.Form(fields);

    private static DuplicateMatch Score(MatchFields a, MatchFields b, int holders = 2) => DuplicateScore.Of(Form(a), Form(b), _ => holders);
}
