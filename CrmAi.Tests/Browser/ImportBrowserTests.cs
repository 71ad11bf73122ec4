using System.Text;
using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

/// <summary>From a file with mistakes to contacts, and back.</summary>
[Collection(BrowserTests.Name)]
public sealed class ImportBrowserTests(BrowserFixture fixture)
{
    private const string File = "称呼,联系方式,邮箱,单位\n钟离春,13611112201,zhongli@fair.example,南通听澜机电有限公司\n公孙止,13611112202,写在背面,南通听澜机电有限公司\n东方朔,13611112203,dongfang@fair.example,\n钟离春,13611112201,,\n";

    [BrowserFact]
    public async Task File_WithMistakes_IsMappedCheckedImportedAndTakenBack_OnTwoScreens()
    {
        var page = await fixture.SignInAsync("覃立夏");
        await page.Locator("#import-contacts").ClickAsync();
        await page.Locator("[data-import-zone][data-heard]").WaitForAsync();
        await page.Locator("#import-file").SetInputFilesAsync(new FilePayload { Name = "展会名单.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(File) });
        await page.Locator("[data-column='0'] select").WaitForAsync();

        // a wrong column: nobody can be told, and it is said so before anything is read
        await page.Locator("[data-column='0'] select").SelectOptionAsync("Title");
        await page.Locator("[data-column='3'] select").SelectOptionAsync("Company");
        await page.Locator("[data-column='1'] select").SelectOptionAsync("Mobile");
        await Assertions.Expect(page.Locator("[data-column='1'] select")).ToHaveValueAsync("Mobile");
        await page.Locator("#import-check").ClickAsync();
        await page.Locator(".toast", new() { HasTextString = "还没有一列说明这是谁" }).WaitForAsync();

        // left and come back: what was chosen is there
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("[data-column='0'] select")).ToHaveValueAsync("Title");
        await page.Locator("[data-column='0'] select").SelectOptionAsync("Name");
        await Assertions.Expect(page.Locator("[data-column='0'] select")).ToHaveValueAsync("Name");
        var other = await fixture.SignInAsync("覃立夏", 390, 844);
        await other.GotoAsync(new Uri(page.Url).AbsolutePath);
        await other.Locator("[data-column='0'] select").WaitForAsync();

        await page.Locator("#import-check").ClickAsync();
        await Assertions.Expect(page.Locator("[data-count=created]")).ToHaveTextAsync("2");
        await Assertions.Expect(page.Locator("[data-count=refused]")).ToHaveTextAsync("1");
        await Assertions.Expect(page.Locator("[data-count=repeated]")).ToHaveTextAsync("1");
        await page.Locator("[data-row='3']", new() { HasTextString = "写在背面" }).WaitForAsync();
        await other.Locator("#import-run").WaitForAsync();

        await page.Locator("#import-run").ClickAsync();
        await page.Locator(".import-page[data-state=Done]").WaitForAsync();
        await other.Locator(".import-page[data-state=Done]").WaitForAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("#import-report").ClickAsync());
        await using (var content = await download.CreateReadStreamAsync())
        using (var reader = new StreamReader(content)) (await reader.ReadToEndAsync()).ShouldContain("公孙止,13611112202,写在背面");

        var contacts = await fixture.SignInAsync("覃立夏");
        await BrowserFixture.OpenContactAsync(contacts, "钟离春");
        await page.Locator("#import-undo").ClickAsync();
        await page.Locator(".import-page[data-state=Undone]").WaitForAsync();
        await Assertions.Expect(page.Locator("[data-undone]")).ToHaveAttributeAsync("data-undone", "3");
        await contacts.GotoAsync("/?q=" + Uri.EscapeDataString("钟离春"));
        await contacts.Locator(".contact-list .empty").WaitForAsync();
        await Task.WhenAll(page.Context.CloseAsync(), other.Context.CloseAsync(), contacts.Context.CloseAsync());
    }

    [BrowserFact]
    public async Task Pages_FitTheirWindows()
    {
        foreach (var (width, height) in ((int, int)[])[(1440, 900), (1280, 720), (390, 844)])
        {
            var page = await fixture.SignInAsync("周岚", width, height);
            await page.GotoAsync("/import");
            await page.Locator("[data-import][data-state=Checked] .name").WaitForAsync();
            await BrowserFixture.FitsAsync(page, width, height);
            await page.Locator("[data-import][data-state=Checked] .name").ClickAsync();
            await page.Locator("#import-run").WaitForAsync();
            await Assertions.Expect(page.Locator("[data-count=refused]")).ToHaveTextAsync("12");
            await BrowserFixture.FitsAsync(page, width, height);
            await page.GotoAsync("/import");
            await page.Locator("[data-import][data-state=Done] .name").ClickAsync();
            await page.Locator("#import-undo").WaitForAsync();
            await BrowserFixture.FitsAsync(page, width, height);
            await page.Context.CloseAsync();
        }
    }
}
