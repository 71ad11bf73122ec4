using CrmAi.Tests.Support;
using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class ScriptBrowserTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task Words_AreAskedForInTheBrief_GrowInASecondWindow_AreChangedAndKept()
    {
        var rep = await fixture.SignInAsync("周岚");
        await rep.GotoAsync("/brief");
        var card = rep.Locator("[data-step='1']");
        await card.Locator("[data-script]").WaitForAsync();
        var address = (await card.Locator(".who").GetAttributeAsync("href"))!;
        var id = (await card.GetAttributeAsync("data-suggestion"))!;
        var second = await fixture.SignInAsync("周岚");
        await second.GotoAsync(address);
        var there = second.Locator($".steps [data-suggestion='{id}']");
        await there.Locator("[data-script]").WaitForAsync();

        await card.Locator("[data-script]").ClickAsync();
        await card.Locator(".script .copy").WaitForAsync();
        // The other window has the same words, without being asked.
        await there.Locator(".script .copy").WaitForAsync();
        var text = (await card.Locator(".script .copy").GetAttributeAsync("data-copy"))!;
        text.Length.ShouldBeGreaterThan(20);
        (await there.Locator(".script .copy").GetAttributeAsync("data-copy")).ShouldBe(text);

        await card.Locator(".script-edit").ClickAsync();
        var own = card.Locator(".script textarea");
        await own.FillAsync("我自己改过的话");
        await own.BlurAsync();
        await Assertions.Expect(there.Locator(".script textarea")).ToHaveValueAsync("我自己改过的话");
        // Another take is offered beside it and overwrites nothing, also after a reload.
        await card.Locator("[data-tone=Formal]").ClickAsync();
        await card.Locator(".script h3").WaitForAsync();
        await rep.ReloadAsync();
        await Assertions.Expect(card.Locator(".script textarea")).ToHaveValueAsync("我自己改过的话");
        await rep.Context.CloseAsync();
        await second.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task SwitchedOffInSettings_TheButtonGoes_InAnOpenWindow()
    {
        var rep = await fixture.SignInAsync("方屿");
        await rep.GotoAsync("/brief");
        var button = rep.Locator("[data-script]").First;
        await button.WaitForAsync();
        var settings = await rep.Context.NewPageAsync();
        await settings.GotoAsync("/settings");
        var toggle = settings.Locator(".switch", new() { HasTextString = "起草话术" }).Locator(".rz-switch");
        await toggle.ClickAsync();
        await rep.Locator(".script-off").First.WaitForAsync();
        await Assertions.Expect(rep.Locator("[data-script]")).ToHaveCountAsync(0);
        await toggle.ClickAsync();
        await button.WaitForAsync();
        await rep.Context.CloseAsync();
    }
}
