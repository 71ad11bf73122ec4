using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class UndoJourneyTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task BulkEdit_IsUndoneFromThePage_AndDoneAgain()
    {
        var page = await fixture.SignInAsync("周岚");
        await page.GotoAsync("/undo");
        var row = page.Locator(".undo-row", new() { HasTextString = "批量加标签" });
        // It lies some pages down.
        while (await row.CountAsync() == 0)
        {
            var rows = await page.Locator(".undo-row").CountAsync();
            await page.Locator(".undoing .more, .undoing .undo-row").Last.ScrollIntoViewIfNeededAsync();
            await page.Locator(".undo-row").Nth(rows).WaitForAsync();
        }
        await row.Locator(".act button").ClickAsync();
        await row.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Locator(".undo-tabs a[href='/undo/undone']").ClickAsync();
        var undone = page.Locator(".undo-row", new() { HasTextString = "批量加标签" });
        await undone.Locator(".act button", new() { HasTextString = "重做" }).ClickAsync();
        await undone.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task OneField_IsPutBackFromHistory_LeavesTheOthers_AndIsUndone()
    {
        var page = await fixture.SignInAsync("周岚");
        await BrowserFixture.OpenContactAsync(page, "端木采薇");
        await page.ClickAsync("[data-tab=details]");
        var (department, title) = (page.Locator("#d-Department"), page.Locator("#d-Title"));
        var before = await department.InputValueAsync();
        await EditAsync(page, "#d-Department", "质量保证部", "部门");
        await EditAsync(page, "#d-Title", "首席质量官", "职位");

        await page.Keyboard.PressAsync("h");
        // Another edit came after it, which stays.
        var edit = page.Locator("[data-change]", new() { HasTextString = "质量保证部" }).Last;
        await edit.Locator(".one").ClickAsync();
        await Assertions.Expect(page.Locator(".put-back dl ins")).ToHaveTextAsync(before);
        await Assertions.Expect(page.Locator(".put-back dl del")).ToHaveTextAsync("质量保证部");
        await page.Locator("[data-put-back]").ClickAsync();
        var back = page.Locator("[data-change]", new() { HasTextString = "恢复了历史内容" });
        await back.WaitForAsync();
        await page.ClickAsync("[data-tab=details]");
        await Assertions.Expect(department).ToHaveValueAsync(before);
        await Assertions.Expect(title).ToHaveValueAsync("首席质量官");

        await page.ClickAsync("[data-tab=history]");
        await back.Locator(".restore").ClickAsync();
        await back.Locator(".chip", new() { HasTextString = "已撤销" }).WaitForAsync();
        await page.ClickAsync("[data-tab=details]");
        await Assertions.Expect(department).ToHaveValueAsync("质量保证部");
        await Assertions.Expect(title).ToHaveValueAsync("首席质量官");
        await page.Context.CloseAsync();
    }

    private static async Task EditAsync(IPage page, string field, string value, string name)
    {
        await page.Locator(field + "[data-heard]").FillAsync(value);
        await page.Locator(field).PressAsync("Enter");
        await page.Locator(".toast", new() { HasTextString = $"“{name}”已保存" }).WaitForAsync();
    }

    [BrowserFact]
    public async Task Pages_FitTheirWindows()
    {
        foreach (var (width, height) in ((int, int)[])[(1440, 900), (1280, 720), (390, 844)])
        {
            foreach (var address in (string[])["/undo", "/undo/undone"])
            {
                var page = await fixture.SignInAsync("周岚", width, height);
                await page.GotoAsync(address);
                await page.Locator(".undo-row").First.WaitForAsync();
                await BrowserFixture.FitsAsync(page, width, height);
                await page.Context.CloseAsync();
            }
        }
    }

    [BrowserFact]
    public async Task Palette_FindsWhatWasSaid_ForgivesASlip_AndLooksWhereAPrefixSays()
    {
        var page = await fixture.SignInAsync("周岚");
        await TypeAsync(page, "报价");
        var said = page.Locator("#palette [role=group]", new() { HasTextString = "互动记录" }).Locator("[role=option]").First;
        await Assertions.Expect(said.Locator("mark").First).ToHaveTextAsync("报价");
        await said.ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("interaction=", StringComparison.Ordinal));
        await page.Locator("article.event").First.WaitForAsync();
        await TypeAsync(page, "linrouxi");
        await page.Locator("#palette [role=group]", new() { HasTextString = "相近的联系人" }).Locator("[role=option]", new() { HasTextString = "林若溪" }).WaitForAsync();
        await TypeAsync(page, ">zhuti 深色");
        await page.WaitForFunctionAsync("() => document.getElementById('palette-list').dataset.for.startsWith('>')");
        await Assertions.Expect(page.Locator("#palette [role=group]")).ToHaveCountAsync(1);
        await TypeAsync(page, "@林");
        await page.WaitForFunctionAsync("() => document.getElementById('palette-list').dataset.for === '@林'");
        await Assertions.Expect(page.Locator("#palette [role=group]")).ToHaveCountAsync(1);
        await page.Context.CloseAsync();
    }

    private static async Task TypeAsync(IPage page, string text)
    {
        if (await page.Locator("#palette[open]").CountAsync() == 0) await page.Keyboard.PressAsync("Control+k");
        await page.Locator("#palette[open] #palette-entry").FillAsync(text);
    }
}
