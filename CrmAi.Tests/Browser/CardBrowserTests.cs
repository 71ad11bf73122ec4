using System.Security.Cryptography;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Platform.Files;
using CrmAi.Tests.BusinessCards;
using CrmAi.Tests.Support;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

/// <summary>The demo company with a reader that knows a few pictures.</summary>
public sealed class CardReaderApp : IAsyncLifetime
{
    private static readonly string[] Names = ["c01.jpg", "c02.jpg", "c07.jpg", "c11.jpg"];

    internal TestApp App { get; private set; } = null!;

    public string Address { get; private set; } = "";

    public Task InitializeAsync()
    {
        if (!BrowserFixture.HasChromium) return Task.CompletedTask;
        App = new TestApp(seed: true, change: builder => builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<ICardReader>(new ScriptedCardReader(KnownAsync)))));
        App.UseKestrel(0);
        App.StartServer();
        Address = App.ClientOptions.BaseAddress.ToString().TrimEnd('/');
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        if (App is not null) await App.DisposeAsync();
    }

    // Of one of them two fields are doubtful.
    private static Task<Result<ReadCard>> KnownAsync(ReadOnlyMemory<byte> picture, CancellationToken ct)
    {
        var digest = SHA256.HashData(picture.Span);
        var name = Names.FirstOrDefault(n => SHA256.HashData(Pictures.Read(CardPhotos.Card(n))!.Bytes).AsSpan().SequenceEqual(digest));
        CardForm? text = name switch
        {
            "c01.jpg" => ScriptedCardReader.Text(),
            "c02.jpg" => new() { Name = "苏禾", Title = "总经理", Company = "杭州望舒智能装备股份有限公司", Mobile = "13900008815", Email = "su.he@wangshu.example", Address = "杭州市滨江区江陵路88号A座12层" },
            "c07.jpg" => new() { Name = "叶青", Title = "质量经理", Company = "苏州启衡检测技术有限公司", Mobile = "15800003352" },
            "c11.jpg" => new() { Name = "蒋怡", Company = "常州泰和齿轮箱有限公司", Mobile = "13500006093" },
            _ => null,
        };
        if (text is null) return Task.FromResult<Result<ReadCard>>(new Error("card.reader.failed", null));
        return Task.FromResult<Result<ReadCard>>(ScriptedCardReader.Card(text, name == "c02.jpg" ? [CardFieldKind.Mobile, CardFieldKind.Email] : []));
    }
}

