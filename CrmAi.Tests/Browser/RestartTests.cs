using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using CrmAi.Tests.Support;
using CrmAi.Web.Shared;
using Microsoft.Playwright;

namespace CrmAi.Tests.Browser;

/// <summary>The server as a process of its own, killed in mid-work.</summary>
[Collection(BrowserTests.Name)]
public sealed class RestartTests(BrowserFixture fixture)
{
    [BrowserFact]
    public async Task Draft_SurvivesAKilledServer_AndTheSessionToo()
    {
        var folder = TestFolders.New();
        var address = $"http://127.0.0.1:{FreePort()}";
        var server = Start(folder, address);
        try
        {
            await AnswersAsync(address);
            var page = await fixture.SignInAsync("周岚", address: address);
            await BrowserFixture.OpenContactAsync(page, "林若溪");
            await page.FillAsync("#compose-text[data-heard]", "写到一半的记录");
            var fields = await page.Context.NewPageAsync();
            await fields.GotoAsync($"{new Uri(page.Url).GetLeftPart(UriPartial.Path)}?pane=details");
            await fields.FillAsync("#d-Department[data-heard]", "写到一半的部门");

            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            await page.Locator("#connection:not([hidden])").WaitForAsync();
            // what is typed while the server is away counts as well
            await page.Locator("#compose-text").PressSequentiallyAsync("，断线时写的");

            server.Dispose();
            server = Start(folder, address);
            await AnswersAsync(address);
            await page.Locator("#connection[hidden]").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 60_000 });
            await Assertions.Expect(page.Locator("#compose-text")).ToHaveValueAsync("写到一半的记录，断线时写的", new() { Timeout = 60_000 });
            await page.Locator("#compose-text").PressAsync("Control+Enter");
            await page.Locator("article.event", new() { HasTextString = "断线时写的" }).WaitForAsync();
            // so does a field that was being edited in place; it says that it waits, and is saved by a click
            await Assertions.Expect(fields.Locator("#d-Department")).ToHaveValueAsync("写到一半的部门", new() { Timeout = 60_000 });
            await fields.Locator("[data-inline=d-Department] .inline-unsaved button").First.ClickAsync();
            await fields.Locator(".work", new() { HasTextString = "写到一半的部门" }).WaitForAsync();
            await page.Context.CloseAsync();
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
            TestFolders.Remove(folder);
        }
    }

    private static Process Start(string folder, string address)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Text).Assembly.Location, "--urls", address])
        {
            WorkingDirectory = Path.GetDirectoryName(typeof(Text).Assembly.Location)!,
            RedirectStandardOutput = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Data__Folder"] = folder;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { }; // read, or a full pipe would stop it
        process.BeginOutputReadLine();
        return process;
    }

    private static async Task AnswersAsync(string address)
    {
        using var http = new HttpClient();
        await Eventually.TrueAsync(async () =>
        {
            try { return (await http.GetAsync(new Uri($"{address}/health/ready"))).IsSuccessStatusCode; }
            catch (HttpRequestException) { return false; }
        }, "the server does not answer");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
