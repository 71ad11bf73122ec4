using CrmAi.Domain.Contacts;
using CrmAi.Domain.Interactions;
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

/// <summary>What a rep waits for on a big database, through the use cases and their permissions.</summary>
internal static class Lists
{
    private const int Times = 40;

    public static async Task<int> RunAsync(string folder)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Data:Folder", folder)]).Build();
        var services = new ServiceCollection().AddLogging(log => log.SetMinimumLevel(LogLevel.Warning)).AddSingleton<IConfiguration>(configuration);
        services.AddInfrastructure(configuration, new HostingEnvironment { EnvironmentName = Environments.Development });
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        await using var db = await provider.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        var rep = await db.Users.FirstAsync(u => u.Role == Role.SalesRep);
        scope.ServiceProvider.GetRequiredService<IActAs>().ActAs(_ => new(rep.Id), ChangeOrigin.Page);
        var contacts = scope.ServiceProvider.GetRequiredService<IContacts>();
        var interactions = scope.ServiceProvider.GetRequiredService<IInteractions>();

        Console.WriteLine($"{await db.Set<Contact>().CountAsync():N0} contacts, {await db.Set<Interaction>().CountAsync():N0} interactions, as a rep");
        Measure.Head();
        await Measure.RunAsync("my list, first rows", Times, async () => (await contacts.ListAsync(new(), 0, 40, default)).Total);
        await Measure.RunAsync("my list, from row 20,000", Times, async () => (await contacts.ListAsync(new(), 20_000, 40, default)).Total);
        await Measure.RunAsync("team list, first rows", Times, async () => (await contacts.ListAsync(new(ContactScope.Team), 0, 40, default)).Total);
        foreach (var word in (string[])["张", "张三", "zs", "zhang", "采购", "恒川", "6620", "wang li"])
            await Measure.RunAsync($"search {word}", Times, async () => (await contacts.ListAsync(new(Search: word), 0, 40, default)).Total);
        var someone = (await contacts.ListAsync(new(), 0, 1, default)).Items[0].Id;
        await Measure.RunAsync("one contact", Times, async () => await contacts.GetAsync(someone, default) is null ? 0 : 1);
        await Measure.RunAsync("timeline, first 20", Times, async () => (await interactions.TimelineAsync(someone, new(), null, 20, default)).Value.Items.Count);
        return 0;
    }
}
