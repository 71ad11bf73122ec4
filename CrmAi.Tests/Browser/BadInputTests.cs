using CrmAi.Domain.Interactions;
using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class BadInputTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task FiftyMegabytePaste_IsRefusedInWords_AndKeepsWhatWasTyped()
    {
        var page = await fixture.SignInAsync("周岚");
        await BrowserFixture.OpenContactAsync(page, "范素芬");
        await page.FillAsync("#compose-text", "已经写下的话");
        await page.EvaluateAsync("""
            () => {
                const data = new DataTransfer();
                data.setData('text/plain', '话'.repeat(17 * 1024 * 1024));
                document.querySelector('#compose-text').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """);
        await page.Locator(".field-error", new() { HasTextString = "200,000" }).WaitForAsync();
        (await page.InputValueAsync("#compose-text")).ShouldBe("已经写下的话");
        // the circuit lives on
        await page.ClickAsync("text=附件 >> nth=0", new() { Trial = true });
        await page.FillAsync("#contact-search", "林若溪");
        await page.Locator(".contact-row", new() { HasTextString = "林若溪" }).First.WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task LongestAllowedText_IsSavedWhole()
    {
        var page = await fixture.SignInAsync("周岚");
        await BrowserFixture.OpenContactAsync(page, "范素芬");
        var text = "开会记录。" + new string('长', Interaction.MaxContent - 10) + "就到这里。";
        await page.EvaluateAsync("text => { const area = document.querySelector('#compose-text'); area.value = text; area.dispatchEvent(new Event('input')); }", text);
        await page.Locator("#compose-text").PressAsync("Control+Enter");
        await page.Locator("article.event", new() { HasTextString = "开会记录。长长长" }).First.WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task FileThatIsNotWhatItClaims_IsRefusedInWords_AndTheTextStays()
    {
        var page = await fixture.SignInAsync("周岚");
        await BrowserFixture.OpenContactAsync(page, "范素芬");
        await page.FillAsync("#compose-text", "附件见下");
        await page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "报价.pdf", MimeType = "application/pdf", Buffer = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3] });
        await page.Locator(".file.failed").WaitForAsync();
        (await page.InputValueAsync("#compose-text")).ShouldBe("附件见下");
        await page.SetInputFilesAsync("input[type=file]", new FilePayload { Name = "报价.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4\n%%EOF\n"u8.ToArray() });
        await page.Locator(".tray .file:not([style])", new() { HasTextString = "报价.pdf" }).WaitForAsync();
        await page.Locator("#compose-text").PressAsync("Control+Enter");
        await page.Locator("article.event", new() { HasTextString = "附件见下" }).GetByText("报价.pdf").WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task WrongContact_IsToldAtItsFields_AndNothingTypedIsLost()
    {
        var page = await fixture.SignInAsync("周岚");
        await page.ClickAsync("#add-contact");
        await page.FillAsync("#f-Title[data-heard]", "工艺工程师");
        await page.FillAsync("#f-Email[data-heard]", "not-an-address");
        await page.Locator("#f-Email").PressAsync("Control+Enter");
        await page.Locator(".field-error").First.WaitForAsync();
        (await page.InputValueAsync("#f-Title")).ShouldBe("工艺工程师");
        (await page.InputValueAsync("#f-Email")).ShouldBe("not-an-address");
        await page.FillAsync("#f-Name[data-heard]", "乜秋生");
        await page.FillAsync("#f-Email[data-heard]", "qiusheng@example.com");
        await page.Locator("#f-Email").PressAsync("Control+Enter");
        await page.Locator("h1", new() { HasTextString = "乜秋生" }).WaitForAsync();
        // found at once by the initials of a surname with its own reading
        await page.FillAsync("#contact-search", "nqs");
        await page.Locator(".contact-row", new() { HasTextString = "乜秋生" }).WaitForAsync();
        await page.Context.CloseAsync();
    }
}