/// <summary>From the photo to the contact, with real pictures. Each test has a person of its own.</summary>
[Collection(BrowserTests.Name)]
public sealed class CardBrowserTests(BrowserFixture fixture, CardReaderApp app) : IClassFixture<CardReaderApp>
{
    [BrowserFact]
    public async Task CleanCard_IsAContactInTwoActionsAfterThePhoto_AndUndoBringsItBack()
    {
        var page = await OpenAsync("方屿");
        await SendAsync(page, "c01.jpg");
        await page.Locator(".tile[data-state=ToReview]", new() { HasTextString = "可保存" }).WaitForAsync();

        // the actions: one click, one key
        await page.Locator("#review-cards").ClickAsync();
        var card = await OnCardAsync(page);
        await Assertions.Expect(page.Locator("#card-Name")).ToHaveValueAsync("沈知远");
        await page.Locator("#card-Name[data-heard]").WaitForAsync();
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync("**/cards");
        await page.Locator(".toast", new() { HasTextString = "已保存 沈知远" }).WaitForAsync();
        var contact = page.Locator(".lately a", new() { HasTextString = "沈知远" });
        await contact.WaitForAsync();
        await page.Locator(".toast").GetByRole(AriaRole.Button, new() { NameString = "撤销" }).First.ClickAsync();
        await page.WaitForURLAsync($"**/cards/{card}");
        await Assertions.Expect(page.Locator("#card-Name")).ToBeEditableAsync();

        // saved again: the picture is on the contact's page
        await page.Locator("#card-Name[data-heard]").WaitForAsync();
        await page.Locator("#card-Name").PressAsync("Enter");
        await page.WaitForURLAsync("**/cards");
        await contact.ClickAsync();
        await page.Locator("h1", new() { HasTextString = "沈知远" }).WaitForAsync();
        await page.Locator("#portrait").ClickAsync();
        await page.Locator(".gallery li", new() { HasTextString = "名片" }).WaitForAsync();
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Keys_WalkTheDoubts_RestoreWhatWasRead_AndWhatWasTypedOutlivesAReload()
    {
        var page = await OpenAsync("覃立夏");
        await SendAsync(page, "c02.jpg", "c07.jpg");
        await Assertions.Expect(page.Locator(".tile[data-state=ToReview]")).ToHaveCountAsync(2);
        await page.Locator(".tile", new() { HasTextString = "苏禾" }).Locator("a").ClickAsync();
        await OnCardAsync(page);
        // the first doubt has the focus, and its box is lit
        await Assertions.Expect(page.Locator("#card-Mobile")).ToBeFocusedAsync();
        await page.Locator("[data-box=Mobile][data-on]").WaitForAsync();
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.Locator("#card-Email")).ToBeFocusedAsync();
        await page.Locator("#card-Email[data-heard]").WaitForAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.TypeAsync(".cn");
        await page.Locator("[data-card-field=Email] .chip", new() { HasTextString = "已修改" }).WaitForAsync();
        await page.ReloadAsync();
        await OnCardAsync(page);
        await Assertions.Expect(page.Locator("#card-Email")).ToHaveValueAsync("su.he@wangshu.example.cn");
        await page.Locator("#card-Email").FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#card-Email")).ToHaveValueAsync("su.he@wangshu.example");
        await page.Keyboard.PressAsync("Alt+ArrowDown");
        await Assertions.Expect(page.Locator("#card-Email")).ToHaveValueAsync("su.he@wangshu.example1");
        await page.Keyboard.PressAsync("Escape");
        // a box leads to its field
        await page.Locator("[data-box=Address]").ClickAsync();
        await Assertions.Expect(page.Locator("#card-Address")).ToBeFocusedAsync();
        // Enter saves, and the next card is there
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#card-Name")).ToHaveValueAsync("叶青");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Photos_AppearOnASecondScreen_AndTheBadOnesAreToldOf_EachByItself()
    {
        var (page, other) = (await OpenAsync("顾南舟"), await OpenAsync("顾南舟", 390, 844));
        await other.EvaluateAsync("window.__sameDocument = true");
        await page.Locator("[data-cards-zone] input[multiple]").SetInputFilesAsync([
            File("c11.jpg"), new() { Name = "IMG_7.HEIC", MimeType = "image/heic", Buffer = [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0] },
            new() { Name = "scan.jpg", MimeType = "image/jpeg", Buffer = "%PDF-1.7"u8.ToArray() }]);
        await other.Locator(".tile", new() { HasTextString = "蒋怡" }).WaitForAsync();
        (await other.EvaluateAsync<bool>("window.__sameDocument === true")).ShouldBeTrue("the page was loaded again");
        await page.Locator(".uploads li.failed", new() { HasTextString = "HEIC" }).WaitForAsync();
        await page.Locator(".uploads li.failed", new() { HasTextString = "不是图片" }).WaitForAsync();
        // the same photo again leads to the card that is there
        await SendAsync(page, "c11.jpg");
        await page.Locator(".uploads li.again a").ClickAsync();
        await Assertions.Expect(page.Locator("#card-Name")).ToHaveValueAsync("蒋怡");
        await Task.WhenAll(page.Context.CloseAsync(), other.Context.CloseAsync());
    }

    [BrowserFact]
    public async Task KnownPerson_IsFilled_AndPagesFitTheirWindows()
    {
        foreach (var (width, height) in ((int, int)[])[(1440, 900), (1280, 720), (390, 844)])
        {
            var page = await fixture.SignInAsync("周岚", width, height, address: app.Address);
            await page.GotoAsync("/cards");
            await page.Locator(".tile").First.WaitForAsync();
            await BrowserFixture.FitsAsync(page, width, height);
            await page.Locator(".tile", new() { HasTextString = "林若溪" }).Locator("a").ClickAsync();
            await OnCardAsync(page);
            await page.Locator(".merge").WaitForAsync();
            await Assertions.Expect(page.Locator(".opt input[name=card-contact]").First).ToBeCheckedAsync();
            await BrowserFixture.FitsAsync(page, width, height);
            await page.Locator("[data-card-save]").WaitForAsync();
            await Assertions.Expect(page.Locator("[data-card-save]")).ToBeInViewportAsync();
            await page.Context.CloseAsync();
        }
    }

    private async Task<IPage> OpenAsync(string person, int width = 1440, int height = 900)
    {
        var page = await fixture.SignInAsync(person, width, height, address: app.Address);
        await page.GotoAsync("/cards");
        await page.Locator("[data-cards-zone][data-heard]").WaitForAsync();
        return page;
    }

    // Scripts have arrived, and the picture is in its place.
    private static async Task<string> OnCardAsync(IPage page)
    {
        await page.Locator(".review[data-heard]").WaitForAsync();
        await page.Locator("[data-card-picture][data-fits]").WaitForAsync();
        await page.Locator("[data-card-field] [data-heard]").First.WaitForAsync();
        return new Uri(page.Url).Segments[^1];
    }

    private static Task SendAsync(IPage page, params string[] names) => page.Locator("[data-cards-zone] input[multiple]").SetInputFilesAsync(names.Select(File));

    private static FilePayload File(string name) => new() { Name = name, MimeType = "image/jpeg", Buffer = CardPhotos.Card(name) };
}
