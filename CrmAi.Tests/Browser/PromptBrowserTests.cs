using CrmAi.Bench.Models;
using CrmAi.Tests.AiRuns;
using CrmAi.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

/// <summary>A company that asks a model, the stand-in, and words what it is told.</summary>
[Collection(BrowserTests.Name)]
public sealed class PromptBrowserTests(BrowserFixture fixture)
{
    private const string Talk = "客户: 停机三天了，我们想先看演示。", Marker = "停机也算痛点 ALPHA-7。";

    [BrowserFact]
    public async Task Prompt_WordedTriedAndPublished_IsToldAtTheNextAnalysis_AndRolledBack()
    {
        await using var model = await StandInModel.StartAsync(Reply);
        await using var app = new TestApp(seed: true, change: host => host.UseSetting("Ai:Model", "stand-in-1").UseSetting("Ai:Key", "key-of-the-test").UseSetting("Ai:BaseAddress", model.Address.ToString()).UseSetting("Ai:InputPrice", "10").UseSetting("Ai:OutputPrice", "50"));
        app.UseKestrel(0);
        app.StartServer();
        var address = app.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        var rep = await fixture.SignInAsync("周岚", address: address);
        await BrowserFixture.OpenContactAsync(rep, "林若溪");
        await LogAsync(rep, Talk);

        // the demo's administrator words it anew
        var admin = await fixture.SignInAsync("温故", address: address);
        await admin.GotoAsync("/ai");
        await admin.Locator(".ai .tab", new() { HasTextString = "提示词" }).ClickAsync();
        await admin.Locator("a.task[aria-current=page]").WaitForAsync();
        await admin.GotoAsync("/ai");
        await admin.Locator(".tabs a", new() { HasTextString = "提示词" }).ClickAsync();
        await admin.Locator(".tabs a[aria-current=page]", new() { HasTextString = "提示词" }).WaitForAsync();
        await admin.GotoAsync("/ai/prompts/conversation/zh");
        var part = admin.Locator("#prompt-part-0[data-heard]");
        await part.WaitForAsync();
        (await admin.Locator("details.fixed").CountAsync()).ShouldBe(2);
        var own = await part.InputValueAsync();
        await part.FillAsync(own + Marker);
        await admin.Locator("#prompt-note[data-heard]").FillAsync("停机算痛点");

        // tried on the rep's contact, beside what holds
        await admin.Locator("#trial-contact").FillAsync("林若溪");
        await admin.Locator("#trial-contact-found [role=option]").First.ClickAsync();
        await admin.Locator("#trial-talk option", new() { HasTextString = "停机三天" }).WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await admin.Locator(".trial-run").ClickAsync();
        await admin.Locator("article[data-side=edited] li.new", new() { HasTextString = "停机三天了" }).WaitForAsync();
        await admin.Locator("article[data-side=published] li.gone", new() { HasTextString = "想先看演示" }).WaitForAsync();

        await admin.Locator(".prompt-publish").ClickAsync();
        await admin.Locator("li[data-version='4'].holds").WaitForAsync();
        await admin.Locator("li[data-version='4']").GetByRole(AriaRole.Button, new() { NameString = "差别" }).ClickAsync();
        await admin.Locator("li[data-version='4'] ins", new() { HasTextString = "ALPHA-7" }).WaitForAsync();

        // the next analysis in another circuit is told it, and says so
        await LogAsync(rep, Talk + "下周三再谈。");
        (await NewestAsync(app)).ShouldStartWith("conversation/zh/c4-");
        model.Requests.Count(r => r.Instructions.Contains("ALPHA-7", StringComparison.Ordinal) && r.Data.Contains("下周三再谈", StringComparison.Ordinal)).ShouldBe(1);

        // and back to the version before
        await admin.Locator("li[data-version='2'] .publish").ClickAsync();
        await admin.Locator("li[data-version='2'].holds").WaitForAsync();
        await LogAsync(rep, Talk + "下周四再谈。");
        (await NewestAsync(app)).ShouldStartWith("conversation/zh/c2-");

        // trials are marked
        await admin.GotoAsync("/ai?tab=calls");
        await admin.Locator(".call .chip", new() { HasTextString = "试用" }).First.WaitForAsync();
        foreach (var page in (IPage[])[admin, rep]) await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Addition_IsKept_AndWhatIsRefusedStaysTyped()
    {
        var page = await fixture.SignInAsync("覃立夏");
        await page.GotoAsync("/settings");
        var field = page.Locator("#addition-conversation[data-heard]");
        await field.FillAsync("有事打 13800001203");
        await page.Locator(".save-addition").ClickAsync();
        await page.Locator(".additions .field-error", new() { HasTextString = "电话" }).WaitForAsync();
        (await field.InputValueAsync()).ShouldBe("有事打 13800001203");
        await field.FillAsync("留意招标日期");
        await page.Locator(".save-addition").ClickAsync();
        await page.Locator(".toast", new() { HasTextString = "补充已保存" }).WaitForAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#addition-conversation")).ToHaveValueAsync("留意招标日期");
        await page.Context.CloseAsync();
    }

    private static StandInReply Reply(StandInRequest request) => !request.Data.Contains("停机三天了", StringComparison.Ordinal) || request.Data.Contains("\"record\"", StringComparison.Ordinal) ? StandInReply.Answer(request.Data.Contains("\"record\"", StringComparison.Ordinal) ? Said.Profile() : Said.Conversation())
        : StandInReply.Answer(Said.Conversation(findings: [request.Instructions.Contains("ALPHA-7", StringComparison.Ordinal) ? Said.Finding("Pain", "停机三天了") : Said.Finding("Need", "想先看演示")]));

    private static async Task LogAsync(IPage page, string text)
    {
        await page.FillAsync("#compose-text[data-heard]", text);
        await page.Locator("#compose-text").PressAsync("Control+Enter");
        // who speaks stands beside the words
        await page.Locator("article.event", new() { HasTextString = text["客户: ".Length..] }).Locator("footer.analysis .analyst").First.WaitForAsync();
    }

    private static async Task<string> NewestAsync(TestApp app)
    {
        await using var db = app.Open();
        return (await db.AiRuns.Where(r => r.InteractionId != null && r.PromptVersion != null).OrderByDescending(r => r.Id).FirstAsync()).PromptVersion!;
    }
}
