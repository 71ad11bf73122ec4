using CrmAi.Domain.Conversations;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Tests.Support;
using NSubstitute;
using static CrmAi.Tests.Support.ProfileStage;

namespace CrmAi.Tests.Profiles;

/// <summary>What a person sees of a profile.</summary>
public sealed class ProfilePaneTests
{
    [Fact]
    public async Task Statement_ShowsItsWordsItsConfidenceAndTheWayToTheSentence()
    {
        var stage = new ProfileStage(Made(Shown(ProfilePart.Communication, ProfileKeys.Style, "Direct", 0.72, "别绕弯子")));
        await using var page = await stage.RenderAsync();
        var style = page.Find("[data-claim=style]");
        style.QuerySelector("strong")!.TextContent.ShouldBe("直接");
        style.QuerySelector(".sure")!.TextContent.ShouldContain("72%");
        var quote = style.QuerySelector("a.quote[data-reveal]")!;
        quote.QuerySelector("q")!.TextContent.ShouldBe("别绕弯子");
        quote.GetAttribute("href").ShouldBe("/there/7/4");
        page.Find(".basis").TextContent.ShouldContain("基于 5 段对话");
        page.FindByText(".analyst", "规则 v1");
        page.Document.QuerySelectorAll(".quality b").Select(b => b.TextContent).ShouldBe(["67%", "97%", "50%"]);
    }

    [Fact]
    public async Task Risks_WhereObjectionsWereRaisedAndNoneIsOpen_SayThatNoneIs()
    {
        await using var page = await new ProfileStage(Made(Shown(ProfilePart.Objections, ProfileKeys.Objection, "Price", 0.8, "太贵"))).RenderAsync();
        page.Find("[data-part=Risks] [data-key='risk.objection'] .missing").TextContent.ShouldBe("提过的异议之后都有了购买信号，没有未化解的。");
        await using var none = await new ProfileStage(Made()).RenderAsync();
        none.Find("[data-part=Risks] .missing").TextContent.ShouldContain("没有提到");
    }

    [Fact]
    public async Task Type_GivenByAPerson_IsMarkedOnTheRadar_AndTheWordsAreTheAnalysiss()
    {
        var by = new CorrectionView(Guid.CreateVersion7(), "周岚", Held, null, false);
        var disc = Shown(ProfilePart.Personality, ProfileKeys.Disc, "D", 0.8, "直接说");
        var approach = Shown(ProfilePart.Strategy, ProfileKeys.Approach, "Results", 0.8, "直接说");
        var stage = new ProfileStage(Made(
            disc with { Claim = disc.Claim with { Value = "S", Confidence = 1 }, Correction = by, Analysed = disc.Claim },
            Level(ProfilePart.Personality, ProfileKeys.DiscShare, 100, "D"),
            approach with { Claim = approach.Claim with { Value = "Reassurance", Confidence = 1 }, Follows = by, Analysed = approach.Claim }));
        await using var page = await stage.RenderAsync();
        page.Find(".radar text.given").TextContent.ShouldBe("S 0");
        page.Find("[data-part=Personality] p.given").TextContent.ShouldContain("S 型由人指定");
        page.Find("[data-claim=disc] .relied").TextContent.ShouldContain("所依据的原话");
        page.Find("[data-claim=approach] .by").TextContent.ShouldContain("随 周岚");
        page.Document.QuerySelector("[data-claim=approach] .sure").ShouldBeNull();
    }

    [Fact]
    public async Task Head_RulesStoodIn_SaysWhy_AndNamesTheModelOtherwise()
    {
        var stage = new ProfileStage(Made() with { Note = "ai.off" });
        await using var page = await stage.RenderAsync();
        page.Find(".stand-in").TextContent.ShouldContain("规则代劳：AI 已关闭");
        var model = new ProfileStage(Made() with { Analyst = "some-model", AnalystVersion = "1-ab12cd34" });
        await using var other = await model.RenderAsync();
        other.FindByText(".analyst", "some-model v1");
        other.Document.QuerySelectorAll(".stand-in").ShouldBeEmpty();
    }

