using CrmAi.Domain.Contacts;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;

namespace CrmAi.Bench;

/// <summary>The use cases of one rep of the seeded team, in this process.</summary>
internal sealed class Rep : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly AsyncServiceScope scope;

    private Rep(ServiceProvider services, User user)
    {
        (this.services, User, scope) = (services, user, services.CreateAsyncScope());
        scope.ServiceProvider.GetRequiredService<IActAs>().ActAs(_ => new(user.Id), ChangeOrigin.Page);
    }

    public User User { get; }

    public IContacts Contacts => Get<IContacts>();

    public T Get<T>() where T : notnull => scope.ServiceProvider.GetRequiredService<T>();

    public static async Task<Rep> OfAsync(string folder)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Data:Folder", folder)]).Build();
        var all = new ServiceCollection().AddLogging(log => log.SetMinimumLevel(LogLevel.Warning)).AddSingleton<IConfiguration>(configuration);
        all.AddInfrastructure(configuration, new HostingEnvironment { EnvironmentName = Environments.Development });
        var services = all.BuildServiceProvider();
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return new(services, await db.Users.FirstAsync(u => u.Role == Role.SalesRep));
    }

    public async Task<(int Contacts, int Interactions)> SizeAsync()
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return (await db.Set<Contact>().CountAsync(), await db.Set<Domain.Interactions.Interaction>().CountAsync());
    }

    /// <summary>A token for the API; those of earlier runs are taken back.</summary>
    public async Task<string> TokenAsync()
    {
        var users = Get<IUsers>();
        foreach (var old in (await users.TokensAsync(default)).Where(t => t.Name == "bench")) await users.RevokeTokenAsync(old.Id, default);
        return (await users.MakeTokenAsync("bench", 1, default)).Value;
    }

    public async ValueTask DisposeAsync()
    {
        await scope.DisposeAsync();
        await services.DisposeAsync();
    }
}
