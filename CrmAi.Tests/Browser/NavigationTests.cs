using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class NavigationTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task Phone_ReachesEveryPlaceOfTheRail_WithoutScrollingItsBar()
    {
        var admin = await fixture.SignInAsync("温故", 390, 844);
        await admin.GotoAsync("/brief");
        var more = admin.Locator("nav.rail details.more");
        await more.Locator("summary").WaitForAsync();
        var hidden = await admin.Locator("nav.rail > a").EvaluateAllAsync<string[]>("links => links.filter(a => !a.offsetWidth).map(a => a.getAttribute('href'))");
        hidden.ShouldContain("/admin/night");
        (await admin.Locator("nav.rail").EvaluateAsync<bool>("bar => bar.scrollWidth <= bar.clientWidth && [...bar.children].every(c => !c.offsetWidth || c.getBoundingClientRect().right <= innerWidth)")).ShouldBeTrue();
        (await more.Locator(".menu-list a").EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))")).ShouldBe([.. hidden, "/import", "/undo", "/deleted"], ignoreOrder: true);
        await more.Locator("summary").ClickAsync();
        await more.Locator("a[href='/admin/night']").ClickAsync();
        await admin.WaitForURLAsync("**/admin/night");
        await Assertions.Expect(more.Locator("summary.active")).ToBeVisibleAsync();
        await Assertions.Expect(more.Locator("a[aria-current=page]")).ToHaveAttributeAsync("href", "/admin/night");
        await admin.Context.CloseAsync();
    }
}
