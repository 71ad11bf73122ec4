using CrmAi.Domain.Conversations;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.NextActions;
using CrmAi.Domain.Scoring;
using CrmAi.Domain.Scripts;
using CrmAi.Domain.Shared;
using CrmAi.Tests.Support;
using CrmAi.Web.Scripts;
using CrmAi.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CrmAi.Tests.Scripts;

/// <summary>The place for words on a step's card.</summary>
public sealed class StepDraftTests
{
    private static readonly Guid Contact = Guid.CreateVersion7(), Talk = Guid.CreateVersion7(), Draft = Guid.CreateVersion7();

    private static readonly ShownSentence Greeting = new(ScriptPart.Greeting, "张三，您好！", null), Body = new(ScriptPart.Body, "您说的报价我正在准备。", new(new(Talk, 4, 8), "麻烦把报价发给我", DateTime.UtcNow));

    private readonly SuggestionView step = new(Guid.CreateVersion7(), Contact, "张三", null, NextActionKind.SendQuote, ActionReason.QuoteAsked, null, null, null, "CNY", 50, DateTime.UtcNow, false, InteractionType.WeChat, DateOnly.FromDateTime(DateTime.UtcNow), SuggestionState.Open, null, null, null, null, null, null, true);
    private readonly IScripts scripts = Substitute.For<IScripts>();
    private LiveByHand live = null!;

