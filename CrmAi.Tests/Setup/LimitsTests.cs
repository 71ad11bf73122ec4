using System.Net;
using CrmAi.Domain.Users;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.Setup;

public sealed class LimitsTests : IAsyncLifetime
{
    private TestApp App { get; } = new(change: builder => builder.UseSetting("Limits:SignInPerMinute", "3").UseSetting("Limits:ApiPerMinute", "5"));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => App.DisposeAsync().AsTask();

    [Fact]
    public async Task SignIn_TriedTooOften_IsToldToWait_AndOtherPagesAreNot()
    {
        var person = await App.AddUserAsync(Role.SalesRep);
        var visitor = App.Visitor();
        async Task<HttpResponseMessage> TryAsync() => await TestApp.PostFormAsync(visitor, "/sign-in", ("email", person.Email), ("password", "wrong-password-1"));
        for (var i = 0; i < 3; i++) (await TryAsync()).Headers.Location!.ToString().ShouldContain("error=wrong");
        var refused = await TryAsync();
        refused.Headers.Location!.ToString().ShouldBe("/sign-in?error=many");
        int.Parse(refused.Headers.GetValues("Retry-After").Single(), System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);
        var page = await visitor.GetAsync(Requests.At("/sign-in?error=many"));
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync()).ShouldContain("请过一分钟再登录");
    }

    [Fact]
    public async Task Token_UsedTooOften_IsRefusedAsAProblem_AndOtherTokensAreNot()
    {
        var person = await App.AddUserAsync(Role.SalesRep);
        var (busy, calm) = (await App.ProgramOfAsync(person), await App.ProgramOfAsync(person));
        busy.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        for (var i = 0; i < 5; i++) (await busy.GetAsync(Requests.At("/api/v1/contacts"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var refused = await busy.GetAsync(Requests.At("/api/v1/contacts"));
        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await refused.JsonAsync()).GetProperty("title").GetString().ShouldBe("Too many requests: try again in a moment");
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        (await calm.GetAsync(Requests.At("/api/v1/contacts"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
