using CrmAi.Domain.BusinessCards;
using CrmAi.Infrastructure.Platform.Ocr;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CrmAi.Tests.BusinessCards;

/// <summary>Against a stand-in on this machine that speaks the documented protocol, errors included.</summary>
public sealed class DocumentIntelligenceTests : IAsyncLifetime
{
    private const string Analysis = """
        {"status":"succeeded","analyzeResult":{"apiVersion":"2023-07-31","modelId":"prebuilt-businessCard","content":"方琳\nLin Fang",
         "pages":[{"pageNumber":1,"angle":0,"width":1050,"height":600,"unit":"pixel","lines":[{"content":"方琳","polygon":[60,50,160,50,160,100,60,100]},{"content":"Lin Fang","polygon":[180,60,300,60,300,100,180,100]}]}],
         "documents":[{"docType":"businessCard","confidence":1,"fields":{
           "ContactNames":{"type":"array","valueArray":[{"type":"object","content":"方 琳","confidence":0.98,"boundingRegions":[{"pageNumber":1,"polygon":[60,50,160,50,160,100,60,100]}]},{"type":"object","content":"Lin Fang","confidence":0.9}]},
           "Emails":{"type":"array","valueArray":[{"type":"string","valueString":"FangLin@example.com","content":"FangLin@ example.com","confidence":0.6}]},
           "MobilePhones":{"type":"array","valueArray":[{"type":"phoneNumber","content":"138 1234 5678","confidence":0.99}]},
           "Faxes":{"type":"array","valueArray":[{"type":"phoneNumber","content":"025-22223334","confidence":0.99}]}}}]}}
        """;

    private readonly List<string> asked = [];
    private WebApplication server = null!;
    private Func<HttpContext, Task> begin = null!;
    private Func<HttpContext, int, Task> poll = null!;
    private int begun, polled;

    private string Address => server.Urls.First();

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        begin = http => { http.Response.StatusCode = 202; http.Response.Headers["Operation-Location"] = $"{Address}/formrecognizer/documentModels/prebuilt-businessCard/analyzeResults/1?api-version=2023-07-31"; return Task.CompletedTask; };
        poll = (http, n) => http.Response.WriteAsync(n == 1 ? """{"status":"running"}""" : Analysis);
        server.MapPost("/formrecognizer/documentModels/prebuilt-businessCard:analyze", http =>
        {
            begun++;
            lock (asked) asked.Add($"{http.Request.QueryString} {http.Request.ContentType} {http.Request.Headers["Ocp-Apim-Subscription-Key"]}{http.Request.Headers.Authorization}");
            return begin(http);
        });
        server.MapGet("/formrecognizer/documentModels/prebuilt-businessCard/analyzeResults/1", http => poll(http, ++polled));
        server.MapPost("/tenant/oauth2/v2.0/token", http => http.Response.WriteAsync("""{"access_token":"given","expires_in":3600}"""));
        await server.StartAsync();
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task Card_IsSentAskedForAndUnderstood()
    {
        var card = (await ReadAsync()).Value;
        (card.Reader, card.Version, card.Width, card.Height).ShouldBe(("azure-document-intelligence", "2023-07-31", 1050, 600));
        (card[CardFieldKind.Name]!.Value, card[CardFieldKind.NameEn]!.Value, card[CardFieldKind.Mobile]!.Value, card[CardFieldKind.Email]!.Value).ShouldBe(("方琳", "Lin Fang", "138 1234 5678", "fanglin@example.com"));
        card[CardFieldKind.Tel].ShouldBeNull("a fax is no telephone");
        card[CardFieldKind.Name]!.Place.ShouldBe(new PixelBox(60, 50, 100, 50));
        (card[CardFieldKind.Name]!.IsDoubtful, card[CardFieldKind.Email]!.IsDoubtful).ShouldBe((false, true));
        card.RawText.ShouldBe("方琳\nLin Fang");
        asked.ShouldBe(["?api-version=2023-07-31 application/octet-stream secret"]);
        polled.ShouldBe(2);
    }

    [Fact]
    public async Task Application_OfEntra_SignsInOnce()
    {
        using var reader = Reader(o => (o.Key, o.TenantId, o.ClientId, o.ClientSecret, o.Authority) = (null, "tenant", "app", "word", Address));
        (await reader.ReadAsync(Picture, CancellationToken.None)).Succeeded.ShouldBeTrue();
        asked.ShouldBe(["?api-version=2023-07-31 application/octet-stream Bearer given"]);
    }

    [Theory]
    [InlineData(400, "card.picture.damaged")]
    [InlineData(401, "card.reader.refused")]
    [InlineData(403, "card.reader.refused")]
    [InlineData(404, "card.reader.refused")]
    [InlineData(301, "card.reader.refused")]
    public async Task Refusals_AreNotTriedAgain(int status, string code)
    {
        begin = http => { http.Response.StatusCode = status; http.Response.Headers.Location = $"{Address}/elsewhere"; return Task.CompletedTask; };
        (await CodeAsync()).ShouldBe(code);
        begun.ShouldBe(1);
    }

