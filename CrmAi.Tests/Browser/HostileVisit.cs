using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

/// <summary>Looks at pages full of hostile texts and notes what ran, left for elsewhere or was stopped on its way.</summary>
internal sealed class HostileVisit(BrowserFixture fixture)
{
    // Whatever runs, leaves for elsewhere or is stopped on its way says so.
    private const string Watch = """
        Object.defineProperty(window, '__ran', { set: value => console.error('HIT ran ' + value), get: () => undefined });
        for (const name of ['alert', 'confirm', 'prompt']) window[name] = value => console.error('HIT ' + name + ' ' + value);
        document.addEventListener('securitypolicyviolation', e => console.error('HIT stopped ' + e.violatedDirective + ' ' + e.blockedURI));
        """;

    private readonly List<string> hits = [];

    public IReadOnlyList<string> Hits => hits;

    /// <summary>A page of theirs, signed in by their password, that tells of whatever runs.</summary>
    public async Task<IPage> OpenAsync(User person)
    {
        var page = await fixture.VisitAsync(1440, 3600);
        page.Console += (_, message) => { if (message.Text.Contains("HIT ", StringComparison.Ordinal)) hits.Add($"{page.Url}: {message.Text}"); };
        page.Dialog += (_, dialog) => hits.Add($"{page.Url}: {dialog.Type} {dialog.Message}");
        page.Request += (_, request) => { if (new Uri(request.Url) is var asked && (asked.Host == "hit.example" || asked.AbsolutePath.Contains("hit.example", StringComparison.Ordinal) || asked.AbsolutePath.EndsWith("/x", StringComparison.Ordinal))) hits.Add($"{page.Url} asks for {request.Url}"); };
        await page.AddInitScriptAsync(Watch);
        await page.GotoAsync("/sign-in");
        await page.FillAsync("#email", person.Email);
        await page.FillAsync("#password", TestApp.Password);
        await page.Locator("#password").PressAsync("Enter");
        await page.Locator(".contact-list footer", new() { HasTextRegex = new(@"\d") }).WaitForAsync();
        return page;
    }

    /// <summary>Each of the texts stands in that part of the page, letter by letter.</summary>
    public static async Task ShouldShowAsync(IPage page, string part, IEnumerable<string> texts)
    {
        var shown = Squeeze(string.Concat(await page.Locator(part).EvaluateAllAsync<string[]>("parts => parts.map(p => p.textContent + [...p.querySelectorAll('input, textarea')].map(i => i.value).join(''))")));
        texts.Where(t => !shown.Contains(Squeeze(t), StringComparison.Ordinal)).ShouldBeEmpty($"not shown as typed in {part}");
    }

    // Line ends and spaces may be laid out anew, and what no database keeps has a stand-in; everything else must stand there.
    private static string Squeeze(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c) && c != '\uFFFD'));
}
