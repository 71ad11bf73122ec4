using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Shared;
using CrmAi.Tests.Support;
using CrmAi.Web.AiRuns;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CrmAi.Tests.AiRuns;

public sealed class RunListTests
{
    private static readonly LiveTopic Topic = LiveTopic.AiRunsOf(Pages.Rep.Id);

    private readonly IAiRuns runs = Substitute.For<IAiRuns>();
    private readonly IConversations conversations = Substitute.For<IConversations>();
    private LiveByHand live = null!;

    [Fact]
    public async Task Run_ThatComesIn_StandsOnTop()
    {
        Answer(Row(1, "客户甲"));
        await using var page = await OpenAsync(new());
        page.Document.QuerySelectorAll(".run-row .contact").Select(c => c.TextContent).ShouldBe(["客户甲"]);
        Answer(Row(0, "客户乙"), Row(1, "客户甲"));
        await Task.WhenAll(live.Tell(Topic));
        await page.WaitForAsync(d => d.QuerySelectorAll(".run-row").Length == 2);
        page.Document.QuerySelectorAll(".run-row .contact").Select(c => c.TextContent).ShouldBe(["客户乙", "客户甲"]);
    }

    [Fact]
    public async Task Row_TellsOfDroppedClaims_NothingPaid_AndWhyRulesStoodIn()
    {
        Answer(Row(0, null) with { Dropped = 2, Claims = 5, State = AiRunState.StoodIn, ErrorCode = "ai.budget" }, Row(1, "客户甲") with { Analyst = "qwen-max", CostMicros = 12_300 });
        await using var page = await OpenAsync(new());
        var rows = page.Document.QuerySelectorAll(".run-row");
        rows[0].QuerySelector(".claims")!.TextContent.ShouldBe("5 −2");
        (rows[0].QuerySelector(".contact")!.TextContent, rows[0].QuerySelector(".cost")!.TextContent).ShouldBe(("—", "—"));
        rows[0].QuerySelector(".state .chip")!.GetAttribute("title").ShouldBe("预算已用完");
        (rows[1].QuerySelector(".cost")!.TextContent, rows[1].QuerySelector(".analyst")!.TextContent).ShouldBe(("¥0.0123", "qwen-max"));
    }

    [Fact]
    public async Task OwnRun_IsRatedAndCommented_OthersAreRead()
    {
        var mine = Row(0, "客户甲");
        Answer(mine);
        runs.GetAsync(mine.Id, Arg.Any<CancellationToken>()).Returns(new AiRunDetail(mine, "0a1b2c3d4e5f6071", null, null, null, null));
        conversations.RateAsync(default, default, null, default).ReturnsForAnyArgs(Result.Ok);
        await using var page = await OpenAsync(new(Run: mine.Id));
        page.Find("[data-copy]").GetAttribute("data-copy").ShouldBe("0a1b2c3d4e5f6071");
        await page.ClickAsync(page.FindByText(".thumbs button", "thumb_up有用"));
        await page.ChangeAsync("#run-comment", "说得准");
        await conversations.Received().RateAsync(mine.Id, true, "说得准", Arg.Any<CancellationToken>());

        runs.GetAsync(mine.Id, Arg.Any<CancellationToken>()).Returns(new AiRunDetail(mine with { Person = new(Guid.CreateVersion7(), "方屿"), Useful = false }, "0a1b2c3d4e5f6071", null, 1, "不对", DateTime.UtcNow));
        await using var others = await OpenAsync(new(Run: mine.Id));
        others.Document.QuerySelector(".thumbs").ShouldBeNull();
        others.Find(".opinion").TextContent.ShouldContain("没用");
        others.Find(".opinion q").TextContent.ShouldBe("不对");
    }

    [Fact]
    public async Task Run_ThatMayNotBeSeen_IsSaidNotToBeThere()
    {
        Answer();
        await using var page = await OpenAsync(new(Run: Guid.CreateVersion7()));
        page.Find("aside.run .empty").TextContent.ShouldContain("没有这次运行");
    }

    [Fact]
    public void Address_OfAFilter_IsReadBackAsItWas()
    {
        var id = Guid.CreateVersion7();
        var filter = new AiFilter(AiTab.Charts, AiPeriod.Week, AiRunType.Profile, "qwen max", id, id, AiRunState.StoodIn, AiRating.Useless, AiCallOutcome.Misfit, id);
        var query = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri("http://x" + filter.Address).Query);
        string? Of(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;
        AiFilter.Parse(Of("tab"), Of("period"), Of("type"), Of("analyst"), Of("person"), Of("contact"), Of("state"), Of("rating"), Of("outcome"), Of("run")).ShouldBe(filter);
        AiFilter.Parse("x", "99", "-1", " ", "x", "x", "7", "maybe", "", "0").ShouldBe(new AiFilter());
        new AiFilter().Address.ShouldBe("/ai");
    }

    private static AiRunRow Row(int minutesAgo, string? contact) => new(Guid.CreateVersion7(), AiRunType.Conversation, DateTime.UtcNow.AddMinutes(-minutesAgo), new(Pages.Rep.Id, "周岚"), contact is null ? null : new(Guid.CreateVersion7(), contact), null,
        "rules", "1", null, null, null, 12, 3, 0, AiRunState.Done, null, null);

    private void Answer(params AiRunRow[] rows) => runs.PageAsync(default!, null, 0, default).ReturnsForAnyArgs(new Page<AiRunRow>(rows, null));

    private Task<ComponentPage> OpenAsync(AiFilter filter) => ComponentPage.RenderAsync<RunList>(services =>
    {
        live = services.AddPerson().AddLive();
        services.AddSingleton(runs).AddSingleton(conversations);
        runs.SumsAsync(default!, default).ReturnsForAnyArgs(new AiRunSums(1, null, 0, 0, 12, 0, 0, 3, 0));
    }, new { Filter = filter, Topics = (IReadOnlyList<LiveTopic>)[Topic] });
}
