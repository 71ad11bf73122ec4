using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class NightBrowserTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task Administrator_RunsANight_AndASecondCircuitSeesItEnd()
    {
        var watcher = await OpenAsync();
        await watcher.EvaluateAsync("window.__sameDocument = true");
        var page = await OpenAsync();
        await page.Locator("#night-start").ClickAsync();
        await page.Locator(".run-card[data-state=Done]").WaitForAsync();
        await watcher.Locator(".run-card[data-state=Done]").WaitForAsync();
        await watcher.Locator("[data-run]").First.ClickAsync();
        await watcher.Locator(".report").WaitForAsync();
        // One of the past nights tells why it chose.
        await watcher.Locator("[data-run]").Nth(3).ClickAsync();
        await watcher.Locator(".report [data-reason=Aged]").WaitForAsync();
        await watcher.Locator(".report [data-rescored]").WaitForAsync();
        (await watcher.EvaluateAsync<bool>("window.__sameDocument === true")).ShouldBeTrue("the page was loaded again");
        await watcher.Context.CloseAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Plan_WithAWindowOutOfRange_IsRefusedAndKeepsWhatWasTyped()
    {
        var page = await OpenAsync();
        await page.Locator("#n-window").FillAsync("5");
        await page.Locator("#n-stale").FillAsync("21");
        await page.Locator("form:has(#n-window) button[type=submit]").ClickAsync();
        await page.Locator(".field-error").First.WaitForAsync();
        await Assertions.Expect(page.Locator("#n-window")).ToHaveValueAsync("5");
        await Assertions.Expect(page.Locator("#n-stale")).ToHaveValueAsync("21");
        await page.Locator("#n-window").FillAsync("90");
        await page.Locator("form:has(#n-window) button[type=submit]").ClickAsync();
        await page.Locator(".toast").First.WaitForAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#n-window")).ToHaveValueAsync("90");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Page_FitsItsWindows_AndIsClosedToReps()
    {
        foreach (var (width, height) in ((int, int)[])[(1440, 900), (1280, 720), (390, 844)])
        {
            var page = await OpenAsync(width, height);
            await BrowserFixture.FitsAsync(page, width, height);
            await page.Context.CloseAsync();
        }
        var rep = await fixture.SignInAsync("方屿");
        await rep.GotoAsync("/admin/night");
        await rep.Locator(".empty", new() { HasTextString = "仅管理员" }).WaitForAsync();
        await rep.Context.CloseAsync();
    }

    private async Task<IPage> OpenAsync(int width = 1440, int height = 900)
    {
        var page = await fixture.SignInAsync("温故", width, height);
        await page.GotoAsync("/admin/night");
        await page.Locator("#n-window").WaitForAsync();
        return page;
    }
}
