using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

/// <summary>What is chosen in a list comes out as a file that opens.</summary>
[Collection(BrowserTests.Name)]
public sealed class ExportBrowserTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task Selection_IsDownloadedAndOpened_AndListedAmongMyExports()
    {
        var page = await fixture.SignInAsync("方屿");
        await page.Locator(".row").Nth(1).WaitForAsync();
        var names = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            var row = page.Locator(".row").Nth(i);
            names.Add((await row.Locator("strong").First.TextContentAsync())!.Trim());
            await row.HoverAsync();
            await row.Locator("input[type=checkbox]").ClickAsync();
        }
        await page.Locator("#bulk-export").ClickAsync();
        await page.Locator(".rz-dialog .columns input").First.WaitForAsync();
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("#export-start").ClickAsync());
        download.SuggestedFilename.ShouldEndWith(".xlsx");
        using var file = new MemoryStream();
        await using (var content = await download.CreateReadStreamAsync()) await content.CopyToAsync(file);
        file.Position = 0;
        var rows = await ContactFiles.Files.RowsAsync(file);
        rows.Select(r => r.Cells[0]).ShouldBe(names, ignoreOrder: true);

        await page.GotoAsync("/exports");
        await page.Locator("[data-export][data-state=Ready]", new() { HasTextString = download.SuggestedFilename }).First.WaitForAsync();
        await page.Context.CloseAsync();
    }
}
