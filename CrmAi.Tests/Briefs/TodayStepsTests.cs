using CrmAi.Domain.Briefs;
using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Shared;
using CrmAi.Tests.Support;
using CrmAi.Web.Briefs;
using NSubstitute;

namespace CrmAi.Tests.Briefs;

/// <summary>The day's steps in the workspace.</summary>
public sealed class TodayStepsTests
{
    private static readonly Guid Contact = Guid.CreateVersion7();

    private readonly SuggestionView first = Step("周岚"), second = Step("顾南舟");
    private IBriefs briefs = null!;
    private INextActions actions = null!;
    private LiveByHand live = null!;

    [Fact]
    public async Task Day_ShowsItsStepsWithTheirAnswers_AndFollowsWhatIsDecided()
    {
        await using var page = await OpenAsync();
        page.Document.QuerySelectorAll("[data-today] .step .who").Select(w => w.TextContent).ShouldBe(["周岚", "顾南舟"]);
        page.Find("[data-today] h2 span").TextContent.ShouldBe("0 / 2");
        page.Document.QuerySelectorAll("[data-today] .acts").Length.ShouldBe(2);
        Show(first with { State = SuggestionState.Rejected, RejectReason = RejectReason.NotRelevant }, second);
        await page.ClickAsync(page.FindByText("[data-today] [data-reject] button", "不相关"));
        await actions.Received(1).RejectAsync(first.Id, RejectReason.NotRelevant, null, Arg.Any<CancellationToken>());
        page.Find("[data-today] h2 span").TextContent.ShouldBe("1 / 2");
        // What lost its reason elsewhere is told at once, and is nobody's work.
        Show(first with { State = SuggestionState.Rejected }, second with { State = SuggestionState.Expired });
        live.Tell(LiveTopic.BriefOf(Pages.Rep.Id));
        await Eventually.TrueAsync(() => page.Document.QuerySelectorAll("[data-today] .acts").Length == 0, "the page did not follow");
        page.Find("[data-today] h2 span").TextContent.ShouldBe("1 / 2");
    }

    private async Task<ComponentPage> OpenAsync() => await ComponentPage.RenderAsync<TodaySteps>(services =>
    {
        live = services.AddPerson().AddLive();
        briefs = services.AddFake<IBriefs>();
        actions = services.AddFake<INextActions>();
        actions.RejectAsync(default, default, default, default).ReturnsForAnyArgs(Result.Ok);
        Show(first, second);
    }, new { IsWide = false });

    private void Show(params SuggestionView[] steps) =>
        briefs.TodayAsync(null, Arg.Any<CancellationToken>()).Returns(new BriefView(Guid.CreateVersion7(), "我", true, new(2026, 11, 3), DateTime.UtcNow, [.. steps.Select(s => new BriefCard(s, 1))], 0, null, []));

    private static SuggestionView Step(string who) => new(Guid.CreateVersion7(), Contact, who, null, NextActionKind.SendQuote, ActionReason.QuoteAsked, null, null, null, "CNY", 40,
        DateTime.UtcNow, false, InteractionType.Call, new(2026, 11, 3), SuggestionState.Open, null, null, null, null, null, null, true);
}
