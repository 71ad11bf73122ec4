using CrmAi.Tests.Support;
using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

[Collection(BrowserTests.Name)]
public sealed class TimelineBrowserTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task Appointment_Scheduled_TakesPlaceAndBecomesARecord()
    {
        var page = await fixture.SignInAsync("周岚");
        await BrowserFixture.OpenContactAsync(page, "宋芷若");
        await page.Locator("[data-compose] button[aria-label=约定]").ClickAsync();
        await page.Locator("#compose-subject").FillAsync("验收会");
        await page.Locator("#compose-location").FillAsync("三楼会议室");
        await page.Locator("#compose-text").FillAsync("带验收单");
        await page.Locator("#compose-text").PressAsync("Control+Enter");
        var card = page.Locator(".ahead .appointment", new() { HasTextString = "验收会" });
        await card.GetByText("三楼会议室").WaitForAsync();
        await page.Locator(".due", new() { HasTextString = "验收会" }).WaitForAsync();

        await card.Locator(".did").ClickAsync();
        await card.GetByRole(AriaRole.Radio, new() { NameString = "成功" }).ClickAsync();
        await card.Locator("textarea").FillAsync("客户当场签了验收单");
        await card.Locator("textarea").PressAsync("Control+Enter");
        var record = page.Locator("article.event", new() { HasTextString = "客户当场签了验收单" });
        await record.GetByText("三楼会议室").WaitForAsync();
        await card.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await record.Locator(".analysis .analyst").WaitForAsync(); // and is read like any other
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Search_MarksWhatItFinds_StandsInTheAddress_AndTheWayBackLeadsOut()
    {
        var page = await fixture.SignInAsync("周岚");
        await BrowserFixture.OpenContactAsync(page, "林若溪");
        await page.Locator(".ahead .appointment").First.WaitForAsync();
        await page.Locator("#timeline-find").FillAsync("盲测");
        await page.Locator("article.event mark.hit", new() { HasTextString = "盲测" }).First.WaitForAsync();
        await page.WaitForURLAsync(url => url.Contains("find=", StringComparison.Ordinal));
        await page.Locator(".hits", new() { HasTextRegex = new(@"^\d+ 条$") }).WaitForAsync();
        await Assertions.Expect(page.Locator("article.event", new() { HasTextString = "苏州智造展展台" })).ToHaveCountAsync(0);

        // another person opens the very same view
        var mate = await fixture.SignInAsync("顾南舟");
        await mate.GotoAsync(new Uri(page.Url).PathAndQuery);
        await mate.Locator("article.event mark.hit").First.WaitForAsync();
        await mate.Context.CloseAsync();

        await page.Locator("#timeline-find").FillAsync("没有人说过的话");
        await page.GetByText("没有符合的记录").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { NameString = "显示全部" }).ClickAsync();
        await page.Locator(".ahead .appointment").First.WaitForAsync();
        await page.GoBackAsync();
        await page.GetByText("没有符合的记录").WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Attachments_ImageAndRecording_AreShownInTheViewer()
    {
        var page = await fixture.SignInAsync("周岚");
        await BrowserFixture.OpenContactAsync(page, "林若溪");
        await page.GetByRole(AriaRole.Button, new() { NameString = "打开 盲测判定分布.png" }).ClickAsync();
        var image = page.Locator(".viewer img");
        await image.WaitForAsync();
        await page.Locator(".viewer[data-heard]").WaitForAsync();
        await Eventually.TrueAsync(() => page.EvaluateAsync<bool>("document.querySelector('.viewer img').naturalWidth > 0"), "the file is not shown");
        await page.Locator(".viewer [data-zoom=in]").ClickAsync();
        await page.WaitForFunctionAsync("() => getComputedStyle(document.querySelector('.viewer img')).transform.includes('1.5')");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Locator(".viewer video").WaitForAsync();
        await Eventually.TrueAsync(() => page.EvaluateAsync<bool>("document.querySelector('.viewer video')?.videoWidth > 0"), "the file is not shown");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".viewer").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await page.GetByRole(AriaRole.Button, new() { NameString = "打开 盲测结论来电.wav" }).ClickAsync();
        await Eventually.TrueAsync(() => page.EvaluateAsync<bool>("document.querySelector('.viewer audio')?.duration === 4"), "the file is not shown");
        await page.Keyboard.PressAsync("Escape");
        await page.Locator(".viewer").WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await page.GetByRole(AriaRole.Button, new() { NameString = "打开 恒川阀芯样件测试报告.pdf" }).ClickAsync();
        await page.Locator(".viewer iframe, .viewer [data-cannot] .link-button").First.WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Private_IsLockedForItsAuthor_AndUnknownToColleagues()
    {
        var page = await fixture.SignInAsync("周岚");
        await BrowserFixture.OpenContactAsync(page, "林若溪");
        await page.Locator("#timeline-find").FillAsync("让价的底");
        await page.Locator("article.event", new() { HasTextString = "让价的底" }).Locator(".chip", new() { HasTextString = "私密" }).WaitForAsync();
        await page.WaitForURLAsync(url => url.Contains("find=", StringComparison.Ordinal));
        var address = new Uri(page.Url).PathAndQuery;
        foreach (var person in (string[])["方屿", "顾南舟"])
        {
            var mate = await fixture.SignInAsync(person);
            await mate.GotoAsync(address);
            await mate.GetByText("没有符合的记录").WaitForAsync();
            await mate.Context.CloseAsync();
        }
        var admin = await fixture.SignInAsync("温故");
        await admin.GotoAsync(address);
        await admin.Locator("article.event", new() { HasTextString = "让价的底" }).WaitForAsync();
        await admin.Context.CloseAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Archived_LeavesTheTimelineAtOnce_AndIsThereWhenAskedFor()
    {
        var page = await fixture.SignInAsync("周岚");
        await BrowserFixture.OpenContactAsync(page, "曹红霞");
        await page.FillAsync("#compose-text", "要归档的记录");
        await page.Locator("#compose-text").PressAsync("Control+Enter");
        var card = page.Locator("article.event", new() { HasTextString = "要归档的记录" });
        await card.Locator("details.menu summary").ClickAsync();
        await card.Page.Locator(".menu-list:popover-open button", new() { HasTextString = "归档" }).ClickAsync();
        await card.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Locator(".filters details.menu summary").ClickAsync();
        await page.Locator(".menu-list:popover-open button", new() { HasTextString = "归档" }).ClickAsync();
        await page.Locator("article.event.archived", new() { HasTextString = "要归档的记录" }).WaitForAsync();
        page.Url.ShouldContain("archive=1");
        // taken back from the notice, though another view is shown by now
        await page.Locator(".toast", new() { HasTextString = "已归档" }).GetByRole(AriaRole.Button, new() { NameString = "撤销" }).ClickAsync();
        await card.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.GetByRole(AriaRole.Button, new() { NameString = "全部", Exact = true }).ClickAsync();
        await card.WaitForAsync();
        await page.Context.CloseAsync();
    }
}
