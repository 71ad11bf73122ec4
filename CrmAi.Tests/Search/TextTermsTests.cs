using CrmAi.Domain.Search;
using CrmAi.Infrastructure.Search;
using CrmAi.Web.Search;

namespace CrmAi.Tests.Search;

public sealed class TextTermsTests
{
    [Fact]
    public void Text_BecomesPairsEndsAndWords()
    {
        TextTerms.Of(null, "报价太贵，PO-2026 已发", null).Order(StringComparer.Ordinal).ShouldBe(((string[])["报价", "价太", "太贵", "贵", "po", "2026", "已发", "发"]).Order(StringComparer.Ordinal));
        TextTerms.Of("主题", "正文", "转写").ShouldBe(["主题", "题", "正文", "文", "转写", "写"]);
    }

    [Fact]
    public void LongText_HasABoundedNumberOfTerms() =>
        TextTerms.Of(null, string.Concat(Enumerable.Range(0, 3_000).Select(i => (char)('一' + i))), null).Count.ShouldBeInRange(TextTerms.MaxTerms, TextTerms.MaxTerms + 3_000);

    [Theory]
    [InlineData("报价单", "报价,价单"), InlineData("价", "价*"), InlineData("demo", "demo*"), InlineData("我们的", ""), InlineData("了解", "了解"), InlineData("internationally", "internat")]
    public void Search_AsksForTheSame(string typed, string asked) =>
        string.Join(',', TextTerms.Asked(SearchTerms.Words(typed)).Select(t => t.Text + (t.IsBeginning ? "*" : ""))).ShouldBe(asked);

    [Theory]
    [InlineData("zhang", "zhang", 0), InlineData("zhagn", "zhang", 1), InlineData("zhang", "zang", 1), InlineData("wang", "zhang", 2), InlineData("", "abc", 3), InlineData("kitten", "sitting", 3)]
    public void Distance_CountsSlips(string a, string b, int slips) => SimilarWords.Distance(a, b).ShouldBe(slips);

    [Theory]
    [InlineData("林若溪", "lrx", 0, 3), InlineData("林若溪", "若", 1, 1), InlineData("林若溪", "linruo", 0, 2), InlineData("林若溪", "ruox", 1, 2), InlineData("ＡＢＣ 公司", "abc", 0, 3), InlineData("客户：重庆", "chongq", 3, 2), InlineData("👍好的方案", "方案", 4, 2)]
    public void Mark_StandsWhereTheWordIsMet(string text, string word, int start, int length) => Highlights.Of(text, [word]).Marks.ShouldBe([new FoundMark(start, length)]);

    [Fact]
    public void Marks_ThatMeet_AreOne()
    {
        Highlights.Of("报价单", ["报价", "价单"]).Marks.ShouldBe([new FoundMark(0, 3)]);
        Highlights.Of("林若溪", ["xyz"]).Marks.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(">归档", "归档", true, null), InlineData("＞ 归档", "归档", true, null), InlineData("@zs", "zs", false, FoundKind.Contact), InlineData("＃重点", "重点", false, FoundKind.Tag), InlineData("张三", "张三", false, null)]
    public void Prefix_SaysWhereToLook(string typed, string text, bool actions, FoundKind? only) => PaletteSearch.Of(typed).ShouldBe(new PaletteSearch(text, actions, only));

    [Fact]
    public void Excerpt_StandsAroundTheFind()
    {
        var text = new string('前', 50) + "报价" + new string('后', 200);
        var line = TalkSearch.Around(text, 50);
        line.ShouldStartWith("…前");
        line.ShouldEndWith("后…");
        line.ShouldContain("前报价后");
        line.Length.ShouldBeLessThan(100);
    }
}
