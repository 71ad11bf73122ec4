using CrmAi.Tests.Enrichment;
using CrmAi.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

/// <summary>The register as people use it, against the stand-in.</summary>
[Collection(BrowserTests.Name)]
public sealed class RegistryBrowserTests(BrowserFixture fixture) : IAsyncLifetime
{
    private StandInRegistry standIn = null!;

    private TestApp? App { get; set; }

    private string Address => App!.ClientOptions.BaseAddress.ToString().TrimEnd('/');

    public async Task InitializeAsync()
    {
        if (!BrowserFixture.HasChromium) return;
        standIn = await StandInRegistry.StartAsync();
        App = new TestApp(seed: true, change: builder => { foreach (var (name, value) in standIn.Settings()) builder.UseSetting(name, value); });
        App.UseKestrel(0);
        App.StartServer();
    }

    public async Task DisposeAsync()
    {
        if (App is null) return;
        await App.DisposeAsync();
        await standIn.DisposeAsync();
    }

    [BrowserFact]
    public async Task Company_LookedUp_AndChosen_ShowsLiveInASecondBrowser_IsAdopted_AndTakenBack()
    {
        await using var db = App!.Open();
        var rep = await db.Users.SingleAsync(u => u.Name == "周岚");
        var target = await db.Contacts.Where(c => c.OwnerId == rep.Id && c.DeletedAt == null && !c.IsArchived && c.AccountId != null && !db.RegistryEntries.Any(e => e.Id == c.AccountId) && db.Accounts.Any(a => a.Id == c.AccountId && a.DeletedAt == null && a.City != "苏州"))
            .OrderBy(c => c.Id).Select(c => new { c.Id, c.AccountId }).FirstAsync();

        var manager = await fixture.SignInAsync("顾南舟", address: Address);
        await manager.GotoAsync($"/contacts/{target.Id}");
        var badge = manager.Locator(".contact-header [data-registry]");
        await manager.Locator(".contact-header .registry-find").WaitForAsync();

        var page = await fixture.SignInAsync("周岚", address: Address);
        await page.GotoAsync($"/accounts/{target.AccountId}");
        var card = page.Locator(".registry");
        await card.Locator(".find").ClickAsync();
        var candidate = page.Locator("[data-candidate='101']");
        await candidate.Locator(".chip", new() { HasTextString = "存续" }).WaitForAsync();
        await candidate.Locator(".pick").ClickAsync();
        await card.Locator(".name", new() { HasTextString = "恒川精密制造有限公司" }).WaitForAsync();
        await card.Locator("dd", new() { HasTextString = "苏州市相城区登记路1号" }).WaitForAsync(); // the job's part, without a reload
        await badge.Locator(".chip", new() { HasTextString = "存续" }).WaitForAsync();
        await badge.Locator(".chip", new() { HasTextString = "风险中" }).WaitForAsync();
        await Assertions.Expect(badge).ToContainTextAsync("天眼查");

        await card.Locator("[data-difference=City] button").ClickAsync();
        await Assertions.Expect(page.Locator("#d-City")).ToHaveValueAsync("苏州市");
        await Assertions.Expect(card.Locator("[data-difference=City]")).ToHaveCountAsync(0);

        await card.Locator(".menu summary").ClickAsync();
        await page.Locator(".menu-list .danger", new() { HasTextString = "取消关联" }).ClickAsync();
        await card.Locator(".find").WaitForAsync();
        await manager.Locator(".contact-header .registry-find").WaitForAsync();
        await page.Locator(".toast", new() { HasTextString = "已取消关联" }).Locator(".toast-action").ClickAsync();
        await badge.Locator(".chip", new() { HasTextString = "存续" }).WaitForAsync();
        await page.Context.CloseAsync();
        await manager.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Name_IsConfirmedByAPage_FromTheContactsDetails_OnAPhoneToo()
    {
        await using var db = App!.Open();
        var contact = await db.Contacts.Where(c => c.DeletedAt == null && !c.IsArchived && db.Users.Any(u => u.Id == c.OwnerId && u.Name == "周岚") && !db.NameConfirmations.Any(n => n.Id == c.Id)).OrderBy(c => c.Id).FirstAsync();
        standIn.Bodies["/v2/ai_search/web_search"] = $$"""{"references":[{"id":1,"url":"https://news.example/a","title":"{{contact.Name}}谈质量","content":"近日……","date":"2026-05-04"}]}""";
        var page = await fixture.SignInAsync("周岚", 390, 844, address: Address);
        await page.GotoAsync($"/contacts/{contact.Id}?pane=details");
        await page.Locator(".find-person").ClickAsync();
        await page.Locator("[data-candidate] .pick").ClickAsync();
        await page.Locator("[data-name-check] .title", new() { HasTextString = "谈质量" }).WaitForAsync();
        await BrowserFixture.FitsAsync(page, 390, 844);
        await page.Context.CloseAsync();
    }
}
