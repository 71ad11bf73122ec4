using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class DuplicateBrowserTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task Person_TypedTwice_IsWarnedOf_MergedAndPartedAgain_WhileAnotherWindowFollows()
    {
        var page = await fixture.SignInAsync("方屿");
        await AddAsync(page, "查重甲", "139 0000 7701", expectWarning: false);

        // The warning stands under the fields, and holds nothing up.
        await AddAsync(page, "甲查重", "+86 13900007701", expectWarning: true);
        var second = page.Url.Split('?')[0];

        var other = await fixture.SignInAsync("方屿");
        await other.GotoAsync("/duplicates");
        var pair = other.Locator("[data-group]", new() { HasTextString = "查重甲" });
        await pair.WaitForAsync();

        // By the keyboard alone: to the pair, into it, merged.
        await page.GotoAsync("/duplicates");
        await page.Locator(".duplicates[data-heard]").WaitForAsync();
        var card = page.Locator("[data-group]", new() { HasTextString = "查重甲" });
        await card.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => url.Contains("/merge/contacts/", StringComparison.Ordinal));
        await page.Locator(".line .pick.wins").First.WaitForAsync();
        await page.Locator(".line", new() { HasTextString = "姓名" }).Locator("input").First.CheckAsync();
        await page.Locator("#merge-now").ClickAsync();
        await page.WaitForURLAsync(url => url.EndsWith("/duplicates", StringComparison.Ordinal));
        await pair.WaitForAsync(new() { State = WaitForSelectorState.Detached });

        // An old address leads to the one that stayed.
        await other.GotoAsync(second);
        await other.WaitForURLAsync(url => !url.StartsWith(second, StringComparison.Ordinal));
        await other.Locator("h1", new() { HasTextString = "查重" }).WaitForAsync();

        await page.Locator(".toast", new() { HasTextString = "已并入" }).Locator(".toast-action").ClickAsync();
        await page.Locator(".toast", new() { HasTextString = "已拆回两条" }).WaitForAsync();
        await other.GotoAsync("/duplicates");
        await pair.WaitForAsync();

        // Not the same: remembered at once, in both windows.
        await card.WaitForAsync();
        await card.FocusAsync();
        await page.Keyboard.PressAsync("n");
        await page.Locator(".toast", new() { HasTextString = "不是同一人" }).WaitForAsync();
        await pair.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Context.CloseAsync();
        await other.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Number_TypedAloneAsSoonAsTheFormIsThere_StaysInItsField_AndShowsWhoHasIt()
    {
        var page = await fixture.SignInAsync("方屿");
        await AddAsync(page, "单号甲", "139 0000 7711", expectWarning: false);
        await AddAsync(page, "单号乙", "139 0000 7711", expectWarning: false);
        await page.GotoAsync("/");
        await page.ClickAsync("#add-contact");
        await page.ClickAsync("#f-Mobile[data-heard]");
        // For longer than the dialog waits before it would enter its first field.
        await page.Keyboard.TypeAsync("13900007711", new() { Delay = 90 });
        await page.Locator(".warning [data-candidate]", new() { HasTextString = "单号甲" }).WaitForAsync();
        await page.Locator(".warning [data-candidate]", new() { HasTextString = "单号乙" }).WaitForAsync();
        (await page.InputValueAsync("#f-Mobile")).ShouldBe("13900007711");
        (await page.InputValueAsync("#f-Name")).ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Company_TypedTwice_IsWarnedOf_MergedFromThePageByKeys_AndSaidToBeAnother()
    {
        var page = await fixture.SignInAsync("方屿");
        await CompanyAsync(page, "查重样机有限公司", null);
        await CompanyAsync(page, "查重样机", "查重样机有限公司");
        await page.GotoAsync("/duplicates");
        await page.Locator(".kinds a[data-kind=Account]").ClickAsync();
        await page.Locator(".duplicates[data-heard]").WaitForAsync();
        var card = page.Locator("[data-group]", new() { HasTextString = "查重样机" });
        await card.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(url => url.Contains("/merge/accounts/", StringComparison.Ordinal));
        await page.Locator(".line .pick.wins").First.WaitForAsync();
        await page.Locator("#merge-now").ClickAsync();
        await page.WaitForURLAsync(url => url.EndsWith("/duplicates?kind=accounts", StringComparison.Ordinal));
        await card.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Locator(".toast", new() { HasTextString = "已并入" }).Locator(".toast-action").ClickAsync();
        await card.WaitForAsync();
        await page.Locator(".duplicates[data-heard]").WaitForAsync();
        await card.FocusAsync();
        await page.Keyboard.PressAsync("n");
        await page.Locator(".toast", new() { HasTextString = "不是同一家" }).WaitForAsync();
        await card.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Context.CloseAsync();
    }

    private static async Task CompanyAsync(IPage page, string name, string? warned)
    {
        await page.GotoAsync("/accounts");
        await page.ClickAsync("#add-account");
        await page.FillAsync("#a-Name[data-heard]", name);
        if (warned is not null) await page.Locator(".warning [data-candidate]", new() { HasTextString = warned }).WaitForAsync();
        await page.Locator("#a-Name").PressAsync("Control+Enter");
        await page.Locator("h1", new() { HasTextString = name }).WaitForAsync();
    }

    [BrowserFact]
    public async Task Pages_OfDuplicates_FitTheirWindows()
    {
        foreach (var (width, height) in ((int, int)[])[(1440, 900), (1280, 720), (390, 844)])
        {
            var page = await fixture.SignInAsync("周岚", width, height);
            foreach (var address in (string[])["/duplicates", "/duplicates?kind=accounts"])
            {
                await page.GotoAsync(address);
                await page.Locator("[data-group]").First.WaitForAsync();
                await BrowserFixture.FitsAsync(page, width, height);
                await page.GotoAsync((await page.Locator("[data-merge]").First.GetAttributeAsync("href"))!);
                await page.Locator(".line .pick").First.WaitForAsync();
                await BrowserFixture.FitsAsync(page, width, height);
            }
            await page.Context.CloseAsync();
        }
    }

    private static async Task AddAsync(IPage page, string name, string mobile, bool expectWarning)
    {
        await page.GotoAsync("/");
        await page.ClickAsync("#add-contact");
        await page.FillAsync("#f-Name[data-heard]", name);
        await page.FillAsync("#f-Mobile[data-heard]", mobile);
        if (expectWarning) await page.Locator(".warning [data-candidate]", new() { HasTextString = "查重甲" }).WaitForAsync();
        await page.Locator("#f-Mobile").PressAsync("Control+Enter");
        await page.Locator("h1", new() { HasTextString = name }).WaitForAsync();
    }
}
