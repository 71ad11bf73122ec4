using System.Net;
using CrmAi.Infrastructure;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Identity;
using CrmAi.Tests.Support;
using CrmAi.Web.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace CrmAi.Tests.Setup;

public sealed class StartTests
{
    [Theory]
    [InlineData("Production", "", "Keys:File")]
    [InlineData("Production", "no-such-keys.json", "no-such-keys.json")]
    [InlineData("Staging", "", "Keys:File")]
    public void Application_OutsideDevelopmentWithoutKeys_DoesNotStart(string environment, string keys, string said)
    {
        var folder = TestFolders.New();
        var fault = Should.Throw<InvalidOperationException>(() => Build(folder, environment, keys.Length == 0 ? "" : Path.Combine(folder, keys)));
        fault.Message.ShouldContain(said);
        Directory.GetFiles(folder).ShouldBeEmpty();
    }

    [Fact]
    public void Application_InDevelopment_MakesItsKeys()
    {
        var folder = TestFolders.New();
        Build(folder, "Development", "");
        File.Exists(Path.Combine(folder, "keys.json")).ShouldBeTrue();
    }

    [Fact]
    public async Task Production_WithDemoPeople_DoesNotStart()
    {
        await using var app = new TestApp(environment: "Production");
        await using (var services = TestDatabase.Services(app.Folder))
        {
            await services.GetRequiredService<IDatabases>().MigrateAsync(default);
            await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
            var person = new CrmAi.Domain.Users.User { Email = "someone@crmai.example", Name = "演示" };
            db.Logins.Add(services.GetRequiredService<DemoLogins>().Make(person));
            await db.SaveChangesAsync();
        }
        Should.Throw<InvalidOperationException>(() => app.Services).Message.ShouldContain("demo people");
    }

    [Fact]
    public async Task Production_WithItsKeys_StartsWithoutDemoPeopleOrTheirDoor()
    {
        await using var app = new TestApp(seed: true, environment: "Production");
        var visitor = app.Visitor();
        (await visitor.GetAsync(Requests.At("/health/ready"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.Services.GetRequiredService<IDatabases>().HasDemoPeopleAsync(default)).ShouldBeFalse();
        (await app.Services.GetRequiredService<IDatabases>().IsEmptyAsync(default)).ShouldBeTrue();
        (await TestApp.PostFormAsync(visitor, "/sign-in/demo", ("userId", Guid.NewGuid().ToString()))).Headers.Location?.ToString().ShouldNotBe("/");
        app.Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>().Endpoints.OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>()
            .Select(e => e.RoutePattern.RawText).ShouldNotContain("/sign-in/demo");
    }

    [Fact]
    public async Task Administrator_AddedByVerb_GetsInAndWeakPasswordsDoNot()
    {
        await using var app = new TestApp();
        await using var scope = app.Services.CreateAsyncScope();
        var administrators = scope.ServiceProvider.GetRequiredService<IAdministrators>();
        (await administrators.AddAsync("boss@company.example", "老板", "short", default)).ShouldNotBeEmpty();
        (await administrators.AddAsync("no address", "老板", TestApp.Password, default)).ShouldNotBeEmpty();
        (await administrators.AddAsync("boss@company.example", "老板", DemoLogins.Password, default)).ShouldNotBeEmpty();
        (await app.Services.GetRequiredService<IDatabases>().IsEmptyAsync(default)).ShouldBeTrue();
        (await administrators.AddAsync("boss@company.example", "老板", TestApp.Password, default)).ShouldBeEmpty();
        await using var db = app.Open();
        (await app.SignedInAsync(await db.Users.SingleAsync())).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(0, "help")]
    [InlineData(2, "nonsense")]
    [InlineData(2, "evaluate")]
    [InlineData(2, "admin", "only@one.example")]
    [InlineData(2, "audit", "--Data:Folder")]
    public async Task Verb_OfTheCommandLine_AnswersWithItsCode(int code, params string[] verb) => (await Verbs.RunAsync(verb)).ShouldBe(code);

    [Theory]
    [InlineData("migrate", "--Data:Folder={0}")]
    [InlineData("migrate", "--Data:Folder", "{0}")]
    [InlineData("evaluate", "conversations", "--ConnectionStrings:Sqlite=Data Source={0}/crm.db", "nowhere.jsonl", "--analyst", "model")]
    public async Task Verb_WithSettingsOnTheCommandLine_HoldsToThemAndNotToTheEnvironment(params string[] verb)
    {
        var (named, usual) = (TestFolders.New(), TestFolders.New());
        var (_, said) = await AppProcess.RunAsync(usual, [.. verb.Select(word => word.Replace("{0}", named, StringComparison.Ordinal))]);
        File.Exists(Path.Combine(named, "crm.db")).ShouldBeTrue(said);
        File.Exists(Path.Combine(usual, "crm.db")).ShouldBeFalse(said);
    }

    [Fact]
    public async Task Keys_MadeByVerb_AreNotMadeTwice()
    {
        var file = Path.Combine(TestFolders.New(), "keys.json");
        (await Verbs.RunAsync(["keys", file])).ShouldBe(0);
        var made = await File.ReadAllTextAsync(file);
        (await Verbs.RunAsync(["keys", file])).ShouldBe(1);
        (await File.ReadAllTextAsync(file)).ShouldBe(made);
    }

    private static void Build(string folder, string environment, string keys)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Data:Folder"] = folder, ["Keys:File"] = keys }).Build();
        new ServiceCollection().AddInfrastructure(configuration, new HostingEnvironment { EnvironmentName = environment });
    }
}
