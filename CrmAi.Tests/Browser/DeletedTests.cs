using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class DeletedTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task Contact_Deleted_IsFoundInTheBinAndComesBackByOneClick()
    {
        var page = await fixture.SignInAsync("方屿");
        await page.ClickAsync("#add-contact");
        await page.FillAsync("#f-Name[data-heard]", "误删的人");
        await page.Locator("#f-Name").PressAsync("Control+Enter");
        await page.Locator("h1", new() { HasTextString = "误删的人" }).WaitForAsync();
        await page.Locator(".contact-header details.menu summary").Last.ClickAsync();
        await page.Locator(".contact-header .menu-list .danger").ClickAsync();
        await page.Locator(".toast", new() { HasTextString = "误删的人" }).WaitForAsync();

        await page.Locator(".bar .user summary").ClickAsync();
        await page.Locator(".bar .user a[href='/deleted']").ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { NameString = "联系人" }).ClickAsync();
        await page.WaitForURLAsync(url => url.EndsWith("kind=Contact", StringComparison.Ordinal));
        var row = page.Locator(".deleted-row", new() { HasTextString = "误删的人" });
        await row.GetByRole(AriaRole.Button).ClickAsync();
        await row.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        // the keyboard goes on in the list
        await page.WaitForFunctionAsync("() => document.activeElement.closest('.deleted .rows')");
        await page.Locator(".toast", new() { HasTextString = "已恢复 误删的人" }).Locator(".toast-action").ClickAsync();
        await page.Locator("h1", new() { HasTextString = "误删的人" }).WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Pages_OfDeletedRecords_FitTheirWindows()
    {
        foreach (var (width, height) in ((int, int)[])[(1440, 900), (1280, 720), (390, 844)])
        {
            var page = await fixture.SignInAsync("周岚", width, height);
            await page.GotoAsync("/deleted");
            await page.Locator(".deleted-row").First.WaitForAsync();
            await BrowserFixture.FitsAsync(page, width, height);
            await page.Context.CloseAsync();
        }
    }
}
