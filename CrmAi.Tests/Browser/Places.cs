using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

/// <param name="Root">The part of the page that is in front.</param>
public sealed record Place(string Name, string Root, Func<IPage, Task> ReachAsync, Func<IPage, Task>? LeaveAsync = null);

/// <summary>The places that every walk through the product visits: pages, and what opens over them. What the main navigation leads to is found by itself.</summary>
internal static class Places
{
    private const string Dialog = ".rz-dialog, .rz-dialog-side";

    public static async Task<IReadOnlyList<Place>> AllAsync(IPage page)
    {
        var contact = (await page.Locator("a.contact-row", new() { HasTextString = "林若溪" }).First.GetAttributeAsync("href"))!.Split('?')[0];
        var pages = await page.Locator("nav.rail > a").EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))");
        return
        [
            .. pages.Select(path => new Place(path, "body", p => GoAsync(p, path))),
            new("company", "body", async p => { await GoAsync(p, "/accounts"); await p.Locator("a.account-row").First.ClickAsync(); await p.Locator("h1 .name").WaitForAsync(); await p.WaitForFunctionAsync("() => !document.querySelector('main .bone, main [aria-busy=true]')"); }),
            new("ledger's run", "body", async p => { await GoAsync(p, "/ai"); await p.Locator(".run-row").First.ClickAsync(); await p.Locator("aside.run .facts").WaitForAsync(); }),
            new("ledger's calls", "body", p => GoAsync(p, "/ai?tab=calls")),
            new("ledger's charts", "body", async p => { await GoAsync(p, "/ai?tab=charts"); await p.Locator(".chart .rz-column-series path").First.WaitForAsync(new() { State = WaitForSelectorState.Attached }); }),
            new("settings of AI", "body", p => GoAsync(p, "/ai?tab=settings")),
            new("deleted", "body", p => GoAsync(p, "/deleted")),
            new("undoable", "body", p => GoAsync(p, "/undo")),
            new("undone", "body", p => GoAsync(p, "/undo/undone")),
            new("imports", "body", p => GoAsync(p, "/import")),
            new("checked import", "body", async p =>
            {
                await GoAsync(p, "/import");
                await p.Locator("[data-import][data-state=Checked] .name").First.ClickAsync();
                await p.Locator("#import-run").WaitForAsync();
            }),
            new("exports", "body", p => GoAsync(p, "/exports")),
            new("export", Dialog, async p => { await GoAsync(p, "/exports"); await p.Locator("#export-contacts").ClickAsync(); await p.Locator(".rz-dialog .columns input").First.WaitForAsync(); }, EscapeAsync),
            new("duplicates", "body", p => GoAsync(p, "/duplicates")),
            new("contact", "body", async p => { await GoAsync(p, contact); await p.Locator("#compose-text").WaitForAsync(); await p.Locator("article.event").First.WaitForAsync(); }),
            new("menu", ".contact-header .menu-list", p => p.Locator(".contact-header details.menu summary").Last.ClickAsync(), EscapeAsync),
            new("palette", "#palette", async p => { await p.Keyboard.PressAsync("Control+k"); await p.Locator("#palette [role=option]").First.WaitForAsync(); }, EscapeAsync),
            new("shortcuts", Dialog, async p => { await p.Locator("#help").DispatchEventAsync("click"); await p.Locator(Dialog).WaitForAsync(); }, EscapeAsync),
            new("sharing", Dialog, async p =>
            {
                await p.Locator(".contact-header details.menu summary").Last.ClickAsync();
                await p.Locator(".contact-header .menu-list button:visible").Nth(1).ClickAsync();
                await p.Locator(Dialog).WaitForAsync();
            }, EscapeAsync),
            new("photos", Dialog, async p => { await p.Locator("#portrait").ClickAsync(); await p.Locator(Dialog).WaitForAsync(); }, EscapeAsync),
            new("view", Dialog, async p => { await p.Locator("#add-view").ClickAsync(); await p.Locator("#view-name").WaitForAsync(); }, EscapeAsync),
            new("profile", "body", async p => { await GoAsync(p, contact + "?pane=profile"); await BrowserFixture.KeysHeardAsync(p); await p.Locator(".profile .pencil").First.ClickAsync(); await p.Locator(".correction textarea[data-heard]").WaitForAsync(); }),
            new("changes of the profile", "body", async p => { await GoAsync(p, contact + "?pane=profile&versions=1"); await p.Locator(".profile-versions .change").First.WaitForAsync(); }),
            new("details", "body", p => GoAsync(p, contact + "?pane=details")),
            new("history", "body", p => GoAsync(p, contact + "?pane=history")),
            new("new contact", Dialog, async p => { await p.Locator("#add-contact").ClickAsync(); await p.Locator(".rz-dialog-side #f-Name").WaitForAsync(); }, EscapeAsync),
            new("list to choose from", ".rz-dropdown-panel", async p =>
            {
                await p.Locator("#add-contact").ClickAsync();
                await p.Locator(".rz-dialog-side #f-Name").WaitForAsync();
                await p.Locator(".rz-dialog-side .rz-dropdown").First.ClickAsync();
                await p.Locator(".rz-dropdown-panel:visible").First.WaitForAsync();
            }, async p => { await EscapeAsync(p); await EscapeAsync(p); }),
        ];
    }

    public static async Task GoAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        await page.Locator("main#content h1").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.WaitForFunctionAsync("() => !document.querySelector('main .bone, main [aria-busy=true]')");
    }

    public static Task EscapeAsync(IPage page) => page.Keyboard.PressAsync("Escape");

    /// <summary>Visits all of them, leaving each again, and collects what is found wrong.</summary>
    public static async Task<IReadOnlyList<string>> WalkAsync(IPage page, Func<Place, Task<IEnumerable<string>>> look)
    {
        var found = new List<string>();
        foreach (var place in await AllAsync(page))
        {
            await place.ReachAsync(page);
            found.AddRange((await look(place)).Select(f => $"{place.Name}: {f}"));
            if (place.LeaveAsync is not { } leave) continue;
            await leave(page);
            await page.Locator($"{Dialog}, dialog[open], details.menu[open]").First.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }
        return found;
    }
}
