using System.Net;
using System.Text.Json;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Users;
using CrmAi.Tests.Setup;
using CrmAi.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

/// <summary>Puts hundreds of hostile texts into every field and looks at them everywhere: each is shown as typed, none runs.</summary>
[Collection(BrowserTests.Name)]
public sealed class PayloadTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task HostileText_InEveryField_IsShownAsTyped_AndNeverRuns()
    {
        Payloads.All.Count.ShouldBeGreaterThanOrEqualTo(300);
        var person = await fixture.App.AddUserAsync(Role.SalesRep);
        var program = await fixture.App.ProgramOfAsync(person);
        var contacts = await AddContactsAsync(program);
        var talked = contacts[0];
        await AddInteractionsAsync(program, person, talked.Id);
        var tokens = await AddTokensAsync(person);

        var visit = new HostileVisit(fixture);
        var page = await visit.OpenAsync(person);
        // The list draws a hundred rows at most: the newest at its head, the oldest at its end.
        await page.Locator($".row[data-id='{contacts[^1].Id}']").WaitForAsync();
        await HostileVisit.ShouldShowAsync(page, ".contact-row", contacts.TakeLast(40).SelectMany(c => new[] { c.Name, c.Title }));
        await page.Locator(".contact-list .rows").EvaluateAsync("list => list.scrollTo(0, list.scrollHeight)");
        await page.Locator($".row[data-id='{contacts[1].Id}']").WaitForAsync();
        await HostileVisit.ShouldShowAsync(page, ".contact-row", contacts.Skip(1).Take(40).SelectMany(c => new[] { c.Name, c.Title }));
        foreach (var path in await page.Locator("nav.rail > a").EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))")) await Places.GoAsync(page, path);
        await Places.GoAsync(page, "/settings");
        await HostileVisit.ShouldShowAsync(page, ".token", tokens);
        await Places.GoAsync(page, "/accounts?q=" + Uri.EscapeDataString(contacts[2].Name));

        await page.GotoAsync($"/contacts/{talked.Id}");
        await page.Locator("article.event").Nth(3).WaitForAsync();
        await Eventually.TrueAsync(async () => await page.Locator(".timeline .spinner").CountAsync() == 0, "the conversations are still being analysed");
        var folded = page.Locator("article.event .unfold", new() { HasTextString = "展开" });
        await Eventually.TrueAsync(async () =>
        {
            await folded.EvaluateAllAsync<bool>("buttons => buttons.forEach(b => b.click()) === undefined");
            return await folded.CountAsync() == 0;
        }, "a conversation stays folded");
        await HostileVisit.ShouldShowAsync(page, ".contact-header", [talked.Name, talked.Title]);
        await HostileVisit.ShouldShowAsync(page, ".timeline", Payloads.All.Where(p => !p.Contains('\n', StringComparison.Ordinal) && !p.Contains('\r', StringComparison.Ordinal)));
        await SeePartsAsync(page, talked);
        await SeePaletteAsync(page);
        await SeeDeletedAsync(page, contacts[1]);
        await SeeSignInAsync(page);
        visit.Hits.ShouldBeEmpty();
        await page.Context.CloseAsync();
    }

    private static async Task<IReadOnlyList<(Guid Id, string Name, string Title)>> AddContactsAsync(HttpClient program)
    {
        var made = new List<(Guid, string, string)>();
        foreach (var part in Payloads.All.Where(p => p.Trim().Length > 0).Chunk(3))
        {
            var (name, title, other) = (part[0], part[^1], part[part.Length / 2]);
            var answer = await program.PostJsonAsync("/api/v1/contacts", JsonSerializer.Serialize(new
            {
                name,
                title,
                englishName = other,
                department = title,
                company = other,
                notes = string.Join('\n', part),
                decisionProcess = name,
                visibility = "Private",
                currentSolutions = part,
                competitors = part,
                socialProfiles = new[] { new { platform = name, handle = title, url = "https://example.com/?" + Uri.EscapeDataString(other) } },
                personal = new { city = name, education = title, interests = part, notes = other },
            }));
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
            made.Add(((await answer.JsonAsync()).GetProperty("id").GetGuid(), name, title));
            // an address that runs is no address, and a telephone number is one
            var refused = await program.PostJsonAsync("/api/v1/contacts", JsonSerializer.Serialize(new { name, email = other, mobile = name, weChat = "<" + title, socialProfiles = new[] { new { platform = "x", handle = "x", url = "javascript:" + title } } }));
            refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }
        return made;
    }

    private async Task AddInteractionsAsync(HttpClient program, User person, Guid contact)
    {
        var files = new List<Guid>();
        await using (var scope = fixture.App.Acting(person))
        {
            var attachments = scope.ServiceProvider.GetRequiredService<IAttachments>();
            foreach (var payload in Payloads.All.Where((_, i) => i % 40 == 0))
            {
                using var content = new MemoryStream("text"u8.ToArray());
                if (await attachments.UploadAsync(payload + ".txt", content, default) is { Succeeded: true } uploaded) files.Add(uploaded.Value.Id);
            }
        }
        files.Count.ShouldBeGreaterThan(3);
        foreach (var part in Payloads.All.Chunk((Payloads.All.Count + 3) / 4))
        {
            var answer = await program.PostJsonAsync($"/api/v1/contacts/{contact}/interactions", JsonSerializer.Serialize(new
            {
                type = "Meeting",
                at = DateTime.UtcNow.AddMinutes(-5),
                subject = part[0],
                content = "正文 ¶ " + string.Join(" ¶ ", part).ReplaceLineEndings(" "),
                location = part[1],
                address = part[2],
                platform = part[3],
                transcript = part[4],
                participants = part.Take(20).Select(p => new { name = p, role = p }),
                topics = part.Skip(5).Take(30),
                nextSteps = part.Skip(40).Take(30),
                attachmentIds = files,
            }));
            answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
            files.Clear();
        }
    }

    private async Task<IReadOnlyList<string>> AddTokensAsync(User person)
    {
        await using var scope = fixture.App.Acting(person);
        var users = scope.ServiceProvider.GetRequiredService<IUsers>();
        var names = Payloads.All.Where((p, i) => i % 30 == 7 && p == p.Trim()).Take(15).ToList();
        foreach (var name in names) (await users.MakeTokenAsync(name, 30, default)).Succeeded.ShouldBeTrue(name);
        return names;
    }

    private static async Task SeePartsAsync(IPage page, (Guid Id, string Name, string Title) contact)
    {
        foreach (var pane in (string[])["details", "history"])
        {
            await Places.GoAsync(page, $"/contacts/{contact.Id}?pane={pane}");
            await HostileVisit.ShouldShowAsync(page, "main", pane == "details" ? [contact.Name, contact.Title] : [contact.Name]);
        }
        await page.Locator("#add-contact").ClickAsync();
        await page.FillAsync("#f-Name[data-heard]", contact.Name.Replace("\n", "", StringComparison.Ordinal));
        await page.FillAsync("#f-Company", contact.Title.Replace("\n", "", StringComparison.Ordinal));
        await page.Keyboard.PressAsync("Escape");
    }

    private static async Task SeePaletteAsync(IPage page)
    {
        await page.Keyboard.PressAsync("Control+k");
        await page.Locator("#palette [role=option]").First.WaitForAsync();
        foreach (var payload in Payloads.All.Where((p, i) => i % 60 == 0 && p == p.Trim() && !p.Any(char.IsControl)))
        {
            await page.FillAsync("#palette-entry", payload);
            await page.WaitForFunctionAsync("typed => document.getElementById('palette-list').dataset.for === typed", payload);
        }
        await page.Keyboard.PressAsync("Escape");
    }

    private static async Task SeeDeletedAsync(IPage page, (Guid Id, string Name, string Title) contact)
    {
        await page.GotoAsync($"/contacts/{contact.Id}");
        await page.Locator(".contact-header details.menu summary").Last.ClickAsync();
        await page.Locator(".contact-header .menu-list .danger").Last.ClickAsync();
        await page.Locator(".toast").First.WaitForAsync();
        await HostileVisit.ShouldShowAsync(page, ".toast", [contact.Name]);
    }

    private static async Task SeeSignInAsync(IPage page)
    {
        foreach (var payload in Payloads.All.Where((_, i) => i % 50 == 3))
            await page.GotoAsync($"/sign-in?error={Uri.EscapeDataString(payload)}&left={Uri.EscapeDataString(payload)}&returnUrl={Uri.EscapeDataString(payload)}");
    }
}
