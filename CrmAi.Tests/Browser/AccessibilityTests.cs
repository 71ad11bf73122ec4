using System.Text.RegularExpressions;
using System.Xml.Linq;
using CrmAi.Tests.Architecture;
using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

/// <summary>What holds on every page, measured as it is drawn: contrast, names, room for a finger, no scrolling sideways, one language.</summary>
[Collection(BrowserTests.Name)]
public sealed class AccessibilityTests(BrowserFixture fixture)
{
    private static readonly string Script = Sources.Read("CrmAi.Tests/Browser/measures.js");

    private static readonly (string Theme, ColorScheme Scheme)[] Looks = [("light", ColorScheme.Light), ("dark", ColorScheme.Dark), ("contrast", ColorScheme.Light), ("contrast", ColorScheme.Dark)];

    [BrowserFact]
    public async Task Text_InEveryLook_IsReadable()
    {
        var page = await OpenAsync("温故");
        (await Places.WalkAsync(page, place => ContrastAsync(page, place.Root))).ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Text_OnTheSignInPage_IsReadable()
    {
        var page = await fixture.VisitAsync();
        await PrepareAsync(page);
        await page.GotoAsync("/sign-in?error=wrong");
        (await ContrastAsync(page, "body")).ShouldBeEmpty();
        (await page.EvaluateAsync<string[]>("measures.names()")).ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task EverythingOneCanUse_HasANameAndItsPlace()
    {
        foreach (var language in (string[])["zh-CN", "en-US"])
        {
            var page = await OpenAsync("温故", language: language);
            (await Places.WalkAsync(page, async _ => await page.EvaluateAsync<string[]>("measures.names()"))).ShouldBeEmpty(language);
            await page.Context.CloseAsync();
        }
    }

    [BrowserFact]
    public async Task EnglishPages_SpeakNoChinese()
    {
        var page = await OpenAsync("温故", language: "en-US");
        var ours = ChineseWords();
        (await Places.WalkAsync(page, async _ => (await page.EvaluateAsync<string[]>("measures.texts()")).Where(t => ours.Any(o => o.IsMatch(t))))).ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Phone_HasRoomForFingers_AndNothingToScrollSideways()
    {
        foreach (var language in (string[])["zh-CN", "en-US"])
        {
            var page = await OpenAsync("周岚", 390, 844, language);
            var rows = page.Locator("a.contact-row").First;
            await LookAsync("list");
            foreach (var path in await page.Locator("nav.rail > a").EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))"))
            {
                await Places.GoAsync(page, path);
                await LookAsync(path);
            }
            await Places.GoAsync(page, "/");
            await rows.ClickAsync();
            await page.Locator(".pane-tabs").WaitForAsync();
            await page.Locator("article.event").First.WaitForAsync();
            foreach (var pane in await page.Locator(".pane-tabs button").AllAsync())
            {
                await pane.ClickAsync();
                await LookAsync("contact, " + await pane.TextContentAsync());
            }
            await page.Locator("[data-tab=details]").ClickAsync();
            await page.Locator("#d-TagIds").ClickAsync();
            await page.Locator(".tag-choice input").WaitForAsync();
            await LookAsync("details");
            await page.Locator("[data-tab=history]").ClickAsync();
            await page.Locator("[data-change]").First.WaitForAsync();
            await LookAsync("history");
            await page.Locator("[data-tab=profile]").ClickAsync();
            await page.Locator(".profile .pencil").First.ClickAsync();
            await page.Locator(".correction textarea[data-heard]").WaitForAsync();
            await LookAsync("profile");
            await page.Locator(".profile .versions").ClickAsync();
            await page.Locator(".profile-versions .change").First.WaitForAsync();
            await LookAsync("changes of the profile");
            await page.Locator("[data-find]").ClickAsync();
            await page.Locator("#palette [role=option]").First.WaitForAsync();
            await LookAsync("palette");
            await page.Context.CloseAsync();

            async Task LookAsync(string where)
            {
                (await page.EvaluateAsync<int[]>("measures.overflow()"))[0].ShouldBeLessThanOrEqualTo(0, $"{where} scrolls sideways");
                (await page.EvaluateAsync<string[]>("measures.targets(44)")).ShouldBeEmpty($"{where}, {language}");
            }
        }
    }

    [BrowserFact]
    public async Task SmallScreen_HasNoScrollBarOnThePage()
    {
        var page = await OpenAsync("温故", 1280, 720);
        (await Places.WalkAsync(page, async _ => (await page.EvaluateAsync<int[]>("measures.overflow()")).Where(o => o > 0).Select(o => $"{o} px too much"))).ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    private async Task<IPage> OpenAsync(string person, int width = 1440, int height = 900, string language = "zh-CN")
    {
        var page = await fixture.VisitAsync(width, height, language);
        await PrepareAsync(page);
        await BrowserFixture.EnterAsync(page, person);
        return page;
    }

    // Colours on their way from one to another are none that anybody reads.
    private static async Task PrepareAsync(IPage page)
    {
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.AddInitScriptAsync(Script);
    }

    private static async Task<IEnumerable<string>> ContrastAsync(IPage page, string root)
    {
        var found = new List<string>();
        foreach (var (theme, scheme) in Looks)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await page.EvaluateAsync("theme => crmai.setTheme(theme)", theme);
            await page.WaitForFunctionAsync("() => measures.styled()");
            found.AddRange((await page.EvaluateAsync<string[]>("root => measures.contrast(root)", root)).Select(f => $"{theme} {scheme}: {f}"));
        }
        return found;
    }

    // Whole texts of four characters and more: shorter words also stand in records.
    private static List<Regex> ChineseWords()
    {
        Dictionary<string, string> Read(string file) => XDocument.Parse(Sources.Read("CrmAi.Web/Shared/" + file)).Root!.Elements("data").ToDictionary(d => d.Attribute("name")!.Value, d => d.Element("value")!.Value);
        var english = Read("Text.en.resx");
        return [.. Read("Text.resx").Where(p => p.Value != english[p.Key] && p.Value.Count(c => c is >= '\u4E00' and <= '\u9FFF') >= 4 && !p.Key.StartsWith("palette.words.", StringComparison.Ordinal) && !p.Key.StartsWith("language.", StringComparison.Ordinal))
            .Select(p => new Regex($"^{Regex.Replace(Regex.Escape(p.Value), @"\\\{\d\}", ".+")}$"))];
    }
}
