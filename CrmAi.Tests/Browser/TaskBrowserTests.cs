using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class TaskBrowserTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task Line_Written_IsATaskOfTomorrow_SeenLiveElsewhere_AndDoneByAKey()
    {
        var page = await OpenAsync("方屿");
        var other = await OpenAsync("方屿");
        await other.EvaluateAsync("window.__sameDocument = true");
        var title = $"核对报价 {Guid.NewGuid():N}"[..12];
        await page.Keyboard.PressAsync("n");
        await page.FillAsync("#quick-task[data-heard]", $"明天下午3点 {title}");
        await page.Locator(".quick .read .chip", new() { HasTextString = "15:00" }).WaitForAsync();
        await page.Locator("#quick-task").PressAsync("Enter");
        var line = page.Locator("[data-group=Tomorrow] .task-line", new() { HasTextString = title });
        await line.WaitForAsync();
        await Assertions.Expect(page.Locator("#quick-task")).ToHaveValueAsync("");
        var there = other.Locator("[data-group=Tomorrow] .task-line", new() { HasTextString = title });
        await there.WaitForAsync();

        // done by a key in one circuit, done in the other, and taken back
        await line.FocusAsync();
        await page.Keyboard.PressAsync("x");
        await other.Locator("[data-group=Done] .task-line", new() { HasTextString = title }).WaitForAsync();
        await page.Locator(".toast", new() { HasTextString = title }).Locator(".toast-action").ClickAsync();
        await there.WaitForAsync();
        (await other.EvaluateAsync<bool>("window.__sameDocument === true")).ShouldBeTrue("the page was loaded again");
        await page.Context.CloseAsync();
        await other.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Task_InTheWeek_GoesToAnotherDayByKeysAndByDragging()
    {
        var page = await OpenAsync("方屿");
        var title = $"搬动 {Guid.NewGuid():N}"[..10];
        await page.FillAsync("#quick-task[data-heard]", $"今天 {title}");
        await page.Locator("#quick-task").PressAsync("Enter");
        await page.Locator(".task-line", new() { HasTextString = title }).WaitForAsync();
        await page.GetByRole(AriaRole.Radio, new() { NameString = "按周" }).ClickAsync();
        var card = page.Locator(".column .task-line", new() { HasTextString = title });
        await card.WaitForAsync();
        async Task<string?> DayAsync() => await card.EvaluateAsync<string?>("e => e.closest('[data-day]')?.dataset.day");
        var today = (await DayAsync())!;
        // Whatever day it is, its neighbour within the week.
        var days = await page.Locator(".column").EvaluateAllAsync<string[]>("all => all.map(c => c.dataset.day)");
        var at = Array.IndexOf(days, today);
        var (next, key) = at < 6 ? (days[at + 1], "Alt+ArrowRight") : (days[at - 1], "Alt+ArrowLeft");
        await card.FocusAsync();
        await page.Keyboard.PressAsync(key);
        await page.Locator($"[data-day='{next}'] .task-line", new() { HasTextString = title }).WaitForAsync();
        var far = days.First(d => d != next && d != today);
        await card.DragToAsync(page.Locator($"[data-day='{far}']"));
        await page.Locator($"[data-day='{far}'] .task-line", new() { HasTextString = title }).WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Manager_GivesATask_AndTheBellRingsAtOnce()
    {
        var rep = await fixture.SignInAsync("方屿");
        await rep.Locator(".bell summary").WaitForAsync();
        await rep.EvaluateAsync("window.__sameDocument = true");
        var manager = await OpenAsync("顾南舟");
        var title = $"走访 {Guid.NewGuid():N}"[..10];
        await manager.ClickAsync("#add-task");
        await manager.FillAsync("#t-title[data-heard]", title);
        await manager.SelectOptionAsync("#t-owner", new SelectOptionValue { Label = "方屿" });
        await manager.Locator("#t-title").PressAsync("Control+Enter");
        await manager.Locator(".rz-dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await rep.Locator("[role=status]", new() { HasTextString = title }).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await rep.Locator(".bell summary").ClickAsync();
        var told = rep.Locator(".told-row.new", new() { HasTextString = title });
        await told.ClickAsync();
        await rep.WaitForURLAsync(url => url.Contains("/tasks?task=", StringComparison.Ordinal));
        await Assertions.Expect(rep.Locator("#t-title")).ToHaveValueAsync(title);
        await rep.Locator(".rz-dialog .dialog-foot .rz-button").First.ClickAsync();
        await rep.Locator(".rz-dialog").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await rep.Locator(".bell summary").ClickAsync();
        await rep.Locator(".told-row:not(.new)", new() { HasTextString = title }).WaitForAsync();
        (await rep.EvaluateAsync<bool>("window.__sameDocument === true")).ShouldBeTrue("the page was loaded again");
        await rep.Context.CloseAsync();
        await manager.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Contact_ShowsItsTasks_AndTakesANewOneByAKey()
    {
        var page = await fixture.SignInAsync("方屿");
        await page.Locator(".contact-row").First.ClickAsync();
        await page.Locator("#compose-text").WaitForAsync();
        await page.Locator("#add-task").WaitForAsync();
        await BrowserFixture.KeysHeardAsync(page);
        await page.Keyboard.PressAsync("q");
        var title = $"寄样 {Guid.NewGuid():N}"[..10];
        await page.FillAsync("#t-title[data-heard]", title);
        await page.Locator("#t-title").PressAsync("Control+Enter");
        var line = page.Locator(".contact-tasks .task-line", new() { HasTextString = title });
        await line.WaitForAsync();
        await line.Locator("[data-complete]").ClickAsync();
        await line.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Pages_OfTasks_FitTheirWindows()
    {
        foreach (var (width, height) in ((int, int)[])[(1440, 900), (1280, 720), (390, 844)])
        {
            foreach (var path in (string[])["/tasks", "/tasks?week=2026-01-05"])
            {
                var page = await fixture.SignInAsync("周岚", width, height);
                await page.GotoAsync(path);
                await page.Locator(".day, .column").First.WaitForAsync();
                await BrowserFixture.FitsAsync(page, width, height);
                await page.Context.CloseAsync();
            }
        }
    }

    // Its script is attached: keys are heard.
    private async Task<IPage> OpenAsync(string person)
    {
        var page = await fixture.SignInAsync(person);
        await page.GotoAsync("/tasks");
        await page.Locator(".tasks-page[data-heard]").WaitForAsync();
        await page.Locator(".days").WaitForAsync();
        return page;
    }
}
