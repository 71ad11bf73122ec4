using CrmAi.Domain.Conversations;
using CrmAi.Domain.Profiles;
using CrmAi.Domain.Shared;
using CrmAi.Tests.Support;
using CrmAi.Web.Profiles;
using CrmAi.Web.Shared;
using NSubstitute;

namespace CrmAi.Tests.Profiles;

/// <summary>What a person sees of a profile and does with it.</summary>
public sealed class ProfilePaneTests
{
    private static readonly Guid Contact = Guid.CreateVersion7();
    private static readonly DateTime Held = new(2026, 11, 3, 2, 0, 0, DateTimeKind.Utc);

    private readonly List<Correction> corrections = [];
    private ProfileView? view;
    private IReadOnlyList<ProfileVersion> versions = [];
    private Result answer = Result.Ok;
    private LiveByHand live = null!;
    private IProfiles profiles = null!;
    private IConversations conversations = null!;

    [Fact]
    public async Task Statement_ShowsItsWordsItsConfidenceAndTheWayToTheSentence()
    {
        view = Made(Shown(ProfilePart.Communication, ProfileKeys.Style, "Direct", 0.72, "别绕弯子"));
        await using var page = await RenderAsync();
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
    public async Task Quotes_BeyondTheFirstTwo_AreShownOnAClick()
    {
        view = Made(Shown(ProfilePart.Communication, ProfileKeys.Style, "Direct", 0.72, "一", "二", "三", "四"));
        await using var page = await RenderAsync();
        page.Document.QuerySelectorAll("[data-claim=style] .quote").Length.ShouldBe(2);
        await page.ClickAsync("[data-claim=style] .more");
        page.Document.QuerySelectorAll("[data-claim=style] .quote").Length.ShouldBe(4);
    }

    [Theory]
    [InlineData(2, "目前 2 段对话，至少需要 3 段")]
    [InlineData(3, "还看不出来")]
    public async Task PartWithoutAClaim_SaysThatAndWhy(int held, string why)
    {
        view = Made() with { Conversations = held };
        await using var page = await RenderAsync();
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
        view = Made(Shown(ProfilePart.Personality, ProfileKeys.Disc, "D", 0.8, "直接说"),
            Level(ProfilePart.Personality, ProfileKeys.DiscShare, 70, "D"), Level(ProfilePart.Personality, ProfileKeys.DiscShare, 30, "C"),
            Level(ProfilePart.Personality, ProfileKeys.Openness, 64), Level(ProfilePart.Relationship, ProfileKeys.Trust, 41), Level(ProfilePart.Opportunity, ProfileKeys.Overall, 56));
        await using var page = await RenderAsync();
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
        view = Made(Shown(ProfilePart.Objections, ProfileKeys.Objection, "Price", 0.6, "太贵"), Shown(ProfilePart.Risks, ProfileKeys.Rival, "锐瞳", 0.6, "锐瞳"), Shown(ProfilePart.Strategy, ProfileKeys.Approach, "Proof", 0.6, "看数据"));
        await using var page = await RenderAsync();
        page.Find("[data-claim='objection|Price'] .advice").TextContent.ShouldContain("三年总成本");
        page.Find("[data-claim='risk.rival|锐瞳'] .advice").TextContent.ShouldContain("竞品");
        page.Document.QuerySelectorAll("[data-claim=approach] .advice b").Select(b => b.TextContent).ShouldBe(["为什么", "换一种做法"]);
    }

    [Fact]
    public async Task Correction_Chosen_IsSaved_AndTakenBackByTheNotice()
    {
        view = Made(Shown(ProfilePart.Communication, ProfileKeys.Style, "Direct", 0.7, "直接说"));
        await using var page = await RenderAsync();
        await page.ClickAsync("[data-claim=style] .pencil");
        await page.ClickAsync(page.FindByText(".choices button", "委婉"));
        await page.ChangeAsync(".correction textarea", "当面很客气");
        var corrected = view.Claims[0] with { Claim = view.Claims[0].Claim with { Value = "Diplomatic", Confidence = 1 }, Correction = new(Guid.CreateVersion7(), "周岚", Held, "当面很客气", false), Analysed = view.Claims[0].Claim };
        profiles.GetAsync(Contact, Arg.Any<CancellationToken>()).Returns(Made(corrected));
        await page.ClickAsync(".correction .right");

        corrections.ShouldBe([new("style", "Diplomatic", null, "当面很客气")]);
        page.Document.QuerySelector(".correction").ShouldBeNull();
        page.Find("[data-claim=style] .by").TextContent.ShouldContain("由 周岚 更正，11-03");
        page.Find("[data-claim=style] .by").TextContent.ShouldContain("分析认为：直接");
        page.Document.QuerySelector("[data-claim=style] .sure").ShouldBeNull("what a person says has no percentage");
        await page.Dispatcher.InvokeAsync(page.Service<Toasts>().Shown.ShouldHaveSingleItem().Action!);
        await profiles.Received(1).WithdrawAsync(corrected.Correction!.Id, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Correction_Refused_KeepsWhatWasTyped()
    {
        view = Made(Level(ProfilePart.Relationship, ProfileKeys.Trust, 41));
        answer = new Error("profile.note.long", nameof(Correction.Note), 500);
        await using var page = await RenderAsync();
        await page.ClickAsync("[data-claim=trust] .pencil");
        await page.ChangeAsync(".correction input[type=number]", "x");
        await page.ClickAsync(".correction .right");
        page.Find(".correction .field-error").TextContent.ShouldContain("整数");
        await page.ChangeAsync(".correction input[type=number]", "80");
        await page.ClickAsync(".correction .right");
        page.Find(".correction .field-error").TextContent.ShouldContain("500");
        page.Find(".correction input[type=number]").GetAttribute("value").ShouldBe("80");
        answer = Result.Ok;
        await page.ClickAsync(".correction .right");
        corrections[^1].ShouldBe(new("trust", null, 80, ""));
    }

    [Fact]
    public async Task Wrong_CanBeSaidOfAnyStatement_AndIsStruck()
    {
        var rival = Shown(ProfilePart.Risks, ProfileKeys.Rival, "锐瞳", 0.6, "锐瞳");
        view = Made(rival);
        await using var page = await RenderAsync();
        await page.ClickAsync("[data-claim='risk.rival|锐瞳'] .pencil");
        page.Document.QuerySelectorAll(".correction .choices, .correction .right").ShouldBeEmpty("there is nothing to put in its place");
        profiles.GetAsync(Contact, Arg.Any<CancellationToken>()).Returns(Made(rival with { Correction = new(Guid.CreateVersion7(), "周岚", Held, null, true) }));
        await page.ClickAsync(".correction .wrong");
        corrections.ShouldBe([new("risk.rival|锐瞳", null, null, "")]);
        page.Find("[data-claim='risk.rival|锐瞳'] del").TextContent.ShouldBe("锐瞳");
        page.Find("[data-claim='risk.rival|锐瞳'] .by").TextContent.ShouldContain("由 周岚 标为不对");
        page.Document.QuerySelector("[data-claim='risk.rival|锐瞳'] .advice").ShouldBeNull();
    }

    [Theory]
    [InlineData(".keep")]
    [InlineData(".take")]
    public async Task Contradicted_AsksWhichHolds(string choice)
    {
        var direct = Shown(ProfilePart.Communication, ProfileKeys.Style, "Direct", 0.7, "直接说");
        var held = direct with { Claim = direct.Claim with { Value = "Diplomatic" }, Correction = new(Guid.CreateVersion7(), "周岚", Held, "客气", false), Contradicted = true, Analysed = direct.Claim };
        view = Made(held);
        await using var page = await RenderAsync();
        page.Find("[data-claim=style] .against").TextContent.ShouldContain("之后的对话另有说法：直接");
        await page.ClickAsync($"[data-claim=style] {choice}");
        corrections.ShouldBe(choice == ".keep" ? [new("style", "Diplomatic", null, "客气")] : []);
        await profiles.Received(choice == ".take" ? 1 : 0).WithdrawAsync(held.Correction!.Id, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Onlooker_WhoMayNotCorrect_HasNoPencilsAndNoButtons()
    {
        var direct = Shown(ProfilePart.Communication, ProfileKeys.Style, "Direct", 0.7, "直接说");
        view = Made(direct with { Correction = new(Guid.CreateVersion7(), "周岚", Held, null, false) }) with { MayCorrect = false };
        await using var page = await RenderAsync();
        page.Find("[data-claim=style] .by").TextContent.ShouldContain("由 周岚 更正");
        page.Document.QuerySelectorAll(".pencil, .withdraw, .anew, .thumb").ShouldBeEmpty();
    }

    [Fact]
    public async Task Profile_Made_IsShownWithoutBeingAsked()
    {
        view = new(AnalysisState.None, null, null, null, null, null, 0, new(0, 0, 0), true, []);
        await using var page = await RenderAsync();
        profiles.GetAsync(Contact, Arg.Any<CancellationToken>()).Returns(view with { State = AnalysisState.Waiting });
        await page.ClickAsync(page.FindByText("button", "生成画像"));
        page.Find(".empty").TextContent.ShouldContain("等待生成");
        profiles.GetAsync(Contact, Arg.Any<CancellationToken>()).Returns(Made(Shown(ProfilePart.Communication, ProfileKeys.Style, "Direct", 0.72, "别绕弯子")));
        var told = live.Tell(LiveTopic.Contact(Contact));
        await page.WaitForAsync(d => d.QuerySelector("[data-claim=style]") is not null);
        await Task.WhenAll(told);
    }

    [Fact]
    public async Task Profile_Failed_SaysWhyAndTriesAgain_AndKeepsTheLastOne()
    {
        view = Made(Shown(ProfilePart.Communication, ProfileKeys.Style, "Direct", 0.72, "别绕弯子")) with { State = AnalysisState.Failed, ErrorCode = "analysis.uncited" };
        await using var page = await RenderAsync();
        page.Find(".state.failed").TextContent.ShouldContain("对不上原文");
        page.Find("[data-claim=style]").ShouldNotBeNull();
        page.Find(".anew").TextContent.ShouldContain("重试");
        await page.ClickAsync(".anew");
        await profiles.Received(1).AnalyseAsync(Contact, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Rating_Refused_GoesBackToWhatItWas()
    {
        view = Made();
        await using var page = await RenderAsync();
        await page.ClickAsync(".thumb");
        page.Find(".thumb").GetAttribute("aria-pressed").ShouldBe("true");
        conversations.RateAsync(default, default, null, default).ReturnsForAnyArgs((Result)Error.NotFound);
        await page.ClickAsync(page.Document.QuerySelectorAll(".thumb")[1]);
        page.Document.QuerySelectorAll(".thumb").Select(t => t.GetAttribute("aria-pressed")).ShouldBe(["true", "false"]);
    }

    [Fact]
    public async Task Versions_SayWhatTurnedIntoWhat_AndWhichSentenceDidIt()
    {
        view = Made();
        var (direct, polite) = (Shown(ProfilePart.Communication, ProfileKeys.Style, "Direct", 0.7, "直接说"), Shown(ProfilePart.Communication, ProfileKeys.Style, "Diplomatic", 0.7, "麻烦您了"));
        versions =
        [
            new(Guid.CreateVersion7(), Held.AddDays(2), "rules", "1", 5, [new(new(ClaimChange.Changed, direct.Claim, polite.Claim), polite.Quotes)]),
            new(Guid.CreateVersion7(), Held, "rules", "1", 3, [new(new(ClaimChange.Added, null, direct.Claim), direct.Quotes)]),
        ];
        await using var page = await RenderAsync(versions: true);
        page.Document.QuerySelectorAll(".change p > span:last-child").Select(s => s.TextContent).ShouldBe(["沟通风格：直接 → 委婉", "沟通风格：直接"]);
        page.Find(".change .quote q").TextContent.ShouldBe("麻烦您了");
        page.Find(".change .quote").GetAttribute("href").ShouldBe("/there/7/4");
        page.Document.QuerySelectorAll("li")[1].TextContent.ShouldContain("第一版");
        page.Document.QuerySelector(".part").ShouldBeNull();
    }

    private Task<ComponentPage> RenderAsync(bool versions = false) => ComponentPage.RenderAsync<ProfilePane>(services =>
    {
        live = services.AddPerson().AddLive();
        profiles = services.AddFake<IProfiles>();
        conversations = services.AddFake<IConversations>();
        conversations.RateAsync(default, default, null, default).ReturnsForAnyArgs(Result.Ok);
        profiles.GetAsync(Contact, Arg.Any<CancellationToken>()).Returns(view);
        profiles.HistoryAsync(Contact, Arg.Any<CancellationToken>()).Returns(this.versions);
        profiles.AnalyseAsync(default, default).ReturnsForAnyArgs(Result.Ok);
        profiles.WithdrawAsync(default, default).ReturnsForAnyArgs(Result.Ok);
        profiles.CorrectAsync(default, null!, default).ReturnsForAnyArgs(call =>
        {
            corrections.Add(call.Arg<Correction>());
            return answer;
        });
    }, new { ContactId = Contact, Link = (Func<Evidence, string>)(e => $"/there/{e.Start}/{e.Length}"), ShowsVersions = versions, VersionsAddress = "/versions" });

    private static ProfileView Made(params ShownClaim[] claims) => new(AnalysisState.Done, null, Guid.CreateVersion7(), "rules", "1", Held, 5, new(0.67, 0.97, 0.5), true, claims);

    private static ShownClaim Level(ProfilePart part, string key, int level, string? value = null)
    {
        var shown = Shown(part, key, value, 0.75, "原话");
        return shown with { Claim = shown.Claim with { Level = level } };
    }

    private static ShownClaim Shown(ProfilePart part, string key, string? value, double confidence, params string[] quotes)
    {
        IReadOnlyList<ClaimQuote> quoted = [.. quotes.Select((q, i) => new ClaimQuote(new(Contact, 7 + i, q.Length), q, Held))];
        return new(new(part, key, value, confidence, [.. quoted.Select(q => q.Evidence)]), quoted);
    }
}