    [Fact]
    public async Task Quotes_BeyondTheFirstTwo_AreShownOnAClick()
    {
        var stage = new ProfileStage(Made(Shown(ProfilePart.Communication, ProfileKeys.Style, "Direct", 0.72, "一", "二", "三", "四")));
        await using var page = await stage.RenderAsync();
        page.Document.QuerySelectorAll("[data-claim=style] .quote").Length.ShouldBe(2);
        await page.ClickAsync("[data-claim=style] .more");
        page.Document.QuerySelectorAll("[data-claim=style] .quote").Length.ShouldBe(4);
    }

    [Theory]
    [InlineData(2, "目前 2 段对话，至少需要 3 段")]
    [InlineData(3, "还看不出来")]
    public async Task PartWithoutAClaim_SaysThatAndWhy(int held, string why)
    {
        var stage = new ProfileStage(Made() with { Conversations = held });
        await using var page = await stage.RenderAsync();
        page.Document.QuerySelectorAll(".part").Length.ShouldBe(Enum.GetValues<ProfilePart>().Length);
        page.Document.QuerySelectorAll(".part").ShouldAllBe(p => p.TextContent.Contains("证据不足", StringComparison.Ordinal));
        page.Find("[data-part=Personality] .missing").TextContent.ShouldContain(why);
        page.Find("[data-part=Needs] .missing").TextContent.ShouldContain("没有提到");
        page.Document.QuerySelectorAll("[data-part=Qualification] .chip").Select(c => c.TextContent).ShouldBe(["未知", "未知", "未知", "未知"]);
        page.Document.QuerySelectorAll("svg.dial, svg.radar, .statement").ShouldBeEmpty("no picture of what is not known");
    }

    [Fact]
    public async Task Pictures_TellTheirNumbersInWordsToo()
    {
        var stage = new ProfileStage(Made(Shown(ProfilePart.Personality, ProfileKeys.Disc, "D", 0.8, "直接说"),
            Level(ProfilePart.Personality, ProfileKeys.DiscShare, 70, "D"), Level(ProfilePart.Personality, ProfileKeys.DiscShare, 30, "C"),
            Level(ProfilePart.Personality, ProfileKeys.Openness, 64), Level(ProfilePart.Relationship, ProfileKeys.Trust, 41), Level(ProfilePart.Opportunity, ProfileKeys.Overall, 56)));
        await using var page = await stage.RenderAsync();
        page.Find("svg.radar").GetAttribute("aria-label").ShouldBe("DISC 各类型占比：D 70%, I 0%, S 0%, C 30%");
        page.Find("svg.radar .shape").GetAttribute("points").ShouldBe("0,-32.2 0,0 0,0 -13.8,0");
        page.Find("[data-claim=openness] svg.bar").GetAttribute("aria-label").ShouldBe("开放性：64（0 到 100）");
        page.Find("[data-claim=trust] svg.dial").GetAttribute("aria-label").ShouldBe("信任：41（0 到 100）");
        page.Find("[data-claim='score.overall'] svg.dial .fill").GetAttribute("stroke-dasharray").ShouldBe("42 100");
        page.Find("[data-claim=disc] .disc b").TextContent.ShouldBe("D");
    }

    [Fact]
    public async Task Objection_AndRisk_ComeWithWhatToDo()
    {
        var stage = new ProfileStage(Made(Shown(ProfilePart.Objections, ProfileKeys.Objection, "Price", 0.6, "太贵"), Shown(ProfilePart.Risks, ProfileKeys.Rival, "锐瞳", 0.6, "锐瞳"), Shown(ProfilePart.Strategy, ProfileKeys.Approach, "Proof", 0.6, "看数据")));
        await using var page = await stage.RenderAsync();
        page.Find("[data-claim='objection|Price'] .advice").TextContent.ShouldContain("三年总成本");
        page.Find("[data-claim='risk.rival|锐瞳'] .advice").TextContent.ShouldContain("竞品");
        page.Document.QuerySelectorAll("[data-claim=approach] .advice b").Select(b => b.TextContent).ShouldBe(["为什么", "换一种做法"]);
    }

