using CrmAi.Domain.AiRuns;
using CrmAi.Domain.History;
using CrmAi.Domain.Shared;
using CrmAi.Tests.Support;
using CrmAi.Web.AiRuns;
using CrmAi.Web.Shared;
using NSubstitute;
using Radzen;

namespace CrmAi.Tests.AiRuns;

public sealed class AiSettingsPaneTests
{
    private const long Yuan = IAiSettings.Yuan;

    private readonly List<(int Version, AiSettingsEdit Edit)> sent = [];
    private AiSettingsView stored = new(new(true, 50 * Yuan, null), 12 * Yuan, 20 * Yuan, [new(AiRunType.Profile, "qwen-max"), new(AiRunType.Card, null, "tesseract"), new(AiRunType.Enrichment, null, "tianyancha", false), new(AiRunType.Score, null)], null, null, 1);
    private LiveByHand live = null!;

    [Fact]
    public async Task Pane_ShowsWhatIsUsed_AndWhichModelServesWhichTask()
    {
        await using var page = await OpenAsync();
        page.Document.QuerySelectorAll(".used").Select(u => u.TextContent).ShouldBe(["已用 ¥12.00，共 ¥50.00（24%）", "已用 ¥20.00，不限"]);
        page.Find(".models").TextContent.ShouldContain("qwen-max");
        page.Document.QuerySelectorAll(".models tbody td").Select(d => d.TextContent).ShouldBe(["qwen-max", "Tesseract（本机识别）", "未接入工商数据", "规则"]);
        page.Document.QuerySelectorAll(".models tbody tr")[^1].TextContent.ShouldContain("规则");
    }

    [Fact]
    public async Task Switch_Flipped_IsSavedAtOnce_AndWhatIsTypedStays()
    {
        await using var page = await OpenAsync();
        await page.ChangeAsync("#ai-daily", "80");
        await page.ClickAsync(".rz-switch");
        sent.ShouldBe([(1, new(false, 50 * Yuan, null))]);
        page.Find(".switch-sheet").ClassList.ShouldContain("off");
        await SaveAsync(page);
        sent.Last().ShouldBe((2, new(false, 80 * Yuan, null)));
    }

    [Fact]
    public async Task Switch_FlippedAfterSomebodyElseSaved_KeepsTheirBudget()
    {
        await using var page = await OpenAsync();
        stored = stored with { Version = 5, Fields = new(true, 9 * Yuan, 90 * Yuan) };
        await page.ClickAsync(".rz-switch");
        stored.Fields.ShouldBe(new(false, 9 * Yuan, 90 * Yuan));
    }

    [Fact]
    public async Task Budget_ThatIsNoAmount_IsToldAtItsField_AndNothingIsSent()
    {
        await using var page = await OpenAsync();
        await page.ChangeAsync("#ai-monthly", "很多");
        await SaveAsync(page);
        sent.ShouldBeEmpty();
        page.Find("#ai-monthly").Closest(".field")!.QuerySelector(".field-error")!.TextContent.ShouldContain("写一个金额");
        await page.ChangeAsync("#ai-monthly", "1.5万");
        await SaveAsync(page);
        sent.ShouldHaveSingleItem().Edit.MonthlyBudgetMicros.ShouldBe(15_000 * Yuan);
        page.Document.QuerySelector(".field-error").ShouldBeNull();
    }

    [Fact]
    public async Task Budget_RefusedByTheUseCase_IsToldAtItsField()
    {
        await using var page = await OpenAsync();
        await page.ChangeAsync("#ai-monthly", "10");
        await SaveAsync(page);
        page.Find("#ai-daily").Closest(".field")!.QuerySelector(".field-error")!.TextContent.ShouldContain("不能高于");
    }

    [Fact]
    public async Task LostRace_OfOneBudget_ShowsBoth_AndKeepsWhatIsChosen()
    {
        await using var page = await OpenAsync();
        await page.ChangeAsync("#ai-daily", "80");
        stored = stored with { Version = 4, Fields = new(true, 30 * Yuan, 900 * Yuan) };
        // What was read again meanwhile does not replace what was typed.
        await Task.WhenAll(live.Tell(LiveTopic.AiSettings));
        var asked = new TaskCompletionSource<IReadOnlyList<ConflictDialog.Clash>>();
        page.Service<DialogService>().OnOpen += (_, _, parameters, _) => asked.TrySetResult((IReadOnlyList<ConflictDialog.Clash>)parameters["Clashes"]!);
        var saving = SaveAsync(page);
        var clash = (await asked.Task).ShouldHaveSingleItem();
        (clash.Mine, clash.Theirs).ShouldBe(("¥80.00", "¥30.00"));
        await page.Dispatcher.InvokeAsync(() => page.Service<DialogService>().Close(new HashSet<string> { clash.Name }));
        await saving;
        stored.Fields.ShouldBe(new(true, 80 * Yuan, 900 * Yuan));
    }

    [Theory]
    [InlineData(0, false, 1)]
    [InlineData(0.37, false, 0.4)]
    [InlineData(7, true, 8)]
    [InlineData(35, true, 40)]
    [InlineData(86, true, 100)]
    [InlineData(2, true, 4)]
    public void Axis_EndsAtARoundNumberAboveTheHighest(double highest, bool whole, double end) => Chart.Round(highest, whole).ShouldBe(end, 1e-9);

    private static Task SaveAsync(ComponentPage page) => page.RaiseAsync(page.Find("form.sheet"), "onsubmit", EventArgs.Empty);

    private Task<ComponentPage> OpenAsync() => ComponentPage.RenderAsync<AiSettingsPane>(services =>
    {
        services.AddPerson();
        live = services.AddLive();
        services.AddFake<IHistory>().OfAsync(default!, default, default).ReturnsForAnyArgs([]);
        var settings = services.AddFake<IAiSettings>();
        settings.GetAsync(Arg.Any<CancellationToken>()).Returns(_ => (Result<AiSettingsView>)stored);
        settings.UpdateAsync(Arg.Any<int>(), Arg.Any<AiSettingsEdit>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            var (version, edit) = (call.Arg<int>(), call.Arg<AiSettingsEdit>());
            if (version != stored.Version) return Error.Conflict;
            if (edit.DailyBudgetMicros > edit.MonthlyBudgetMicros) return new Error("ai.budget.order", nameof(edit.DailyBudgetMicros));
            sent.Add((version, edit));
            stored = stored with { Fields = edit, Version = version + 1 };
            return new Saved(Guid.CreateVersion7(), stored.Version, Guid.CreateVersion7());
        });
    });
}
