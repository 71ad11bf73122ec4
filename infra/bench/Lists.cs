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
        await Measure.RunAsync("my list, last rows", Times, async () => { var all = (await contacts.ListAsync(new(), 0, 1, default)).Total; return (await contacts.ListAsync(new(), all - 40, 40, default)).Items.Count; });
        await Measure.RunAsync("all, first rows", Times, async () => (await contacts.ListAsync(new(ContactScope.All), 0, 40, default)).Total);
        await Measure.RunAsync("my list, high, by name", Times, async () => (await contacts.ListAsync(new(Priority: Priority.High, Stage: DealStage.Proposal, Order: ContactOrder.Name), 0, 40, default)).Total);
        await Measure.RunAsync("my list, from row 10,000", Times, async () => (await contacts.ListAsync(new(), 10_000, 40, default)).Total);
        var middle = (await contacts.ListAsync(new(), 10_000, 40, default)).Last;
        await Measure.RunAsync("my list, on from row 10,000", Times, async () => (await contacts.ListAsync(new(), 10_040, 40, default, middle)).Total);
        await Measure.RunAsync("groups by industry", Times, async () => (await contacts.GroupsAsync(new(), ContactGrouping.Industry, default)).Count);
        await Measure.RunAsync("api page, all, created", Times, async () => (await contacts.PageAsync(new(ContactScope.All, Order: ContactOrder.Created), null, 50, default)).Value.Items.Count);
        await Measure.RunAsync("team list, first rows", Times, async () => (await contacts.ListAsync(new(ContactScope.Team), 0, 40, default)).Total);
        foreach (var word in (string[])["张", "张三", "zs", "zhang", "采购", "有限公司", "经理", "恒川", "6620", "wang li"])
            await Measure.RunAsync($"search {word}", Times, async () => (await contacts.ListAsync(new(Search: word), 0, 40, default)).Total);
        var someone = (await contacts.ListAsync(new(), 0, 1, default)).Items[0].Id;
        await Measure.RunAsync("one contact", Times, async () => await contacts.GetAsync(someone, default) is null ? 0 : 1);
        await Measure.RunAsync("timeline, first 20", Times, async () => (await interactions.TimelineAsync(someone, new(), null, 20, default)).Value.Items.Count);
        return 0;
    }
}