    [Fact]
    public async Task Onlooker_WhoMayNotCorrect_HasNoPencilsAndNoButtons()
    {
        var direct = Shown(ProfilePart.Communication, ProfileKeys.Style, "Direct", 0.7, "直接说");
        var stage = new ProfileStage(Made(direct with { Correction = new(Guid.CreateVersion7(), "周岚", Held, null, false) }) with { MayCorrect = false });
        await using var page = await stage.RenderAsync();
        page.Find("[data-claim=style] .by").TextContent.ShouldContain("由 周岚 更正");
        page.Document.QuerySelectorAll(".pencil, .withdraw, .anew, .thumb").ShouldBeEmpty();
    }

    [Fact]
    public async Task Profile_Made_IsShownWithoutBeingAsked()
    {
        var none = new ProfileView(AnalysisState.None, null, null, null, null, null, 0, new(0, 0, 0), true, []);
        var stage = new ProfileStage(none);
        await using var page = await stage.RenderAsync();
        stage.Show(none with { State = AnalysisState.Waiting });
        await page.ClickAsync(page.FindByText("button", "生成画像"));
        page.Find(".empty").TextContent.ShouldContain("等待生成");
        stage.Show(Made(Shown(ProfilePart.Communication, ProfileKeys.Style, "Direct", 0.72, "别绕弯子")));
        var told = stage.Live.Tell(LiveTopic.Contact(Contact));
        await page.WaitForAsync(d => d.QuerySelector("[data-claim=style]") is not null);
        await Task.WhenAll(told);
    }

    [Fact]
    public async Task Profile_Failed_SaysWhyAndTriesAgain_AndKeepsTheLastOne()
    {
        var stage = new ProfileStage(Made(Shown(ProfilePart.Communication, ProfileKeys.Style, "Direct", 0.72, "别绕弯子")) with { State = AnalysisState.Failed, ErrorCode = "analysis.uncited" });
        await using var page = await stage.RenderAsync();
        page.Find(".state.failed").TextContent.ShouldContain("对不上原文");
        page.Find("[data-claim=style]").ShouldNotBeNull();
        page.Find(".anew").TextContent.ShouldContain("重试");
        await page.ClickAsync(".anew");
        await stage.Profiles.Received(1).AnalyseAsync(Contact, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Rating_Refused_GoesBackToWhatItWas()
    {
        var stage = new ProfileStage(Made());
        await using var page = await stage.RenderAsync();
        await page.ClickAsync(".thumb");
        page.Find(".thumb").GetAttribute("aria-pressed").ShouldBe("true");
        stage.Conversations.RateAsync(default, default, null, default).ReturnsForAnyArgs((Result)Error.NotFound);
        await page.ClickAsync(page.Document.QuerySelectorAll(".thumb")[1]);
        page.Document.QuerySelectorAll(".thumb").Select(t => t.GetAttribute("aria-pressed")).ShouldBe(["true", "false"]);
    }

    [Fact]
    public async Task Versions_SayWhatTurnedIntoWhat_AndWhichSentenceDidIt()
    {
        var stage = new ProfileStage(Made());
        var (direct, polite) = (Shown(ProfilePart.Communication, ProfileKeys.Style, "Direct", 0.7, "直接说"), Shown(ProfilePart.Communication, ProfileKeys.Style, "Diplomatic", 0.7, "麻烦您了"));
        stage.Profiles.HistoryAsync(Contact, Arg.Any<CancellationToken>()).Returns(
        [
            new(Guid.CreateVersion7(), Held.AddDays(2), "rules", "1", 5, [new(new(ClaimChange.Changed, direct.Claim, polite.Claim), polite.Quotes)]),
            new(Guid.CreateVersion7(), Held, "rules", "1", 3, [new(new(ClaimChange.Added, null, direct.Claim), direct.Quotes)]),
        ]);
        await using var page = await stage.RenderAsync(versions: true);
        page.Document.QuerySelectorAll(".change p > span:last-child").Select(s => s.TextContent).ShouldBe(["沟通风格：直接 → 委婉", "沟通风格：直接"]);
        page.Find(".change .quote q").TextContent.ShouldBe("麻烦您了");
        page.Find(".change .quote").GetAttribute("href").ShouldBe("/there/7/4");
        page.Document.QuerySelectorAll("li")[1].TextContent.ShouldContain("第一版");
        page.Document.QuerySelector(".part").ShouldBeNull();
    }
}