    [Theory]
    [InlineData(429, "card.reader.busy")]
    [InlineData(500, "card.reader.failed")]
    [InlineData(503, "card.reader.failed")]
    public async Task Faults_AreTriedAgainAndThenTold(int status, string code)
    {
        begin = http => { http.Response.StatusCode = status; http.Response.Headers.RetryAfter = "0"; return Task.CompletedTask; };
        (await CodeAsync()).ShouldBe(code);
        begun.ShouldBe(3);
    }

    [Fact]
    public async Task Busy_Once_IsWaitedFor()
    {
        var whole = begin;
        begin = http => { if (begun > 1) return whole(http); http.Response.StatusCode = 429; http.Response.Headers.RetryAfter = "0"; return Task.CompletedTask; };
        (await ReadAsync()).Succeeded.ShouldBeTrue();
        begun.ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"status":"failed","error":{"code":"InternalServerError"}}""")]
    [InlineData("""{"status":"succeeded"}""")]
    [InlineData("""{"status":"succeeded","analyzeResult":{"pages":7}}""")]
    [InlineData("""{"status":42}""")]
    [InlineData("<html>gateway</html>")]
    [InlineData("[]")]
    public async Task Answers_ThatAreNoResult_AreTold(string answer)
    {
        poll = (http, _) => http.Response.WriteAsync(answer);
        (await CodeAsync()).ShouldBe("card.reader.failed");
    }

    [Fact]
    public async Task Result_WithStrangeFields_IsACardWithoutThem()
    {
        poll = (http, _) => http.Response.WriteAsync("""{"status":"succeeded","analyzeResult":{"pages":[{"lines":[7]}],"documents":[{"fields":{"Emails":{"valueArray":[3,{"content":5}]},"Faxes":"none","ContactNames":{"valueArray":[{"content":"方琳","confidence":"much","boundingRegions":[{"polygon":[1,"x"]}]}]}}}]}}""");
        var field = (await ReadAsync()).Value.Fields.ShouldHaveSingleItem();
        (field.Kind, field.Value, field.Place, field.IsDoubtful).ShouldBe((CardFieldKind.Name, "方琳", (PixelBox?)null, true));
    }

    [Fact]
    public async Task Operation_ThatNeverEnds_IsLeft()
    {
        poll = (http, _) => http.Response.WriteAsync("""{"status":"running"}""");
        (await CodeAsync(o => o.Timeout = TimeSpan.FromSeconds(1))).ShouldBe("card.reader.slow");
        polled.ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData("http://203.0.113.9/analyzeResults/1")]
    [InlineData("https://127.0.0.1/analyzeResults/1")]
    [InlineData("/analyzeResults/1")]
    public async Task Operation_AtAnotherHost_IsNotFollowed(string location)
    {
        begin = http => { http.Response.StatusCode = 202; http.Response.Headers["Operation-Location"] = location; return Task.CompletedTask; };
        (await CodeAsync()).ShouldBe("card.reader.failed");
        polled.ShouldBe(0);
    }

    [Fact]
    public async Task Host_ThatIsNotThere_IsTold() => (await CodeAsync(o => o.Endpoint = "http://127.0.0.1:1")).ShouldBe("card.reader.failed");

    [Fact]
    public async Task Picture_ThatIsNone_IsNotSent()
    {
        using var reader = Reader();
        (await reader.ReadAsync("text"u8.ToArray(), CancellationToken.None)).Errors.ShouldHaveSingleItem().Code.ShouldBe("card.picture.kind");
        begun.ShouldBe(0);
    }

    [Theory]
    [InlineData("http://example.com", "k", false)]
    [InlineData("example", "k", false)]
    [InlineData("https://example.com", null, false)]
    [InlineData("https://example.com", "two words", false)]
    [InlineData("https://example.com", "k", true)]
    [InlineData("http://127.0.0.1:5000", "k", true)]
    [InlineData(null, null, true)]
    public void Settings_ThatCouldNotWork_AreToldAtStart(string? endpoint, string? key, bool works) =>
        new DocumentIntelligenceCheck().Validate(null, new DocumentIntelligenceOptions { Endpoint = endpoint, Key = key }).Succeeded.ShouldBe(works);

    private static byte[] Picture => MalformedPictures.Of(1, 12).Last().File; // whole by its parts, which is all that is looked at here

    private DocumentIntelligenceCardReader Reader(Action<DocumentIntelligenceOptions>? set = null)
    {
        var options = new DocumentIntelligenceOptions { Endpoint = Address, Key = "secret", PollDelay = TimeSpan.FromMilliseconds(5) };
        set?.Invoke(options);
        return new(Options.Create(options), Options.Create(new OcrOptions()), TimeProvider.System);
    }

    private async Task<CrmAi.Domain.Shared.Result<ReadCard>> ReadAsync(Action<DocumentIntelligenceOptions>? set = null)
    {
        using var reader = Reader(set);
        return await reader.ReadAsync(Picture, CancellationToken.None);
    }

    private async Task<string> CodeAsync(Action<DocumentIntelligenceOptions>? set = null) => (await ReadAsync(set)).Errors.ShouldHaveSingleItem().Code;
}
