using System.Net;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Data.Sqlite;
using CrmAi.Infrastructure.Platform.Identity;
using CrmAi.Web.Shared;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Tests.Support;

/// <summary>
/// The whole application on its own data folder, scheduler included. Call <c>UseKestrel(0)</c> and <c>StartServer()</c> before
/// anything else where a real browser or a real request limit is wanted.
/// </summary>
/// <param name="seed">With the demo team and its data.</param>
internal sealed class TestApp(bool seed = false, string environment = "Development", Action<IWebHostBuilder>? change = null) : WebApplicationFactory<Text>
{
    private int people;

    public const string Password = "correct-horse-7";

    public string Folder { get; } = NewFolder();

    /// <summary>A visitor with cookies of its own, who is not led on by redirects.</summary>
    public HttpClient Visitor(string accept = "text/html")
    {
        // On a real server the factory's clients follow redirects, whatever they are told.
        var client = Services.GetRequiredService<IServer>() is TestServer ? CreateClient(new() { AllowAutoRedirect = false })
            : new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = ClientOptions.BaseAddress };
        client.DefaultRequestHeaders.Add("Accept", accept);
        return client;
    }

    /// <summary>A program with a token of this person's.</summary>
    public async Task<HttpClient> ProgramOfAsync(User user)
    {
        var client = Visitor("application/json");
        client.DefaultRequestHeaders.Authorization = new("Bearer", await TokenOfAsync(user));
        return client;
    }

    public async Task<string> TokenOfAsync(User user, int days = 30)
    {
        await using var scope = Acting(user);
        return (await scope.ServiceProvider.GetRequiredService<IUsers>().MakeTokenAsync("test", days, default)).Value;
    }

    public AsyncServiceScope Acting(User user)
    {
        var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IActAs>().ActAs(_ => new(user.Id), ChangeOrigin.Page);
        return scope;
    }

    public async Task<User> AddUserAsync(Role role, Action<User>? change = null)
    {
        var user = new User { Email = $"person{Interlocked.Increment(ref people)}@company.example", Name = $"{role} {people}", Role = role, CreatedAt = DateTime.UtcNow };
        change?.Invoke(user);
        await using var scope = Services.CreateAsyncScope();
        await using var db = Open();
        db.Users.Add(user);
        db.Begin("test", new(user.Id, "test", Role.Admin, null, [], "zh-CN", "UTC", ChangeOrigin.Command), DateTime.UtcNow);
        await db.SaveChangesAsync();
        var made = await scope.ServiceProvider.GetRequiredService<UserManager<Login>>().CreateAsync(new() { Id = user.Id, UserName = user.Email, Email = user.Email, LockoutEnabled = true }, Password);
        made.Succeeded.ShouldBeTrue(string.Join(", ", made.Errors.Select(e => e.Description)));
        return user;
    }

    public AppDbContext Open() => Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContext();

    /// <summary>A forgery token as a page would carry it, together with its cookie, for whoever the visitor is.</summary>
    public static async Task<string> ForgeryTokenAsync(HttpClient visitor) => await visitor.GetStringAsync(new Uri("/test/forgery-token", UriKind.Relative));

    public static async Task<HttpResponseMessage> PostFormAsync(HttpClient visitor, string path, params (string Name, string Value)[] fields)
    {
        var form = fields.ToDictionary(f => f.Name, f => f.Value);
        form["__RequestVerificationToken"] = await ForgeryTokenAsync(visitor);
        using var content = new FormUrlEncodedContent(form);
        return await visitor.PostAsync(new Uri(path, UriKind.Relative), content);
    }

    public async Task<HttpClient> SignedInAsync(User user)
    {
        var visitor = Visitor();
        var answer = await PostFormAsync(visitor, "/sign-in", ("email", user.Email), ("password", Password));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldBe("/");
        return visitor;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        TestFolders.Remove(Folder);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(environment);
        builder.UseSetting("Data:Folder", Folder);
        builder.UseSetting("Keys:File", Path.Combine(Folder, "keys.json"));
        builder.UseSetting("Demo:Seed", seed ? "true" : "false");
        builder.UseSetting("Jobs:Sweep", "00:00:01");
        builder.UseSetting("Jobs:Lease", "00:00:02");
        builder.UseSetting("Night:Scheduled", "false"); // whatever the hour of the day
        builder.UseSetting("Limits:SignInPerMinute", "0");
        builder.UseSetting("Limits:ApiPerMinute", "0");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.ConfigureServices(services => services.AddSingleton<IStartupFilter, ForgeryTokens>().ConfigureDbContext<SqliteAppDbContext>(options => options.AddInterceptors(OrderedRows.Check)));
        change?.Invoke(builder);
    }

    private static string NewFolder()
    {
        var folder = TestFolders.New();
        File.Copy(TestFolders.KeyFile, Path.Combine(folder, "keys.json"));
        return folder;
    }

    // Hands out forgery tokens as pages do, so that tests of the server do not depend on any page.
    private sealed class ForgeryTokens : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(async (http, on) =>
            {
                if (http.Request.Path != "/test/forgery-token") { await on(http); return; }
                http.User = (await http.AuthenticateAsync(IdentityConstants.ApplicationScheme)).Principal ?? http.User;
                await http.Response.WriteAsync(http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http).RequestToken!);
            });
            next(app);
        };
    }
}
