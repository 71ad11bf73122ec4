using System.Net;
using System.Net.Http.Headers;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Tests.Setup;

[Collection(ServerCollection.Name)]
public sealed class EndpointTests(ServerFixture server)
{
    /// <summary>What may be asked without a session. Anything new that is open must be put here on purpose.</summary>
    private static readonly string[] Open = ["/sign-in", "/sign-in/demo", "/language/en", "/health/live", "/health/ready", "/openapi/v1.json"];

    private readonly TestApp app = server.App;

    [Fact]
    public async Task Endpoints_OutsideTheOpenList_DenyStrangers()
    {
        var visitor = app.Visitor("*/*");
        var (asked, opened) = (0, new HashSet<string>());
        foreach (var endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null) continue;
            var path = Path(endpoint.RoutePattern);
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["GET", "POST"])
            {
                using var request = new HttpRequestMessage(new(method), path);
                var status = (await visitor.SendAsync(request)).StatusCode;
                asked++;
                if (status is not (HttpStatusCode.Unauthorized or HttpStatusCode.MethodNotAllowed)) opened.Add(path);
            }
        }
        asked.ShouldBeGreaterThan(20);
        opened.Except(Open).ShouldBeEmpty("these answer without a session");
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-in/demo")]
    [InlineData("/sign-out")]
    [InlineData("/sign-out/everywhere")]
    [InlineData("/password")]
    [InlineData("/attachments?name=a.png")]
    public async Task Post_WithoutAForgeryToken_IsRefused(string path)
    {
        var person = await app.AddUserAsync(Role.SalesRep);
        var visitor = await app.SignedInAsync(person);
        using var form = new FormUrlEncodedContent([new("email", person.Email), new("password", TestApp.Password), new("userId", person.Id.ToString())]);
        var answer = await visitor.PostAsync(Requests.At(path), form);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await visitor.GetAsync(Requests.At("/settings"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ForgeryToken_OfAnotherPerson_IsRefused()
    {
        var theirs = await TestApp.ForgeryTokenAsync(await app.SignedInAsync(await app.AddUserAsync(Role.SalesRep)));
        var visitor = await app.SignedInAsync(await app.AddUserAsync(Role.SalesRep));
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", theirs)]);
        (await visitor.PostAsync(Requests.At("/sign-out"), form)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Attachment_Uploaded_IsServedSoThatNothingOfItRuns()
    {
        var visitor = await app.SignedInAsync(await app.AddUserAsync(Role.SalesRep));
        var image = await UploadAsync(visitor, "a.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var text = await UploadAsync(visitor, "说明.txt", "<b>bold</b>"u8.ToArray());
        var shown = await visitor.GetAsync(Requests.At($"/attachments/{image}"));
        (shown.Content.Headers.ContentType!.MediaType, shown.Content.Headers.ContentDisposition!.DispositionType).ShouldBe(("image/png", "inline"));
        var saved = await visitor.GetAsync(Requests.At($"/attachments/{text}"));
        (saved.Content.Headers.ContentType!.MediaType, saved.Content.Headers.ContentDisposition!.DispositionType, saved.Content.Headers.ContentDisposition.FileNameStar).ShouldBe(("text/plain", "attachment", "说明.txt"));
        foreach (var answer in (HttpResponseMessage[])[shown, saved])
        {
            answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
            answer.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
            answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        }
        var other = await app.SignedInAsync(await app.AddUserAsync(Role.SalesRep));
        (await other.GetAsync(Requests.At($"/attachments/{image}"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("a.pdf", 21 << 20, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("a.pdf", 30 << 20, HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("a.pdf", 0, HttpStatusCode.UnprocessableEntity)]
    [InlineData("a.png", 100, HttpStatusCode.UnsupportedMediaType)]
    [InlineData("a.exe", 100, HttpStatusCode.UnsupportedMediaType)]
    public async Task Attachment_NotToBeTaken_IsRefused(string name, int size, HttpStatusCode status)
    {
        var visitor = await app.SignedInAsync(await app.AddUserAsync(Role.SalesRep));
        var content = new byte[size];
        if (size > 8 && !name.EndsWith(".exe", StringComparison.Ordinal)) "%PDF-1.7"u8.CopyTo(content);
        (await PostAsync(visitor, name, content)).StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData("/sign-in", HttpStatusCode.OK)]
    [InlineData("/app.css", HttpStatusCode.OK)]
    [InlineData("/settings", HttpStatusCode.Redirect)]
    [InlineData("/api/v1/contacts", HttpStatusCode.Unauthorized)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/health/ready", HttpStatusCode.OK)]
    public async Task Answers_OfEveryKind_CarrySecurityHeaders(string path, HttpStatusCode status) => ShouldBeGuarded(await app.Visitor().GetAsync(Requests.At(path)), status);

    [Fact]
    public async Task Answers_ToFaultyRequests_CarrySecurityHeadersToo() => ShouldBeGuarded(await server.Program.PostJsonAsync("/api/v1/contacts", "{"), HttpStatusCode.BadRequest);

    private static void ShouldBeGuarded(HttpResponseMessage answer, HttpStatusCode status)
    {
        answer.StatusCode.ShouldBe(status);
        answer.Headers.TryGetValues("Content-Security-Policy", out var policies).ShouldBeTrue();
        policies!.ShouldContain(p => p.Contains("script-src 'self';", StringComparison.Ordinal) && p.Contains("frame-ancestors 'none'", StringComparison.Ordinal));
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.GetValues("X-Frame-Options").Single().ShouldBe("DENY");
        answer.Headers.GetValues("Referrer-Policy").Single().ShouldBe("same-origin");
        answer.Headers.Contains("Server").ShouldBeFalse();
    }

    private static async Task<Guid> UploadAsync(HttpClient visitor, string name, byte[] content)
    {
        var answer = await PostAsync(visitor, name, content);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await answer.JsonAsync()).GetProperty("id").GetGuid();
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient visitor, string name, byte[] content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/attachments?name={Uri.EscapeDataString(name)}") { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.ExpectContinue = true; // the refusal of a body that is too long comes before the body
        request.Headers.Add("RequestVerificationToken", await TestApp.ForgeryTokenAsync(visitor));
        return await visitor.SendAsync(request);
    }

    private static string Path(Microsoft.AspNetCore.Routing.Patterns.RoutePattern pattern) => "/" + string.Join('/', pattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternSeparatorPart separator => separator.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "code" } => "en",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "documentName" } => "v1",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { IsCatchAll: true } => "nowhere",
        _ => Guid.Empty.ToString(),
    }))));
}
