using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class AccountTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task Company_OfAContact_IsOpenedAndReclassified_AndTakenBack()
    {
        var page = await fixture.SignInAsync("周岚");
        await BrowserFixture.OpenContactAsync(page, "骆子骞");
        var address = await page.EvaluateAsync<string>("location.pathname");
        await page.GotoAsync($"{address}?pane=details");
        await page.Locator("a[href^='/accounts/']").First.ClickAsync();
        await page.Locator(".account-header h1", new() { HasTextString = "恒川精密" }).WaitForAsync();
        await page.Locator(".people .person", new() { HasTextString = "骆子骞" }).WaitForAsync();
        await page.Locator(".talk .event").First.WaitForAsync();

        await page.Locator("#d-Class").ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { NameString = "C", Exact = true }).ClickAsync();
        await page.Locator(".account-header .chip", new() { HasTextString = "C 类" }).WaitForAsync();
        await page.Locator(".toast", new() { HasTextString = "分级" }).Locator(".toast-action").ClickAsync();
        await page.Locator(".account-header .chip", new() { HasTextString = "A 类" }).WaitForAsync();

        // and back to the person
        await page.Locator(".people .person", new() { HasTextString = "骆子骞" }).ClickAsync();
        await page.Locator("h1", new() { HasTextString = "骆子骞" }).WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Company_ChangedElsewhere_IsShownAtItsContactAtOnce()
    {
        var page = await fixture.SignInAsync("周岚");
        await BrowserFixture.OpenContactAsync(page, "端木采薇");
        var card = page.Locator(".contact-header .account");
        var address = await card.Locator(".account-name a").GetAttributeAsync("href");
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(address!);
        await other.Locator(".account-header h1").WaitForAsync();
        await other.FillAsync("#d-City", "舟山");
        await other.Locator("#d-City").PressAsync("Enter");
        await card.Locator("p", new() { HasTextString = "舟山" }).WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Company_TypedAtAContact_HasAPageOfItsOwn()
    {
        var page = await fixture.SignInAsync("方屿");
        await page.GotoAsync("/");
        await page.ClickAsync("#add-contact");
        await page.FillAsync("#f-Name[data-heard]", "单于清");
        await page.FillAsync("#f-Company", "雁荡新材料公司");
        await page.Locator("#f-Name").PressAsync("Control+Enter");
        await page.Locator("h1", new() { HasTextString = "单于清" }).WaitForAsync();

        await page.GotoAsync("/accounts");
        await page.Locator("a.account-row").First.WaitForAsync();
        await page.Locator("#account-search").FillAsync("ydxcl");
        await page.WaitForURLAsync(url => url.Contains("ydxcl", StringComparison.Ordinal));
        await page.Locator("a.account-row", new() { HasTextString = "雁荡新材料公司" }).ClickAsync();
        await page.Locator(".account-header h1", new() { HasTextString = "雁荡新材料公司" }).WaitForAsync();
        await page.Locator(".people .person", new() { HasTextString = "单于清" }).WaitForAsync();

        // what is typed stays, and is found from the list
        await page.FillAsync("#d-City", "温州");
        await page.Locator("#d-City").PressAsync("Enter");
        await page.Locator(".account-header .work", new() { HasTextString = "温州" }).WaitForAsync();
        await page.ReloadAsync();
        await page.Locator(".account-header .work", new() { HasTextString = "温州" }).WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Person_AddedAtACompany_StandsAmongItsPeople()
    {
        var page = await fixture.SignInAsync("周岚");
        await page.GotoAsync("/accounts");
        await page.Locator("a.account-row").First.ClickAsync();
        await page.Locator("#add-person").ClickAsync();
        await page.Locator(".rz-dialog-side #f-Name").WaitForAsync();
        await Assertions.Expect(page.Locator("#f-Company")).ToHaveValueAsync(await page.Locator(".account-header h1 bdi").First.InnerTextAsync());
        await page.FillAsync("#f-Name[data-heard]", "新来的夏侯");
        await page.Locator("#f-Name").PressAsync("Control+Enter");
        await page.Locator(".people .person", new() { HasTextString = "新来的夏侯" }).WaitForAsync();
        await page.Locator(".toast .toast-action").First.ClickAsync();
        await page.Locator(".people .person", new() { HasTextString = "新来的夏侯" }).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Pages_OfCompanies_FitTheirWindows()
    {
        foreach (var (width, height) in ((int, int)[])[(1440, 900), (1280, 720), (390, 844)])
        {
            var page = await fixture.SignInAsync("周岚", width, height);
            await page.GotoAsync("/accounts");
            await page.Locator("a.account-row").First.WaitForAsync();
            await BrowserFixture.FitsAsync(page, width, height);
            await page.Locator("a.account-row").First.ClickAsync();
            await page.Locator(".account-header h1").WaitForAsync();
            await BrowserFixture.FitsAsync(page, width, height);
            await page.Context.CloseAsync();
        }
    }
}
