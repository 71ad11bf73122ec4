using CrmAi.Domain.Conversations;
using CrmAi.Domain.History;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Shared;
using CrmAi.Tests.Support;
using CrmAi.Web.Interactions;
using CrmAi.Web.Shared;
using NSubstitute;

namespace CrmAi.Tests.Interactions;

public sealed class TimelineTests
{
    private static readonly Guid Contact = Guid.CreateVersion7();

    private readonly TimelineItem[] items = [.. Enumerable.Range(0, 3).Select(n => Pages.Item($"第{n}条记录", AnalysisView.Nothing, Contact))];
    private LiveByHand live = null!;
    private IInteractions interactions = null!;

    private async Task<ComponentPage> RenderAsync(object? parameters = null, params TimelineItem[] ahead) => await ComponentPage.RenderAsync<Timeline>(services =>
    {
        live = services.AddPerson().AddLive();
        interactions = services.AddFake<IInteractions>();
        services.AddFake<IConversations>();
        services.AddFake<IHistory>();
        interactions.AppointmentsAsync(default, default).ReturnsForAnyArgs(ahead);
        Show(items);
    }, parameters ?? new { ContactId = Contact });

    private void Show(params TimelineItem[] read) => interactions.TimelineAsync(default, default!, default, default, default).ReturnsForAnyArgs(new Page<TimelineItem>(read, null));

    private static TimelineItem Changed(TimelineItem item, string text) => item with { Version = item.Version + 1, Fields = item.Fields with { Content = text } };

    [Fact]
    public async Task Tick_OneEntryChanged_DrawsItsCardAlone()
    {
        await using var page = await RenderAsync();
        page.Drawn<TimelineCard>().ShouldBe(3);
        // read again as other objects, of which one is new in content
        Show([items[0] with { }, Changed(items[1], "改过的记录"), items[2] with { }]);

        var told = live.Tell(LiveTopic.Contact(Contact));

        await page.WaitForAsync(d => d.Body!.TextContent.Contains("改过的记录", StringComparison.Ordinal));
        await Task.WhenAll(told);
        page.Drawn<TimelineCard>().ShouldBe(4);
    }

    [Fact]
    public async Task Tick_NewEntry_ComesFirstAndNothingElseIsDrawn()
    {
        await using var page = await RenderAsync();
        Show([Pages.Item("刚写的", AnalysisView.Nothing, Contact), .. items]);
        await Task.WhenAll(live.Tell(LiveTopic.Contact(Contact)));
        page.Document.QuerySelectorAll("article.event .said")[0].TextContent.Trim().ShouldBe("刚写的");
        page.Drawn<TimelineCard>().ShouldBe(4);
    }

    [Fact]
    public async Task Filter_Chosen_StandsInTheAddress()
    {
        await using var page = await RenderAsync();
        await page.ClickAsync(page.FindByText(".chip-button", "电话"));
        page.Address.ShouldEndWith("?type=call");
    }

    [Fact]
    public async Task Appointments_StandAboveTheTimeline_TheNextOfThem()
    {
        var ahead = Enumerable.Range(1, 4).Select(n => Pages.Item($"约{n}", AnalysisView.Nothing, Contact) is var i ? i with { Fields = i.Fields with { IsScheduled = true, At = DateTime.UtcNow.AddDays(n) } } : null!).ToArray();
        await using var page = await RenderAsync(null, ahead);
        page.Document.QuerySelectorAll(".ahead .appointment").Length.ShouldBe(1);
        await page.ClickAsync(page.FindByText(".ahead > button", "还有 3 个约定"));
        page.Document.QuerySelectorAll(".ahead .appointment").Length.ShouldBe(4);
    }

    [Fact]
    public async Task Target_FarBack_IsReadAroundAndNotPagedTo()
    {
        var old = Pages.Item("很久以前", AnalysisView.Nothing, Contact);
        await using var page = await ComponentPage.RenderAsync<Timeline>(services =>
        {
            live = services.AddPerson().AddLive();
            interactions = services.AddFake<IInteractions>();
            services.AddFake<IConversations>();
            services.AddFake<IHistory>();
            interactions.AppointmentsAsync(default, default).ReturnsForAnyArgs([]);
            interactions.AroundAsync(default, default!, default, default, default).ReturnsForAnyArgs(Error.NotFound);
            interactions.AroundAsync(Contact, Arg.Is<TimelineFilter>(f => f.Archived), old.Id, Arg.Any<int>(), Arg.Any<CancellationToken>()).Returns(new TimelinePart([old], "newer", null));
        }, new { ContactId = Contact, Target = (Evidence?)new Evidence(old.Id, 0, 4) });

        page.Find("mark.target").TextContent.ShouldBe("很久以前");
        page.FindByText("button", "更新的记录");
        await interactions.DidNotReceiveWithAnyArgs().TimelineAsync(default, default!, default, default, default);
    }

    [Fact]
    public async Task Card_Marked_ShowsItAtOnce_AndGoesBackWithTheReasonWhereRefused()
    {
        await using var page = await RenderAsync();
        var saving = new TaskCompletionSource<Result<Saved>>();
        interactions.UpdateAsync(default, default, default!, default).ReturnsForAnyArgs(saving.Task);
        var click = page.ClickAsync(".star");
        await page.WaitForAsync(d => d.QuerySelector(".star")!.GetAttribute("aria-pressed") == "true");
        saving.SetResult(Error.Forbidden);
        await click;
        page.Find(".star").GetAttribute("aria-pressed").ShouldBe("false");
        page.Service<Toasts>().Shown.ShouldHaveSingleItem().Tone.ShouldBe(ToastTone.Problem);
    }

    [Fact]
    public async Task Card_Archived_OffersToTakeItBack()
    {
        await using var page = await RenderAsync();
        interactions.UpdateAsync(default, default, default!, default).ReturnsForAnyArgs(new Saved(items[0].Id, 2, Guid.CreateVersion7()));
        await page.ClickAsync(page.Document.QuerySelectorAll(".menu-list button").First(b => b.TextContent.EndsWith("归档", StringComparison.Ordinal) && b.Closest("article") is not null));
        await interactions.Received().UpdateAsync(items[0].Id, 1, Arg.Is<InteractionEdit>(e => e.IsArchived && e.Content == items[0].Fields.Content), Arg.Any<CancellationToken>());
        page.Service<Toasts>().Shown.ShouldHaveSingleItem().ActionText.ShouldBe("撤销");
    }

    [Fact]
    public async Task SpeakerNobodyKnows_IsAskedOnceForTheWholeCard()
    {
        var chat = Pages.Item("小陈 2026-11-20 10:03\n接口文档发我\n老王 2026-11-20 10:04\n好\n小陈 2026-11-20 10:05\n快点\n老王 2026-11-20 10:06\n在弄", AnalysisView.Nothing, Contact);
        items[0] = chat;
        await using var page = await RenderAsync();
        page.Document.QuerySelectorAll(".unknown").Length.ShouldBe(1);
        page.Document.QuerySelectorAll(".unknown .one").Select(e => e.QuerySelector("b")!.TextContent).ShouldBe(["小陈", "老王"]);
        interactions.UpdateAsync(default, default, default!, default).ReturnsForAnyArgs(new Saved(chat.Id, 2, Guid.CreateVersion7()));
        await page.ClickAsync(".unknown .one button:nth-child(2)");
        await interactions.Received().UpdateAsync(chat.Id, 1, Arg.Is<InteractionEdit>(e => e.Speakers.Contains(new SpeakerSide("小陈", ChatSide.Customer))), Arg.Any<CancellationToken>());
    }
}
