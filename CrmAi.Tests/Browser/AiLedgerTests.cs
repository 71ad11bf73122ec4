using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class AiLedgerTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task Run_OfARep_AppearsInTheAdministratorsOpenPage_AndOnlyOnesOwnInARepsPage()
    {
        var admin = await fixture.SignInAsync("温故");
        await admin.Locator("nav.rail > a[href='/ai']").ClickAsync();
        await admin.Locator(".run-row").First.WaitForAsync();
        await admin.EvaluateAsync("window.__sameDocument = true");
        var mate = await fixture.SignInAsync("覃立夏");
        await mate.GotoAsync("/ai");
        await mate.Locator(".run-row").First.WaitForAsync();

        // a rep logs a conversation with somebody new
        var rep = await fixture.SignInAsync("方屿");
        await rep.ClickAsync("#add-contact");
        await rep.FillAsync("#f-Name[data-heard]", "台账里的人");
        await rep.Locator("#f-Name").PressAsync("Control+Enter");
        await rep.Locator("h1", new() { HasTextString = "台账里的人" }).WaitForAsync();
        await rep.FillAsync("#compose-text[data-heard]", "客户: 你们的价格太贵了，超出预算。下周三把报价发给我。");
        await rep.Locator("#compose-text").PressAsync("Control+Enter");
        await rep.Locator("article.event footer.analysis .analyst").First.WaitForAsync();

        var seen = admin.Locator(".run-row", new() { HasTextString = "台账里的人" });
        await seen.First.WaitForAsync();
        (await admin.EvaluateAsync<bool>("window.__sameDocument === true")).ShouldBeTrue("the page was loaded again");
        await seen.First.ClickAsync();
        await admin.WaitForURLAsync(url => url.Contains("run=", StringComparison.Ordinal));
        await admin.Locator("aside.run a", new() { HasTextString = "台账里的人" }).WaitForAsync();
        await admin.Locator("aside.run").GetByRole(AriaRole.Button, new() { NameString = "关闭" }).ClickAsync();
        await admin.Locator("aside.run").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        // whose they are need not be told where all are one's own
        await mate.Locator(".table.alone").WaitForAsync();
        foreach (var page in (IPage[])[admin, mate]) await StandUnderTheirHeadsAsync(page);
        await using var db = fixture.App.Open();
        var hers = (await db.Users.SingleAsync(u => u.Name == "覃立夏")).Id;
        foreach (var id in await mate.Locator(".run-row").EvaluateAllAsync<string[]>("rows => rows.map(r => r.dataset.run)"))
        {
            var run = Guid.Parse(id);
            (await db.AiRuns.SingleAsync(r => r.Id == run)).UserId.ShouldBe(hers);
        }
        (await mate.Locator(".ai .tab").AllTextContentsAsync()).ShouldBe(["运行", "模型调用", "图表"]);
        foreach (var page in (IPage[])[admin, mate, rep]) await page.Context.CloseAsync();
    }

    // Every cell begins and ends where its head does, in the widths that show other columns.
    private static async Task StandUnderTheirHeadsAsync(IPage page)
    {
        foreach (var width in (int[])[1440, 1280, 900])
        {
            await page.SetViewportSizeAsync(width, 900);
            var astray = await page.EvaluateAsync<string[]>("""
                () => {
                    const cells = row => [...row.children].filter(c => c.getClientRects().length).map(c => c.getBoundingClientRect());
                    const heads = cells(document.querySelector('.table .head'));
                    return [...document.querySelectorAll('.run-row')].slice(0, 5).flatMap(row => {
                        const own = cells(row);
                        return own.length === heads.length && own.every((c, i) => Math.abs(c.left - heads[i].left) < 2) ? [] : [`${own.length} of ${heads.length}: ${row.innerText}`];
                    });
                }
                """);
            astray.ShouldBeEmpty($"at {width}");
        }
    }

    [BrowserFact]
    public async Task Switch_FlippedByAnAdministrator_IsSeenByAnotherAndStandsInTheHistory()
    {
        var (first, second) = (await fixture.SignInAsync("温故"), await fixture.SignInAsync("温故"));
        foreach (var page in (IPage[])[first, second])
        {
            await page.GotoAsync("/ai?tab=settings");
            await page.Locator(".switch-sheet.on").WaitForAsync();
        }
        await first.Locator(".switch-sheet .switch b").ClickAsync();
        await first.Locator(".switch-sheet.off", new() { HasTextString = "关着" }).WaitForAsync();
        await second.Locator(".switch-sheet.off", new() { HasTextString = "温故" }).WaitForAsync();
        await second.Locator("[data-change]", new() { HasTextString = "向模型提问" }).First.WaitForAsync();
        await first.Locator(".toast").GetByRole(AriaRole.Button, new() { NameString = "撤销" }).First.ClickAsync();
        foreach (var page in (IPage[])[first, second])
        {
            await page.Locator(".switch-sheet.on").WaitForAsync();
            await page.Context.CloseAsync();
        }
    }

    [BrowserFact]
    public async Task Charts_AreDrawn_WithTheirNumbersBeside()
    {
        var page = await fixture.SignInAsync("顾南舟");
        await page.GotoAsync("/ai?tab=charts&period=year");
        await page.Locator(".chart[data-kind=Columns] .rz-column-series path").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Locator(".chart[data-kind=Columns] summary").ClickAsync();
        (await page.Locator(".chart[data-kind=Columns] tbody tr").CountAsync()).ShouldBeGreaterThan(4);
        await page.Locator(".chart[data-kind=Bars] .bar-name", new() { HasTextString = "客户画像" }).First.WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Ledger_FitsItsWindows()
    {
        foreach (var (width, height) in ((int, int)[])[(1440, 900), (1280, 720), (390, 844)])
        {
            var page = await fixture.SignInAsync("温故", width, height);
            foreach (var (path, shown) in ((string, string)[])[("/ai", ".run-row"), ("/ai?tab=calls", ".ledger .empty"), ("/ai?tab=charts", ".chart"), ("/ai?tab=settings", ".switch-sheet")])
            {
                await page.GotoAsync(path);
                await page.Locator(shown).First.WaitForAsync();
                await BrowserFixture.FitsAsync(page, width, height);
            }
            await page.Context.CloseAsync();
        }
    }
}