    [Fact]
    public async Task Button_AsksForWords_InOnePress()
    {
        scripts.AskAsync(default, default, default).ReturnsForAnyArgs(Draft);
        var page = await OpenAsync(new(true, true, null));
        await page.ClickAsync("[data-script]");
        await scripts.Received(1).AskAsync(step.Id, ScriptTone.Friendly, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Mail_BeginsRightBelowItsSubject()
    {
        var mail = View(AnalysisState.Done, new ShownSentence(ScriptPart.Subject, "报价", null), Greeting, Body) with { Channel = InteractionType.Email };
        var page = await ComponentPage.RenderAsync<DraftSentences>(_ => { }, new { Draft = mail, Link = (Func<Evidence, string>)(_ => "") });
        page.Find(".sentence.subject").NextElementSibling!.ClassList.ShouldContain("greeting");
    }

    [Fact]
    public async Task SwitchedOff_ThereIsNoButton_AndOneSentenceSaysWhere()
    {
        var page = await OpenAsync(new(false, true, null));
        page.Document.QuerySelector("button").ShouldBeNull();
        page.Find(".script-off a").GetAttribute("href").ShouldBe("/settings");
        // and at once, where it is switched off in another window
        Show(new(true, true, null));
        live.Tell(LiveTopic.SettingsOf(Pages.Rep.Id));
        await page.WaitForAsync(d => d.QuerySelector("[data-script]") is not null);
    }

    [Fact]
    public async Task NobodyMayAsk_NothingIsThere() => (await OpenAsync(new(true, false, null))).Document.QuerySelectorAll("button, a, p").ShouldBeEmpty();

    [Fact]
    public async Task Sentences_Grow_AsTheyAreWritten_EachWithItsSource()
    {
        var page = await OpenAsync(new(true, true, View(AnalysisState.Running, Greeting)));
        page.Find(".draft-text").TextContent.ShouldContain("张三，您好！");
        page.Find(".writing").TextContent.ShouldContain("正在写");
        page.Document.QuerySelector("[data-copy]").ShouldBeNull("half of it is not for copying");
        Show(new(true, true, View(AnalysisState.Done, Greeting, Body)));
        live.Tell(LiveTopic.ScriptsFor(step.Id));
        await page.WaitForAsync(d => d.QuerySelector("[data-copy]") is not null);
        page.Find("a.source").GetAttribute("href").ShouldBe($"/there/{Talk}/4");
        page.Find("[data-copy]").GetAttribute("data-copy").ShouldBe("张三，您好！您说的报价我正在准备。");
        page.Find(".note").TextContent.ShouldContain("风格证据不足");
    }

    [Fact]
    public async Task StandIn_AndWhatFell_AreSaid()
    {
        var page = await OpenAsync(new(true, true, View(AnalysisState.Done, Greeting, Body) with { Note = "ai.budget", Dropped = 2, HasStyle = true }));
        page.Find(".stand-in").TextContent.ShouldContain("预算已用完");
        page.Find(".note").TextContent.ShouldContain("2 句未通过核对");
        page.Find(".note").TextContent.ShouldNotContain("风格证据不足");
    }

    [Fact]
    public async Task Tone_IsAnotherTake_AndTheSameToneNone()
    {
        scripts.AskAsync(default, default, default).ReturnsForAnyArgs(Draft);
        var page = await OpenAsync(new(true, true, View(AnalysisState.Done, Greeting, Body)));
        await page.ClickAsync("[data-tone=Friendly]");
        await scripts.DidNotReceiveWithAnyArgs().AskAsync(default, default, default);
        await page.ClickAsync("[data-tone=Formal]");
        await scripts.Received(1).AskAsync(step.Id, ScriptTone.Formal, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task OnesOwnVersion_StaysInFront_AndTheNewOneIsOffered()
    {
        scripts.EditAsync(default, default, default, default).ReturnsForAnyArgs(new Saved(Draft, 3, Guid.NewGuid()));
        var page = await OpenAsync(new(true, true, View(AnalysisState.Done, Greeting, Body) with { Edited = "我自己的话", Take = 2, Takes = 2 }));
        page.Find("textarea").GetAttribute("value").ShouldBe("我自己的话");
        page.Find("h3").TextContent.ShouldBe("新的一稿");
        await page.ClickAsync(page.FindByText("button", "check用这一稿"));
        await scripts.Received(1).EditAsync(Draft, 2, "张三，您好！您说的报价我正在准备。", Arg.Any<CancellationToken>());
        await page.Dispatcher.InvokeAsync(page.Service<Toasts>().Shown.ShouldHaveSingleItem().Action!);
        await scripts.Received(1).EditAsync(Draft, 2, "我自己的话", Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Edited_IsSavedWhereItIsLeft()
    {
        scripts.EditAsync(default, default, default, default).ReturnsForAnyArgs(new Saved(Draft, 3, Guid.NewGuid()));
        var page = await OpenAsync(new(true, true, View(AnalysisState.Done, Greeting, Body)));
        await page.ClickAsync(".script-edit");
        await page.ChangeAsync("textarea", "改过的话");
        await scripts.Received(1).EditAsync(Draft, 2, "改过的话", Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Failed_SaysWhy()
    {
        var page = await OpenAsync(new(true, true, View(AnalysisState.Failed) with { ErrorCode = "script.nothing" }));
        page.Find("[role=alert]").TextContent.ShouldContain("没有写出站得住的句子");
        page.Find(".script-again").HasAttribute("disabled").ShouldBeFalse();
    }

    private static DraftView View(AnalysisState state, params ShownSentence[] sentences) => new(Draft, 2, state, null, ScriptCategory.Presentation, InteractionType.WeChat, ScriptTone.Friendly, "zh", 1, 1, DateTime.UtcNow, sentences,
        string.Concat(sentences.Select(s => s.Text)), null, false, state == AnalysisState.Done ? "rules" : null, "1", null, 0, state == AnalysisState.Done ? Guid.CreateVersion7() : null, null);

    private void Show(ScriptView view) => scripts.OfAsync(step.Id, Arg.Any<int?>(), Arg.Any<CancellationToken>()).Returns(view);

    private Task<ComponentPage> OpenAsync(ScriptView view)
    {
        Show(view);
        return ComponentPage.RenderAsync<StepDraft>(services =>
        {
            live = services.AddPerson().AddLive();
            services.AddSingleton(scripts);
            services.AddFake<IConversations>();
        }, new { Step = step, Link = (Func<Evidence, string>)(e => $"/there/{e.InteractionId}/{e.Start}") });
    }
}
