using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class ProfileBrowserTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task Claim_LeadsToItsSentence_AndACorrectionIsSeenLiveByTheManager()
    {
        var rep = await fixture.SignInAsync("周岚");
        await BrowserFixture.OpenContactAsync(rep, "于永康");
        var address = new Uri(rep.Url).AbsolutePath;
        // opened there directly: the timeline is not on the page yet
        await rep.GotoAsync($"{address}?pane=profile");
        await BrowserFixture.KeysHeardAsync(rep);
        var claim = rep.Locator(".profile .statement", new() { Has = rep.Locator(".quote") }).First;
        await claim.Locator(".sure", new() { HasTextString = "%" }).WaitForAsync();

        // the quote leads to the very words
        var quote = claim.Locator(".quote").First;
        var words = (await quote.GetAttributeAsync("title"))!;
        await quote.ClickAsync();
        await rep.WaitForURLAsync(url => url.Contains("start=", StringComparison.Ordinal));
        await rep.Locator(".timeline mark.target").First.WaitForAsync();
        await Assertions.Expect(rep.Locator(".timeline mark.target").First).ToBeInViewportAsync();
        string.Concat(await rep.Locator(".timeline mark.target").AllTextContentsAsync()).ShouldBe(words);

        // what the rep knows better reaches the manager's open page
        var manager = await fixture.SignInAsync("顾南舟");
        await manager.GotoAsync($"{address}?pane=profile");
        await manager.Locator(".profile .statement").First.WaitForAsync();
        await manager.EvaluateAsync("window.__sameDocument = true");
        await rep.GoBackAsync();
        var wrong = rep.Locator(".profile .statement[data-claim]").First;
        var identity = await wrong.GetAttributeAsync("data-claim");
        await wrong.Locator(".pencil").ClickAsync();
        await wrong.Locator(".correction textarea[data-heard]").FillAsync("当面确认过");
        await wrong.Locator(".correction .wrong").ClickAsync();
        await wrong.Locator(".by", new() { HasTextString = "周岚" }).WaitForAsync();
        var seen = manager.Locator($".profile .statement[data-claim=\"{identity}\"]");
        await seen.Locator(".by", new() { HasTextString = "由 周岚 标为不对" }).WaitForAsync();
        await seen.Locator(".note", new() { HasTextString = "当面确认过" }).WaitForAsync();
        (await manager.EvaluateAsync<bool>("window.__sameDocument === true")).ShouldBeTrue("the page was loaded again");

        // and goes again when it is taken back
        await rep.Locator(".toast").GetByRole(AriaRole.Button, new() { NameString = "撤销" }).First.ClickAsync();
        await seen.Locator(".by").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await rep.Context.CloseAsync();
        await manager.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Profile_FitsItsWindows()
    {
        foreach (var (width, height) in ((int, int)[])[(1440, 900), (1280, 720), (390, 844)])
        {
            var page = await fixture.SignInAsync("周岚", width, height);
            await page.Locator(".contact-row").First.ClickAsync();
            await page.Locator("[data-tab=profile]").ClickAsync();
            await page.Locator(".profile .part").First.WaitForAsync();
            await BrowserFixture.FitsAsync(page, width, height);
            var top = (await page.Locator(".contact-header").BoundingBoxAsync())!.Y;
            await page.Locator(".profile .part").Last.EvaluateAsync("part => part.scrollIntoView({ block: 'center' })");
            (await page.Locator(".contact-header").BoundingBoxAsync())!.Y.ShouldBe(top, $"{width} × {height}: more than the cards scrolls");
            (await page.EvaluateAsync<int>("(p => p.scrollWidth - p.clientWidth)(document.querySelector('.profile'))")).ShouldBe(0, $"{width} × {height} scrolls sideways");
            await page.Context.CloseAsync();
        }
    }
}
