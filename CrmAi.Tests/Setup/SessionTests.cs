using System.Net;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Setup;

[Collection(ServerCollection.Name)]
public sealed class SessionTests(ServerFixture server)
{
    private readonly TestApp app = server.App;

    [Fact]
    public async Task Stranger_AskingForAPage_IsSentToSignIn()
    {
        var visitor = app.Visitor();
        var answer = await visitor.GetAsync(Requests.At("/settings?x=1"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var to = answer.Headers.Location!.IsAbsoluteUri ? answer.Headers.Location.PathAndQuery : answer.Headers.Location.ToString();
        to.ShouldBe("/sign-in?returnUrl=%2Fsettings%3Fx%3D1");
        var page = await visitor.GetAsync(Requests.At(to));
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync()).ShouldContain("__RequestVerificationToken");
    }

    [Theory]
    [InlineData("GET", "/settings")]
    [InlineData("GET", "/attachments/00000000-0000-0000-0000-000000000000")]
    [InlineData("POST", "/attachments?name=a.png")]
    [InlineData("POST", "/_blazor/negotiate")]
    [InlineData("GET", "/api/v1/contacts")]
    public async Task Stranger_AskingAsAProgram_IsUnauthorized(string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), path);
        (await app.Visitor("*/*").SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Person_SignedIn_ReachesThePageAndLeavesBySigningOut()
    {
        var person = await app.AddUserAsync(Role.SalesRep);
        var visitor = await app.SignedInAsync(person);
        (await visitor.GetAsync(Requests.At("/settings"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await TestApp.PostFormAsync(visitor, "/sign-out")).Headers.Location!.ToString().ShouldBe("/sign-in?left=1");
        (await visitor.GetAsync(Requests.At("/settings"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Cookie_OfASession_IsOutOfScriptsReach()
    {
        var visitor = app.Visitor();
        var person = await app.AddUserAsync(Role.SalesRep);
        var answer = await TestApp.PostFormAsync(visitor, "/sign-in", ("email", person.Email), ("password", TestApp.Password));
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("crm=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=lax", Case.Insensitive);
    }

    [Fact]
    public async Task WrongPassword_AndUnknownAddress_AreAnsweredAlike()
    {
        var person = await app.AddUserAsync(Role.SalesRep);
        var answers = new List<string>();
        foreach (var (email, password) in (IEnumerable<(string, string)>)[(person.Email, "wrong-password-1"), ("nobody@company.example", "wrong-password-1"), ("", ""), (person.Email, ""), (new('x', 300), "x"), ("nobody@crmai.example", "demo-people-2026")])
        {
            var answer = await TestApp.PostFormAsync(app.Visitor(), "/sign-in", ("email", email), ("password", password));
            answers.Add($"{answer.StatusCode} {answer.Headers.Location} {answer.Headers.Contains("Set-Cookie")}");
        }
        answers.Distinct().ShouldHaveSingleItem().ShouldContain("error=wrong");
    }

    [Fact]
    public async Task Login_AfterTenWrongPasswords_IsLockedForAQuarterOfAnHour()
    {
        var person = await app.AddUserAsync(Role.SalesRep);
        var visitor = app.Visitor();
        async Task<string> TryAsync(string password) => (await TestApp.PostFormAsync(visitor, "/sign-in", ("email", person.Email), ("password", password))).Headers.Location!.ToString();
        for (var i = 0; i < 10; i++) (await TryAsync("wrong-password-1")).ShouldContain("error=wrong");
        (await TryAsync("wrong-password-1")).ShouldContain("error=wrong", Case.Sensitive, "who does not know the password learns nothing");
        (await TryAsync(TestApp.Password)).ShouldContain("error=locked");
    }

    [Fact]
    public async Task Person_NoLongerActive_DoesNotGetIn()
    {
        var person = await app.AddUserAsync(Role.SalesRep, u => u.IsActive = false);
        var answer = await TestApp.PostFormAsync(app.Visitor(), "/sign-in", ("email", person.Email), ("password", TestApp.Password));
        answer.Headers.Location!.ToString().ShouldContain("error=inactive");
        answer.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task SignOutEverywhere_EndsEveryOtherSessionWithinAMinute()
    {
        var person = await app.AddUserAsync(Role.SalesRep);
        var (here, there) = (await app.SignedInAsync(person), await app.SignedInAsync(person));
        (await TestApp.PostFormAsync(here, "/sign-out/everywhere")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await here.GetAsync(Requests.At("/settings"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        server.Clock.Advance(TimeSpan.FromSeconds(61));
        (await there.GetAsync(Requests.At("/settings"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task Password_Changed_EndsOtherSessionsAndKeepsThisOne()
    {
        var person = await app.AddUserAsync(Role.SalesRep);
        var (here, there) = (await app.SignedInAsync(person), await app.SignedInAsync(person));
        async Task<string> ChangeAsync(string current, string next) => (await TestApp.PostFormAsync(here, "/password", ("current", current), ("next", next))).Headers.Location!.ToString();
        (await ChangeAsync("wrong-password-1", "another-horse-8")).ShouldBe("/settings?password=wrong");
        (await ChangeAsync(TestApp.Password, "short")).ShouldBe("/settings?password=weak");
        (await ChangeAsync(TestApp.Password, "another-horse-8")).ShouldBe("/settings?password=changed");
        server.Clock.Advance(TimeSpan.FromSeconds(61));
        (await here.GetAsync(Requests.At("/settings"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await there.GetAsync(Requests.At("/settings"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/evil.example")]
    [InlineData("/x\r\nSet-Cookie: a=b")]
    [InlineData("evil.example")]
    [InlineData("")]
    public async Task ReturnAddress_OfAnotherSite_IsNotFollowed(string returnUrl)
    {
        var person = await app.AddUserAsync(Role.SalesRep);
        var visitor = app.Visitor();
        (await TestApp.PostFormAsync(visitor, "/sign-in", ("email", person.Email), ("password", TestApp.Password), ("returnUrl", returnUrl))).Headers.Location!.ToString().ShouldBe("/");
        (await TestApp.PostFormAsync(visitor, "/sign-in", ("email", person.Email), ("password", "wrong"), ("returnUrl", returnUrl))).Headers.Location!.ToString().ShouldBe("/sign-in?error=wrong&returnUrl=%2F");
        (await visitor.GetAsync(Requests.At($"/language/en?returnUrl={Uri.EscapeDataString(returnUrl)}"))).Headers.Location!.ToString().ShouldBe("/");
    }

    [Fact]
    public async Task ReturnAddress_OfOurOwn_IsFollowed()
    {
        var person = await app.AddUserAsync(Role.SalesRep);
        (await TestApp.PostFormAsync(app.Visitor(), "/sign-in", ("email", person.Email), ("password", TestApp.Password), ("returnUrl", "/contacts/1?a=//b"))).Headers.Location!.ToString().ShouldBe("/contacts/1?a=//b");
    }
}
