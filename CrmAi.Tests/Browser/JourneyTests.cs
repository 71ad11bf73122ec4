using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Platform.Live;
using CrmAi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class JourneyTests(BrowserFixture fixture)
{
    private const string Thread = """
        郝明 10:32
        样机在三号线跑了一周，误检比原来那套少了一半
        郝明 10:33
        就是报价比另一家贵了两成，领导那里不好交代
        我 10:35
        我把三年的总成本算给您
        郝明 10:40
        下周三之前把正式合同发我，预算一百二十万以内都能批
        """;

    [BrowserFact]
    public async Task PastedChat_IsAnalysedWithQuotes_AndSeenLiveInASecondBrowser()
    {
        var rep = await fixture.SignInAsync("周岚");
        await BrowserFixture.OpenContactAsync(rep, "骆子骞");
        var manager = await fixture.SignInAsync("顾南舟");
        await manager.GotoAsync(new Uri(rep.Url).PathAndQuery);
        await manager.Locator("#compose-text").WaitForAsync();
        await manager.EvaluateAsync("window.__sameDocument = true");

        await rep.FillAsync("#compose-text", Thread);
        await rep.GetByText("谁在说话").WaitForAsync();
        await rep.Locator("#compose-text").PressAsync("Control+Enter");

        // the manager's page moves by itself, through to the finished analysis
        var card = manager.Locator("article.event", new() { HasTextString = "样机在三号线跑了一周" });
        await card.Locator("mark").First.WaitForAsync();
        await card.Locator("mark", new() { HasTextString = "一百二十万" }).WaitForAsync();
        (await manager.EvaluateAsync<bool>("window.__sameDocument === true")).ShouldBeTrue("the page was loaded again");
        var marked = string.Concat(await card.Locator("mark").AllTextContentsAsync());
        marked.ShouldContain("贵了两成");
        marked.ShouldNotContain("三年的总成本", Case.Sensitive, "the rep's own words are not the customer's");
        // and so does the rep's
        await rep.Locator("article.event", new() { HasTextString = "样机在三号线跑了一周" }).Locator("mark").First.WaitForAsync();
        await Assertions.Expect(rep.Locator("#compose-text")).ToHaveValueAsync("");

        // taken back at once
        await rep.GetByRole(AriaRole.Button, new() { NameString = "撤销" }).First.ClickAsync();
        await card.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await rep.Context.CloseAsync();
        await manager.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task ClosedPage_LeavesNoSubscriptionBehind()
    {
        var live = fixture.App.Services.GetRequiredService<InProcessLiveUpdates>();
        var page = await fixture.SignInAsync("覃立夏");
        await page.Locator(".contact-row").First.ClickAsync();
        await page.Locator("#compose-text").WaitForAsync();
        var topic = LiveTopic.Contact(Guid.Parse(new Uri(page.Url).Segments[^1]));
        live.Watching(topic).ShouldBeGreaterThan(0);
        await page.CloseAsync();
        await page.Context.CloseAsync();
        await Eventually.TrueAsync(() => live.Watching(topic) == 0, "watchers of a closed page are still there");
    }

    [BrowserFact]
    public async Task ScriptInTextAndNames_IsShownAsText_AndNeverRuns()
    {
        const string payload = "<script>window.__ran = 1</script><img src=x onerror=\"window.__ran = 2\"><svg onload=\"window.__ran = 3\"></svg>";
        var page = await fixture.SignInAsync("方屿");
        await page.ClickAsync("#add-contact");
        await page.FillAsync("#f-Name[data-heard]", payload[..90]);
        await page.FillAsync("#f-Title[data-heard]", payload);
        await page.Locator("#f-Title").PressAsync("Control+Enter");
        await page.Locator("h1", new() { HasTextString = "<script>window.__ran" }).WaitForAsync();
        await page.FillAsync("#compose-text", $"客户：{payload}\n我：收到");
        await page.Locator("#compose-text").PressAsync("Control+Enter");
        await page.Locator("article.event", new() { HasTextString = "onerror" }).Locator(".analysis .analyst").WaitForAsync();
        (await page.EvaluateAsync<bool>("window.__ran === undefined")).ShouldBeTrue();
        await page.Locator("article.event .injection").First.WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Workspace_FitsItsWindows()
    {
        foreach (var (width, height) in ((int, int)[])[(1440, 900), (1280, 720), (390, 844)])
        {
            var page = await fixture.SignInAsync("周岚", width, height);
            await page.Locator(".contact-row").First.ClickAsync();
            await page.Locator("h1").First.WaitForAsync();
            await BrowserFixture.FitsAsync(page, width, height);
            await page.Context.CloseAsync();
        }
    }

    [BrowserFact]
    public async Task English_IsSpokenToEnglishBrowsers()
    {
        var page = await fixture.SignInAsync("周岚", language: "en-US");
        await page.GetByRole(AriaRole.Tab, new() { NameString = "Mine" }).WaitForAsync();
        (await page.Locator("html").GetAttributeAsync("lang")).ShouldBe("en");
        await page.Context.CloseAsync();
    }
}
