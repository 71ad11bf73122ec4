using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmAi.Tests.Browser;

/// <summary>Leaving for a page that is loaded anew, and pages whose session ended, are no faults.</summary>
[Collection(BrowserTests.Name)]
public sealed class SessionEndTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task Session_ThatEnds_LeadsToSignIn_AndIsNotLoggedAsAFault()
    {
        var log = new FaultLog();
        fixture.App.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        var page = await fixture.SignInAsync("黎静姝");
        var other = await page.Context.NewPageAsync();
        await Places.GoAsync(other, "/settings");
        await other.Locator("button[form=sign-out]").Last.ClickAsync();
        await other.WaitForURLAsync("**/sign-in**");
        // the first page has lost its session and notices as soon as it needs one
        await page.ReloadAsync();
        await page.WaitForURLAsync("**/sign-in**");
        await BrowserFixture.EnterAsync(page, "黎静姝");
        await page.Locator(".bar details.menu:has(button[lang=en]) summary").ClickAsync();
        await page.Locator(".menu-list button[lang=en]").ClickAsync();
        await page.Locator("html[lang=en]").WaitForAsync();
        await page.CloseAsync();
        await page.Context.CloseAsync();
        log.Faults.ShouldBeEmpty();
    }

    private sealed class FaultLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Faults { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error) Faults.Enqueue($"{formatter(state, exception)} {exception}");
        }

        public void Dispose() { }
    }
}
