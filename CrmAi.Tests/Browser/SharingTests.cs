using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class SharingTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task Contact_SharedWithAColleagueOfAnotherTeam_IsFoundByPinyinAndTakenBack()
    {
        var page = await fixture.SignInAsync("周岚");
        await BrowserFixture.OpenContactAsync(page, "于永康");
        await page.Locator(".contact-header details.menu summary").Last.ClickAsync();
        await page.Locator(".contact-header .menu-list button:visible").Nth(1).ClickAsync();
        await page.FillAsync("#find-colleague", "lijs");
        await page.Locator(".colleague [role=status]", new() { HasTextString = "lijs" }).WaitForAsync();
        await page.FillAsync("#find-colleague", "lijing");
        await page.Locator(".colleague li button", new() { HasTextString = "黎静姝" }).ClickAsync();
        await page.Locator(".person", new() { HasTextString = "黎静姝" }).WaitForAsync();
        await Assertions.Expect(page.Locator("#find-colleague")).ToHaveValueAsync("");
        await page.ClickAsync(".share-save");
        await page.Locator(".toast", new() { HasTextString = "共享已更新" }).Locator(".toast-action").ClickAsync();
        await page.Locator(".toast", new() { HasTextString = "已撤销" }).WaitForAsync();
        await page.Context.CloseAsync();
    }
}
