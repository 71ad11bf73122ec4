using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

/// <summary>The left pane as one works in it: each test as a person of their own, so that none disturbs another's list.</summary>
[Collection(BrowserTests.Name)]
public sealed class ContactListTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task DraggedContact_StaysInItsFolder_AndIsTakenBack()
    {
        var page = await fixture.SignInAsync("方屿");
        await AddFolderAsync(page, "拖放试验");
        var folder = page.Locator(".group", new() { HasTextString = "拖放试验" });
        var dragged = page.Locator(".row").First;
        var name = (await dragged.Locator("strong").TextContentAsync())!;
        await dragged.DragToAsync(folder);
        await Assertions.Expect(folder.Locator(".count")).ToHaveTextAsync("1");
        await Toast(page, "位移到").WaitForAsync();

        await page.ReloadAsync();
        await BrowserFixture.KeysHeardAsync(page);
        await folder.Locator(".group-link").ClickAsync();
        await Assertions.Expect(page.Locator(".row strong")).ToHaveTextAsync([name]);

        // out again by keyboard, and back by the notice's button
        await page.Locator("a.contact-row").FocusAsync();
        await page.Keyboard.PressAsync("m");
        await page.Locator(".pick-dialog button").First.ClickAsync();
        await Assertions.Expect(page.Locator(".row")).ToHaveCountAsync(0);
        await Toast(page, "移出文件夹").GetByRole(AriaRole.Button, new() { NameString = "撤销" }).ClickAsync();
        await Assertions.Expect(page.Locator(".row strong")).ToHaveTextAsync([name]);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task SavedView_OnceItsFilterChanges_IsMarked_AndCanBeReset()
    {
        var page = await fixture.SignInAsync("覃立夏");
        await AddFilterAsync(page, "priority", "High");
        await page.ClickAsync("#add-view");
        await page.FillAsync("#view-name", "先跟这些");
        await page.ClickAsync(".view-dialog [type=submit]");
        var tab = page.GetByRole(AriaRole.Tab, new() { NameString = "先跟这些" });
        await Assertions.Expect(tab).ToHaveAttributeAsync("aria-selected", "true");
        await Assertions.Expect(tab.Locator(".mark")).ToHaveCountAsync(0);

        await AddFilterAsync(page, "stage", "Proposal");
        await tab.Locator(".mark").WaitForAsync();

        // the address alone brings it all back
        await page.GotoAsync(new Uri(page.Url).PathAndQuery);
        await tab.Locator(".mark").WaitForAsync();
        await page.ClickAsync(".tabs-bar summary");
        await page.GetByText("恢复为已保存的").ClickAsync();
        await Assertions.Expect(tab.Locator(".mark")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("[data-filter=stage]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("[data-filter=priority] select")).ToHaveValueAsync("High");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task AllOfAFilter_AreArchivedAtOnce_AndComeBack()
    {
        var page = await fixture.SignInAsync("黎静姝");
        await page.GotoAsync("/?tab=team&priority=low");
        var counted = page.Locator(".contact-list footer span").First;
        await Assertions.Expect(counted).ToContainTextAsync(new System.Text.RegularExpressions.Regex(@"\d"));
        var before = (await counted.TextContentAsync())!;
        await page.Locator(".row").First.HoverAsync();
        await page.Locator(".row input[type=checkbox]").First.ClickAsync();
        await page.ClickAsync("#bulk-all");
        await page.ClickAsync("#bulk-archive");
        await Assertions.Expect(page.Locator(".row")).ToHaveCountAsync(0, new() { Timeout = 90_000 });

        await Toast(page, "归档").GetByRole(AriaRole.Button, new() { NameString = "撤销" }).ClickAsync();

        await Assertions.Expect(counted).ToHaveTextAsync(before, new() { Timeout = 90_000 });
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task KeysAndAddresses_LeadToTheSameContact()
    {
        var page = await fixture.SignInAsync("周岚");
        await page.Locator("a.contact-row").First.WaitForAsync();
        await page.Locator("body").PressAsync("j");
        await page.Locator("a.contact-row[aria-current=page]").WaitForAsync();
        var first = await page.Locator("a.contact-row[aria-current=page] strong").TextContentAsync();
        await Assertions.Expect(page.Locator("h1").First).ToContainTextAsync(first!);
        await page.Locator("body").PressAsync("j");
        await Assertions.Expect(page.Locator("h1").First).Not.ToContainTextAsync(first!);
        await page.Locator("body").PressAsync("k");
        await Assertions.Expect(page.Locator("h1").First).ToContainTextAsync(first!);

        var address = new Uri(page.Url).PathAndQuery;
        var other = await fixture.SignInAsync("周岚");
        await other.GotoAsync(address);
        await Assertions.Expect(other.Locator("h1").First).ToContainTextAsync(first!);
        await other.Locator("a.contact-row[aria-current=page]").WaitForAsync();
        await other.Context.CloseAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task SearchThenEnter_OpensWhatWasSearchedFor()
    {
        var page = await fixture.SignInAsync("周岚");
        await page.FillAsync("#contact-search", "骆子骞");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("h1", new() { HasTextString = "骆子骞" }).WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Row_ClickedWhileTheSearchRests_StaysOpenBesideWhatWasSought()
    {
        var page = await fixture.SignInAsync("周岚");
        await page.Locator(".contact-row").First.WaitForAsync();
        var address = await page.EvaluateAsync<string>("""
            () => {
              const box = document.querySelector('#contact-search');
              const row = document.querySelector('a.contact-row');
              box.value = row.querySelector('strong').textContent;
              box.dispatchEvent(new Event('input', { bubbles: true }));
              row.click();
              return row.pathname;
            }
            """);
        await page.Locator("#compose-text").WaitForAsync();
        await page.Locator(".contact-list .row[data-search]:not([data-search=''])").First.WaitForAsync();
        new Uri(page.Url).AbsolutePath.ShouldBe(address);
        page.Url.ShouldContain("q=");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Letters_OnARow_BeginASearch_AndShortcutsStayShortcuts()
    {
        var page = await fixture.SignInAsync("周岚");
        await page.Locator("a.contact-row").First.FocusAsync();
        await page.Keyboard.PressAsync("j");
        await page.Locator("a.contact-row[aria-current=page]").WaitForAsync();
        await page.Locator("a.contact-row[aria-current=page]").FocusAsync();
        await page.Keyboard.TypeAsync("lzq");
        await Assertions.Expect(page.Locator("#contact-search")).ToHaveValueAsync("lzq");
        await page.Locator(".contact-row", new() { HasTextString = "骆子骞" }).WaitForAsync();
        await page.Context.CloseAsync();
    }

    private static ILocator Toast(IPage page, string text) => page.Locator(".toast", new() { HasTextString = text }).Last;

    private static async Task AddFolderAsync(IPage page, string name)
    {
        await page.Locator(".filter-bar summary.look").First.ClickAsync();
        await page.ClickAsync("#add-folder");
        await page.FillAsync(".name-entry", name);
        await page.Locator(".name-entry").PressAsync("Enter");
        await page.Locator(".group", new() { HasTextString = name }).WaitForAsync();
        await Toast(page, name).Locator(".toast-close").ClickAsync();
    }

    private static async Task AddFilterAsync(IPage page, string kind, string value)
    {
        var labels = new Dictionary<string, string> { ["priority"] = "优先级", ["stage"] = "阶段" };
        await page.ClickAsync("#add-filter");
        await page.Locator(".menu-list.long button", new() { HasTextString = labels[kind] }).First.ClickAsync();
        await page.Locator($"[data-filter={kind}] select").SelectOptionAsync(value);
        await Assertions.Expect(page.Locator($"[data-filter={kind}] .set")).ToBeVisibleAsync();
    }
}
