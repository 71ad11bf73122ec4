using System.IO.Compression;
using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class ContactPageTests(BrowserFixture fixture)
{
    private static async Task<IPage> OpenAsync(IPage page, string name, string pane)
    {
        await BrowserFixture.OpenContactAsync(page, name);
        await page.ClickAsync($"[data-tab={pane}]");
        if (pane == "details") await page.Locator("#d-Name").WaitForAsync();
        return page;
    }

    /// <summary>The script of fields arrives once the result is set, and not before.</summary>
    private static async Task<TaskCompletionSource> HoldFieldsScriptAsync(IPage page)
    {
        var arrives = new TaskCompletionSource();
        await page.RouteAsync("**/entry*.js", async route =>
        {
            await arrives.Task;
            await route.ContinueAsync();
        });
        return arrives;
    }

    private static Task SavedAsync(IPage page, string field) => page.Locator(".toast", new() { HasTextString = $"“{field}”已保存" }).WaitForAsync();

    [BrowserFact]
    public async Task Field_EditedInPlace_StaysAfterReloading_AndHistoryPutsItBack()
    {
        var page = await OpenAsync(await fixture.SignInAsync("周岚"), "曹红霞", "details");
        page.Url.ShouldContain("pane=details");
        var before = await page.InputValueAsync("#d-Department");
        await page.FillAsync("#d-Department", "质量保证部");
        await page.Locator("#d-Department").PressAsync("Enter");
        await SavedAsync(page, "部门");

        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#d-Department")).ToHaveValueAsync("质量保证部");

        // Escape puts back what was there, and saves nothing
        await page.FillAsync("#d-Department", "写错了");
        await page.Locator("#d-Department").PressAsync("Escape");
        await Assertions.Expect(page.Locator("#d-Department")).ToHaveValueAsync("质量保证部");

        await page.Keyboard.PressAsync("h");
        var entry = page.Locator("[data-change]", new() { HasTextString = "质量保证部" }).First;
        await entry.Locator(".restore").ClickAsync();
        // by now the undoing stands above it and names the same value
        await page.Locator("[data-change]", new() { HasTextString = "质量保证部" }).Locator(".chip", new() { HasTextString = "已撤销" }).First.WaitForAsync();
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator("#d-Department")).ToHaveValueAsync(before);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Keys_PressedBeforeTheFieldsScriptIsThere_AreHeardOnceItIs()
    {
        var page = await fixture.SignInAsync("周岚");
        var arrives = await HoldFieldsScriptAsync(page);
        await OpenAsync(page, "端木采薇", "details");
        await page.Locator("#d-Department:not([data-heard])").FillAsync("早到的部门");
        await page.Locator("#d-Department").PressAsync("Enter");
        arrives.SetResult();
        await SavedAsync(page, "部门");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Fields_TypedInAndLeftBeforeTheirScriptIsThere_LoseNothing()
    {
        var page = await fixture.SignInAsync("周岚");
        var arrives = await HoldFieldsScriptAsync(page);
        await OpenAsync(page, "端木采薇", "details");
        await page.Locator("#d-Title:not([data-heard])").FillAsync("早到的职位");
        await page.Locator("#d-City:not([data-heard])").FillAsync("早到的城市");
        await page.Locator("#d-City").PressAsync("Tab");
        await SavedAsync(page, "职位");
        await SavedAsync(page, "城市");
        arrives.SetResult();
        await page.Locator("#d-City[data-heard]").WaitForAsync();
        await Assertions.Expect(page.Locator("#d-Title")).ToHaveValueAsync("早到的职位");
        await Assertions.Expect(page.Locator("#d-City")).ToHaveValueAsync("早到的城市");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Refusal_IsToldInPlace_AndTheTypedTextStays()
    {
        var page = await OpenAsync(await fixture.SignInAsync("周岚"), "郭静", "details");
        await page.FillAsync("#d-Email", "not-an-address");
        await page.Locator("#d-Email").PressAsync("Tab");
        await page.Locator("[data-inline=d-Email] .field-error").WaitForAsync();
        (await page.InputValueAsync("#d-Email")).ShouldBe("not-an-address");
        await page.FillAsync("#d-DealValueMinor", "八十万");
        await page.Locator("#d-DealValueMinor").PressAsync("Enter");
        await Assertions.Expect(page.Locator("#d-DealValueMinor")).ToHaveValueAsync("800,000");
        await page.Locator("[data-inline=d-DealValueMinor] .sum", new() { HasTextString = "80 万" }).WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task LostRace_ShowsBothValues_AndSavesTheOneChosen()
    {
        var rep = await OpenAsync(await fixture.SignInAsync("周岚"), "宋芷若", "details");
        var manager = await fixture.SignInAsync("顾南舟");
        await manager.GotoAsync(new Uri(rep.Url).PathAndQuery);
        await manager.Locator("#d-Name").WaitForAsync();

        // the rep is in the middle of it when the manager saves
        await rep.ClickAsync("#d-Title");
        await rep.FillAsync("#d-Title", "生产厂长");
        await manager.FillAsync("#d-Title", "代理厂长");
        await manager.Locator("#d-Title").PressAsync("Enter");
        await SavedAsync(manager, "职位");
        await rep.Locator(".work", new() { HasTextString = "代理厂长" }).WaitForAsync();
        (await rep.InputValueAsync("#d-Title")).ShouldBe("生产厂长");

        await rep.Locator("#d-Title").PressAsync("Enter");
        var clash = rep.Locator(".clashes");
        await clash.GetByText("生产厂长").WaitForAsync();
        await clash.GetByText("代理厂长").WaitForAsync();
        await rep.ClickAsync(".conflict-save");
        await SavedAsync(rep, "职位");
        await manager.Locator(".work", new() { HasTextString = "生产厂长" }).WaitForAsync();
        await rep.Context.CloseAsync();
        await manager.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Panes_AreReachedFromWhicheverTheAddressOpened()
    {
        var page = await fixture.SignInAsync("周岚");
        await BrowserFixture.OpenContactAsync(page, "端木采薇");
        var address = new Uri(page.Url).AbsolutePath;
        foreach (var pane in (string[])["details", "history"])
        {
            await page.GotoAsync($"{address}?pane={pane}");
            await page.Locator($".contact-pane[data-pane={pane}][aria-busy=false]").WaitForAsync();
            await page.ClickAsync("[data-tab=timeline]");
            await page.Locator("article.event").First.WaitForAsync();
            await page.ClickAsync("[data-tab=history]"); // the circuit has survived it
            await page.Locator(".contact-pane[data-pane=history]").WaitForAsync();
        }
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Note_IsBegunFromAnyPane_ByItsKey()
    {
        var page = await OpenAsync(await fixture.SignInAsync("周岚"), "端木采薇", "details");
        await page.Locator("#d-Name[data-heard]").WaitForAsync();
        await page.Locator("body").PressAsync("n");
        await page.WaitForFunctionAsync("() => document.activeElement?.id === 'compose-text'");
        page.Url.ShouldNotContain("pane=");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Pane_StaysWhileMovingFromContactToContact()
    {
        var page = await OpenAsync(await fixture.SignInAsync("周岚"), "吕敏", "details");
        await page.FillAsync("#contact-search", "");
        await page.Locator(".contact-row").Nth(3).WaitForAsync();
        var first = page.Url;
        await page.Locator("#contact-search").PressAsync("Escape");
        await page.Keyboard.PressAsync("j");
        await page.WaitForURLAsync(url => url != first && url.Contains("pane=details", StringComparison.Ordinal));
        await page.Locator("#d-Name").WaitForAsync();
        await page.Keyboard.PressAsync("t");
        await page.Locator("#compose-text").WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Photo_ChosenAndCut_StandsInHeaderAndList()
    {
        var page = await fixture.SignInAsync("周岚");
        await BrowserFixture.OpenContactAsync(page, "叶昱辰");
        await page.ClickAsync("#portrait");
        await page.SetInputFilesAsync("#photo-file", new FilePayload { Name = "portrait.png", MimeType = "image/png", Buffer = Png(640, 400) });
        await page.Locator("#photo-cut").PressAsync("+");
        await page.Locator("#photo-cut").PressAsync("ArrowLeft");
        await page.ClickAsync(".photo-save");
        var portrait = page.Locator("#portrait img");
        await portrait.WaitForAsync();
        await Assertions.Expect(portrait).ToHaveJSPropertyAsync("naturalWidth", 512);
        await page.Locator(".contact-row[aria-current] img").WaitForAsync();
        await page.Locator(".toast").GetByRole(AriaRole.Button, new() { NameString = "撤销" }).First.ClickAsync();
        await portrait.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Context.CloseAsync();
    }

    // A picture of two colours, RGB with 8 bits, unfiltered rows.
    private static byte[] Png(int width, int height)
    {
        using var rows = new MemoryStream();
        using (var packed = new ZLibStream(rows, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
            {
                packed.WriteByte(0);
                for (var x = 0; x < width; x++) packed.Write(x < width / 2 ? [0xE5, 0x48, 0x4D] : [0x25, 0x63, 0xC9]);
            }
        }
        byte[] header = [.. Big(width), .. Big(height), 8, 2, 0, 0, 0];
        return [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. Chunk("IHDR", header), .. Chunk("IDAT", rows.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string name, byte[] content)
    {
        byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(name), .. content];
        return [.. Big(content.Length), .. body, .. Big((int)Crc(body))];
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
        }
        return ~crc;
    }

    private static byte[] Big(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
