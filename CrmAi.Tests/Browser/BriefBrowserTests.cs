using CrmAi.Domain.Tasks;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class BriefBrowserTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task AcceptedByKeys_MakesATask_SeenLiveByTheManager_AndIsTakenBack()
    {
        var rep = await fixture.SignInAsync("周岚");
        await rep.GotoAsync("/brief");
        var card = rep.Locator("[data-step='1']");
        await card.Locator("[data-accept]").WaitForAsync();
        var name = (await card.Locator(".who strong").InnerTextAsync()).Trim();
        var id = (await card.GetAttributeAsync("data-suggestion"))!;
        var manager = await fixture.SignInAsync("顾南舟");
        await manager.GotoAsync((await card.Locator(".who").GetAttributeAsync("href"))!);
        var seen = manager.Locator($".steps [data-suggestion='{id}']");
        await seen.Locator("[data-accept]").WaitForAsync();

        await rep.Keyboard.PressAsync("1");
        await Assertions.Expect(card).ToBeFocusedAsync();
        await rep.Keyboard.PressAsync("a");
        await Assertions.Expect(card.Locator(".confirm")).ToBeFocusedAsync();
        await rep.Keyboard.PressAsync("Enter");
        await card.Locator(".outcome", new() { HasTextString = "已接受" }).WaitForAsync();
        await seen.Locator(".outcome", new() { HasTextString = "已建任务" }).WaitForAsync();
        (await TasksOfAsync(name)).ShouldBe(1);

        await rep.Locator(".toast").GetByRole(AriaRole.Button, new() { NameString = "撤销" }).First.ClickAsync();
        await seen.Locator("[data-accept]").WaitForAsync();
        await card.Locator("[data-accept]").WaitForAsync();
        (await TasksOfAsync(name)).ShouldBe(0);
        await rep.Context.CloseAsync();
        await manager.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Answers_ByKeys_GoOnToTheNextStep_AndAClaimToItsSentence()
    {
        var page = await fixture.SignInAsync("方屿");
        await page.GotoAsync("/brief");
        var open = page.Locator("[data-brief] [data-step].open");
        await Assertions.Expect(open).Not.ToHaveCountAsync(0);
        var steps = await open.EvaluateAllAsync<string[]>("cards => cards.map(c => c.dataset.step)");
        steps.Length.ShouldBeGreaterThan(1);
        var (first, second) = (page.Locator($"[data-step='{steps[0]}']"), page.Locator($"[data-step='{steps[1]}']"));
        await page.Keyboard.PressAsync(steps[0]);
        await Assertions.Expect(first).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("r");
        await Assertions.Expect(first.Locator("[data-reject] .menu-list button").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await first.Locator(".outcome").WaitForAsync();
        await Assertions.Expect(second).ToBeFocusedAsync();
        await first.Locator(".outcome").GetByRole(AriaRole.Button, new() { NameString = "撤销" }).ClickAsync();
        await Assertions.Expect(first).ToBeFocusedAsync();

        var said = page.Locator("[data-brief] a.said").First;
        await said.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/contacts/**");
        await Assertions.Expect(page.Locator("article:focus [data-target], article[data-target]:focus").First).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task NewConversation_MovesTheScores_LiveInASecondBrowser()
    {
        var rep = await fixture.SignInAsync("周岚");
        await BrowserFixture.OpenContactAsync(rep, "端木采薇");
        var manager = await fixture.SignInAsync("顾南舟");
        await manager.GotoAsync(new Uri(rep.Url).PathAndQuery);
        var score = manager.Locator("[data-score=Intent] summary b");
        await score.WaitForAsync();
        var before = await score.InnerTextAsync();
        await rep.FillAsync("#compose-text", "端木采薇: 价格没问题，合同这周就签，预算三百万已经批下来了，明天上午把合同发给我。");
        await rep.Locator("#compose-text").PressAsync("Control+Enter");
        await Assertions.Expect(score).Not.ToHaveTextAsync(before);
        // and say why
        await manager.Locator("[data-score=Intent] summary").ClickAsync();
        await manager.Locator("[data-score=Intent] .reasons li a").First.WaitForAsync();
        await rep.Context.CloseAsync();
        await manager.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Brief_FitsItsWindows()
    {
        foreach (var (width, height) in ((int, int)[])[(1440, 900), (1280, 720), (390, 844)])
        {
            var page = await fixture.SignInAsync("方屿", width, height);
            await page.GotoAsync("/brief");
            await page.Locator("[data-step]").First.WaitForAsync();
            await BrowserFixture.FitsAsync(page, width, height);
            await page.Context.CloseAsync();
        }
    }

    private async Task<int> TasksOfAsync(string contact)
    {
        await using var db = await fixture.App.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return await db.Set<TaskItem>().CountAsync(t => t.Origin == TaskOrigin.NextAction && t.DeletedAt == null && t.Title.EndsWith(contact));
    }
}
