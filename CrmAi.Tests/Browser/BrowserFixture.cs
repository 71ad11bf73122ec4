using CrmAi.Tests.Support;
using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

/// <summary>One populated application and one Chromium for all browser tests.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Quiet =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private static readonly string? Executable = new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }
        .FirstOrDefault(File.Exists);

    private IPlaywright? playwright;
    private IBrowser? browser;

    public static bool HasChromium => Executable is not null;

    internal TestApp App { get; private set; } = null!;

    public string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (!HasChromium)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException("CI has no Chromium.");
            return;
        }
        Assertions.SetDefaultExpectTimeout(90_000);
        App = new TestApp(seed: true);
        App.UseKestrel(0);
        App.StartServer();
        Address = App.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = Quiet });
    }

    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (App is not null) await App.DisposeAsync();
    }

    /// <summary>A browser of its own, with nobody signed in.</summary>
    public async Task<IPage> VisitAsync(int width = 1440, int height = 900, string language = "zh-CN", string? address = null)
    {
        var context = await browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, Locale = language, BaseURL = address ?? Address });
        context.SetDefaultTimeout(90_000); // a limit for the hopeless, not a measure
        return await context.NewPageAsync();
    }

    /// <summary>A browser of its own in which this demo person works.</summary>
    public async Task<IPage> SignInAsync(string person, int width = 1440, int height = 900, string language = "zh-CN", string? address = null)
    {
        var page = await VisitAsync(width, height, language, address);
        await EnterAsync(page, person);
        return page;
    }

    /// <summary>Signs this demo person in, up to their list.</summary>
    public static async Task EnterAsync(IPage page, string person)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Button, new() { NameString = person }).First.ClickAsync();
        await page.Locator(".contact-list footer", new() { HasTextRegex = new(@"\d") }).WaitForAsync(new() { State = WaitForSelectorState.Attached }); // a phone hides it
        await KeysHeardAsync(page);
    }

    /// <summary>The list's script has arrived: from now on it hears keys and drags.</summary>
    public static Task KeysHeardAsync(IPage page) => page.Locator(".contact-list .rows[data-heard]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    /// <summary>Waits until nothing scrolls sideways, and on a desk the page itself not at all.</summary>
    public static Task FitsAsync(IPage page, int width, int height) => Eventually.TrueAsync(async () =>
        await page.EvaluateAsync<int[]>("[document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]") is [<= 0, var down] && (width <= 1000 || down <= 0),
        $"{width} × {height}: {page.Url} does not fit");

    /// <summary>Opens the first contact that this search finds.</summary>
    public static async Task OpenContactAsync(IPage page, string name)
    {
        await page.FillAsync("#contact-search", name);
        // a click before the list has followed would be overtaken by it
        await page.WaitForURLAsync(url => url.Contains($"q={Uri.EscapeDataString(name)}", StringComparison.Ordinal));
        await page.Locator(".contact-row", new() { HasTextString = name }).First.ClickAsync();
        await page.Locator("h1", new() { HasTextString = name }).WaitForAsync();
        await page.Locator("#compose-text").WaitForAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}
