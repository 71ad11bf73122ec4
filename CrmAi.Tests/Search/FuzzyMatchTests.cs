using CrmAi.Web.Search;

namespace CrmAi.Tests.Search;

public sealed class FuzzyMatchTests
{
    [Theory]
    [InlineData("新建", "新建联系人", "")]
    [InlineData("联系人", "新建联系人", "")]
    [InlineData("xj", "新建联系人", "xinjian xj add")]
    [InlineData("xnj", "新建联系人", "xinjian xj add")]
    [InlineData("ADD", "新建联系人", "xinjian xj add")]
    [InlineData("ａｄｄ", "Add contact", "")]
    [InlineData("theme dark", "Theme: Dark", "")]
    [InlineData("dark theme", "Theme: Dark", "")]
    [InlineData("cntct", "Add contact", "")]
    public void Letters_ThatFit_Score(string typed, string text, string words) => FuzzyMatch.Score(typed, text, words).ShouldBeGreaterThan(0);

    [Theory]
    [InlineData("罗", "新建联系人", "xinjian xj add")]
    [InlineData("dark light", "Theme: Dark", "")]
    [InlineData("z", "Add contact", "new person")]
    [InlineData("adct", "Add contact", "")]
    public void Letters_ThatDoNotFit_ScoreNothing(string typed, string text, string words) => FuzzyMatch.Score(typed, text, words).ShouldBe(0);

    [Fact]
    public void Beginning_IsBetterThanAMiddle_AndAMiddleThanScatteredLetters()
    {
        string[] texts = ["History", "Show history", "Hide as story"];
        texts.OrderByDescending(t => FuzzyMatch.Score("history", t)).First().ShouldBe("History");
        FuzzyMatch.Score("set", "Settings").ShouldBeGreaterThan(FuzzyMatch.Score("set", "Go to: Settings"));
        FuzzyMatch.Score("set", "Go to: Settings").ShouldBeGreaterThan(FuzzyMatch.Score("set", "Suggest"));
    }
}
