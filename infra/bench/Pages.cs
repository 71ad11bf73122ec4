using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace CrmAi.Bench;

/// <summary>What a person waits for, in Chromium.</summary>
internal static class Pages
{
    private const int Clicks = 15, Updates = 10;

    // From the click to the first frame that is painted after the page shows what was asked for.
    private const string Timed = """
        async ([click, nth, done, was]) => {
            const text = () => document.querySelector(done)?.textContent ?? '';
            const began = performance.now();
            document.querySelectorAll(click)[Number(nth)].click();
            while (!text() || text() === was || document.querySelector('.row-bones, .event-bones')) await new Promise(next => requestAnimationFrame(next));
            await new Promise(next => requestAnimationFrame(() => setTimeout(next)));
            return performance.now() - began;
        }
        """;

    public static async Task RunAsync(WebOptions options, Server server, Rep rep, Requests requests, Report report)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = options.Browser, Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 }, Locale = "zh-CN", BaseURL = server.Address.ToString() });
        context.SetDefaultTimeout(60_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Button, new() { NameString = rep.User.Name }).First.ClickAsync();
        await page.Locator(".contact-list footer", new() { HasTextRegex = new(@"\d") }).WaitForAsync();

        report.Add(Of("click on a tab to its rows", await TabsAsync(page)));
        report.Add(Of("click on a contact to its timeline", await ContactsAsync(page)));
        report.Add(Of("commit to screen of a live update", await LiveAsync(page, requests)));
        await CircuitsAsync(context, server, options.Circuits, report);
    }

    private static Figure Of(string name, List<double> spent) => Timing.Of(spent) is var t ? new(name, $"{Web.Milliseconds(t.P50)} (p95 {Web.Milliseconds(t.P95)})") : throw new UnreachableException();

    private static async Task<List<double>> TabsAsync(IPage page)
    {
        var spent = new List<double>();
        for (var i = 0; i < Clicks; i++)
        {
            var was = await page.Locator(".contact-list footer > span").First.TextContentAsync();
            spent.Add(await page.EvaluateAsync<double>(Timed, new[] { $".contact-list .tab[href*='tab={(i % 2 == 0 ? "team" : "mine")}']", "0", ".contact-list footer > span", was }));
        }
        return spent;
    }

    private static async Task<List<double>> ContactsAsync(IPage page)
    {
        var spent = new List<double>();
        for (var i = 0; i < Clicks; i++)
        {
            var shown = page.Locator(".timeline .event");
            var was = await shown.CountAsync() > 0 ? await shown.First.TextContentAsync() : "";
            spent.Add(await page.EvaluateAsync<double>(Timed, new[] { ".contact-list a.contact-row", (i + 1).ToString(CultureInfo.InvariantCulture), ".timeline .event", was }));
        }
        return spent;
    }

    private static async Task<List<double>> LiveAsync(IPage page, Requests requests)
    {
        var id = Guid.Parse(new Uri(page.Url).Segments[^1]);
        var spent = new List<double>();
        for (var i = 0; i < Updates; i++)
        {
            var word = string.Create(CultureInfo.InvariantCulture, $"live{Guid.NewGuid():N}");
            await requests.TalkAsync(id, $"{word} 客户回电");
            var committed = Stopwatch.GetTimestamp();
            await page.Locator(".timeline .event", new() { HasTextString = word }).First.WaitForAsync();
            spent.Add(Stopwatch.GetElapsedTime(committed).TotalMilliseconds);
        }
        return spent;
    }

    private static async Task CircuitsAsync(IBrowserContext context, Server server, int circuits, Report report)
    {
        await context.RouteAsync("**/*.{png,jpg,webp,svg,woff,woff2}", route => route.AbortAsync());
        var before = await server.MemoryAsync();
        foreach (var few in Enumerable.Range(0, circuits).Chunk(5))
            await Task.WhenAll(few.Select(async _ =>
            {
                var page = await context.NewPageAsync();
                await page.GotoAsync("/");
                await page.Locator(".contact-list .contact-row").First.WaitForAsync();
            }));
        var after = await server.MemoryAsync();
        double Each(long a, long b) => (b - a) / (double)circuits / (1 << 20);
        var used = Each(before.Used, after.Used);
        report.Add(new($"memory in use by an open circuit, of {circuits}", used.ToString("F2", CultureInfo.InvariantCulture) + " MB", "0.5 MB", used < 0.5));
        report.Add(new("memory given by the system for it", Each(before.Given, after.Given).ToString("F2", CultureInfo.InvariantCulture) + " MB"));
    }
}
