using CrmAi.Domain.Users;
using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

/// <summary>The palette and the layers, with nothing but a keyboard.</summary>
[Collection(BrowserTests.Name)]
public sealed class PaletteTests(BrowserFixture fixture)
{
    private const string Dialog = ".rz-dialog, .rz-dialog-side";

    [BrowserFact]
    public async Task Palette_ByLetters_FindsPeopleAndRemembersThem()
    {
        var page = await fixture.SignInAsync("周岚");
        await OpenAsync(page);
        await page.Keyboard.TypeAsync("lrx");
        await page.Keyboard.PressAsync("Enter"); // at once: it counts when the answer is there
        await page.Locator("h1", new() { HasTextString = "林若溪" }).WaitForAsync();
        await OpenAsync(page);
        await page.Keyboard.TypeAsync("骆子骞");
        await page.Locator("#palette [role=option][aria-selected=true]", new() { HasTextString = "骆子骞" }).WaitForAsync();
        await page.WaitForFunctionAsync("() => document.querySelector('#palette-entry').getAttribute('aria-activedescendant') === document.querySelector('#palette [aria-selected=true]')?.id");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("h1", new() { HasTextString = "骆子骞" }).WaitForAsync();
        await OpenAsync(page);
        await page.Locator("#palette [role=group]").First.GetByText("林若溪").WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Palette_RunsActionsOfThePresentContact_AndOfAnywhere()
    {
        var page = await fixture.SignInAsync("周岚");
        await BrowserFixture.OpenContactAsync(page, "林若溪");
        await OpenAsync(page);
        await ChooseAsync(page, "写记录");
        await page.WaitForFunctionAsync("() => document.activeElement?.id === 'compose-text'");
        await page.Keyboard.PressAsync("Control+k");
        await ChooseAsync(page, "zhuti 深色");
        await page.Locator("html[data-theme=dark]").WaitForAsync();
        await page.Keyboard.PressAsync("Control+k");
        await ChooseAsync(page, "新建联系人");
        await page.Locator(".rz-dialog-side #f-Name").WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Palette_ShowsNobodyWhomOneMayNotSee()
    {
        var stranger = await fixture.App.AddUserAsync(Role.SalesRep);
        var page = await fixture.VisitAsync();
        await page.GotoAsync("/sign-in");
        await page.FillAsync("#email", stranger.Email);
        await page.FillAsync("#password", Support.TestApp.Password);
        await page.Locator("#password").PressAsync("Enter");
        await page.Locator("#add-contact").WaitForAsync();
        // somebody else's browser left this behind
        await page.EvaluateAsync("([key, seen]) => localStorage.setItem(key, seen)", new[] { $"crmai:recent:{stranger.Id:N}", "[\"contacts/" + Guid.CreateVersion7() + "\", \"junk\", 5]" });
        await OpenAsync(page);
        await page.Keyboard.TypeAsync("林若溪");
        await page.WaitForFunctionAsync("() => document.getElementById('palette-list').dataset.for === '林若溪'");
        await Assertions.Expect(page.Locator("#palette .none")).ToContainTextAsync("林若溪");
        (await page.Locator("#palette [role=option]").CountAsync()).ShouldBe(0);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Escape_LeavesOneLayerAtATime_AndFocusComesBack()
    {
        var page = await fixture.SignInAsync("周岚");
        await page.Locator("#add-contact").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".rz-dialog-side #f-Name").WaitForAsync();
        await page.Locator(".rz-dialog-side .rz-dropdown").First.ClickAsync();
        await page.Locator(".rz-dropdown-panel:visible").First.WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".rz-dropdown-panel:visible").First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Assertions.Expect(page.Locator(".rz-dialog-side")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("#palette[open] [role=option]").First.WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("#palette[open]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await Assertions.Expect(page.Locator(".rz-dialog-side")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(Dialog).First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.WaitForFunctionAsync("() => document.activeElement?.id === 'add-contact'");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task ControlEnter_FromAnyFieldOfADialog_Saves()
    {
        var page = await fixture.SignInAsync("周岚");
        await page.Keyboard.PressAsync("a");
        await page.FillAsync("#f-Name[data-heard]", "查快捷");
        await page.Locator(".rz-dialog-side .rz-dropdown").First.FocusAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await page.Locator("h1", new() { HasTextString = "查快捷" }).WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task SkipLink_IsTheFirstStop_AndLeadsToTheContent()
    {
        var page = await fixture.SignInAsync("周岚");
        await Places.GoAsync(page, "/settings");
        await page.Keyboard.PressAsync("Tab");
        await page.WaitForFunctionAsync("() => document.activeElement.className.includes('skip')");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("() => document.activeElement?.id === 'content'");
        new Uri(page.Url).AbsolutePath.ShouldBe("/settings");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task NameFromRightToLeft_LeavesTheRestOfItsLineInPlace()
    {
        var page = await fixture.SignInAsync("周岚");
        await page.Keyboard.PressAsync("a");
        await page.FillAsync("#f-Name[data-heard]", "محمد \u202Eعلي 👩‍🔬");
        await page.Locator("#f-Name").PressAsync("Control+Enter");
        await page.Locator("h1 bdi", new() { HasTextString = "محمد" }).WaitForAsync();
        var name = await page.Locator("h1").BoundingBoxAsync();
        var chip = await page.Locator(".title-line .chip, .title-line button").First.BoundingBoxAsync();
        chip!.X.ShouldBeGreaterThanOrEqualTo(name!.X + name.Width - 1);
        (await page.Locator(".contact-row .who strong").First.EvaluateAsync<string>("name => getComputedStyle(name).unicodeBidi")).ShouldBe("isolate");
        await page.Context.CloseAsync();
    }

    private static async Task OpenAsync(IPage page)
    {
        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("#palette[open]").WaitForAsync();
    }

    private static async Task ChooseAsync(IPage page, string typed)
    {
        await page.Keyboard.TypeAsync(typed);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#palette[open]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }
}
