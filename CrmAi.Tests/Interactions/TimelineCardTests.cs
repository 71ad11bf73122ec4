using CrmAi.Domain.Conversations;
using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Tests.Support;
using CrmAi.Web.Interactions;
using NSubstitute;

namespace CrmAi.Tests.Interactions;

public sealed class TimelineCardTests
{
    private const string Words = "客户说价格高了一成";

    private readonly TimelineItem waiting = Pages.Item(Words, AnalysisView.Nothing with { State = AnalysisState.Waiting });
    private LiveByHand live = null!;
    private IInteractions interactions = null!;
    private IConversations conversations = null!;

    private Task<ComponentPage> RenderAsync(TimelineItem item) => ComponentPage.RenderAsync<TimelineCard>(services =>
    {
        live = services.AddPerson().AddLive();
        interactions = services.AddFake<IInteractions>();
        conversations = services.AddFake<IConversations>();
        services.AddFake<IHistory>();
    }, new { Item = item });

    private TimelineItem Done => waiting with
    {
        Analysis = AnalysisView.Nothing with
        {
            State = AnalysisState.Done,
            Sentiment = Sentiment.Negative,
            SentimentConfidence = 0.7,
            Analyst = "rules",
            AnalystVersion = "v1-abc",
            AiRunId = Guid.CreateVersion7(),
            Findings = [Pages.Finding(waiting.Id, Words, "价格高了一成", FindingKind.Objection, ObjectionKind.Price)],
        },
    };

    [Fact]
    public async Task Card_AnalysisDone_ShowsItWithoutBeingAsked()
    {
        await using var page = await RenderAsync(waiting);
        page.Find(".analysis").TextContent.ShouldContain("等待分析");
        interactions.GetAsync(waiting.Id, Arg.Any<CancellationToken>()).Returns(Done);

        var told = live.Tell(LiveTopic.Contact(waiting.ContactId));

        await page.WaitForAsync(d => d.QuerySelector("mark.bad")?.TextContent == "价格高了一成");
        page.FindByText(".chip", "消极");
        page.FindByText(".chip", "异议：价格");
        live.Watchers.ShouldBe(0); // nothing more to wait for
        await Task.WhenAll(told);
    }

    [Fact]
    public async Task Card_ToldFromAThreadOfAnotherLanguage_KeepsItsOwn()
    {
        await using var page = await RenderAsync(waiting);
        interactions.GetAsync(waiting.Id, Arg.Any<CancellationToken>()).Returns(Done);

        await Task.Run(() =>
        {
            System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo("en");
            return Task.WhenAll(live.Tell(LiveTopic.Contact(waiting.ContactId)));
        });

        page.FindByText(".chip", "消极");
    }

    [Fact]
    public async Task Card_AnalysisFailed_SaysWhyAndTriesAgain()
    {
        await using var page = await RenderAsync(waiting with { Analysis = AnalysisView.Nothing with { State = AnalysisState.Failed, ErrorCode = "analysis.uncited" } });
        page.Find(".analysis").TextContent.ShouldContain("对不上原文");
        conversations.AnalyseAsync(waiting.Id, Arg.Any<CancellationToken>()).Returns(Result.Ok);
        interactions.GetAsync(waiting.Id, Arg.Any<CancellationToken>()).Returns(waiting);

        await page.ClickAsync(page.FindByText(".analysis button", "重试"));

        page.Find(".analysis").TextContent.ShouldContain("等待分析");
    }

    [Theory]
    [InlineData("ai.budget", "规则代劳：预算已用完")]
    [InlineData("ai.new", "规则代劳：模型不可用")]
    public async Task Card_RulesStoodIn_SaysWhy(string note, string words)
    {
        await using var page = await RenderAsync(Done with { Analysis = Done.Analysis with { Note = note } });
        page.Find(".stand-in").TextContent.ShouldBe("swap_horiz" + words);
        await using var other = await RenderAsync(Done);
        other.Document.QuerySelectorAll(".stand-in").ShouldBeEmpty();
    }

    [Fact]
    public async Task Card_RatingRefused_GoesBackToWhatItWas()
    {
        await using var page = await RenderAsync(Done);
        conversations.RateAsync(default, default, null, default).ReturnsForAnyArgs((Result)Error.NotFound);

        await page.ClickAsync(".thumb");

        page.Find(".thumb").GetAttribute("aria-pressed").ShouldBe("false");
    }

    [Fact]
    public async Task Card_GoneFromThePage_WatchesNoMore()
    {
        var page = await RenderAsync(waiting);
        live.Watchers.ShouldBe(1);
        await page.DisposeAsync();
        live.Watchers.ShouldBe(0);
    }
}
