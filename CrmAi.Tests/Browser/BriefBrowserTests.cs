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
