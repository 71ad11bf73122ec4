using CrmAi.Domain.Accounts;
using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Platform.CompanyData;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CrmAi.Tests.Enrichment;

/// <summary>The real services with the stand-in at the other end, a rep, and a company of theirs.</summary>
internal sealed class EnrichmentStage : IAsyncDisposable
{
    private EnrichmentStage(StandInRegistry standIn, TestDatabase database) => (StandIn, Database) = (standIn, database);

    public StandInRegistry StandIn { get; }
    public TestDatabase Database { get; }
    public User Rep { get; private set; } = null!;
    public Guid AccountId { get; private set; }

    public ICompanyRegistry Registry => Database.Get<ICompanyRegistry>();

    public Asker Asker => new(Rep.Id, IsWaiting: true);

    public static async Task<EnrichmentStage> StartAsync(Action<DataServiceOptions>? change = null, bool isConfigured = true)
    {
        var standIn = await StandInRegistry.StartAsync();
        var stage = new EnrichmentStage(standIn, await TestDatabase.CreateAsync(services => Configure(services, standIn, change, isConfigured)));
        stage.Rep = await stage.Database.AddUserAsync(Role.SalesRep);
        stage.AccountId = (await stage.As().Accounts.AddAsync(new() { Name = "恒川精密制造有限公司", City = "苏州" }, default)).Value.Id;
        return stage;
    }

    public static void Configure(IServiceCollection services, StandInRegistry standIn, Action<DataServiceOptions>? change, bool isConfigured = true) => services.PostConfigure<CompanyDataOptions>(options =>
    {
        foreach (var service in (DataServiceOptions[])[options.Tianyancha, options.Baidu])
        {
            (service.BaseAddress, service.Key, service.AllowPrivateTargets) = (standIn.Address.ToString(), isConfigured ? StandInRegistry.Key : null, true);
            (service.RetryDelay, service.Patience) = (TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(200));
            change?.Invoke(service);
        }
    });

    public Acting As(User? user = null) => Database.As(user ?? Rep);

    /// <summary>Searches, as a person would, until it is done.</summary>
    public async Task<LookUpView> SearchedAsync(LookUpAsk ask, Guid? record = null, User? by = null)
    {
        var begun = await As(by).Get<ILookUps>().BeginAsync(ask, record, default);
        begun.Succeeded.ShouldBeTrue(string.Join(", ", begun.Errors.Select(e => e.Code)));
        await Database.DrainAsync();
        return (await As(by).Get<ILookUps>().GetAsync(begun.Value, default))!;
    }

    public Task<LookUpView> CompanySearchedAsync() => SearchedAsync(new(LookUpKind.Company, "恒川精密制造有限公司", City: "苏州"), AccountId);

    /// <summary>Chosen, and all of it there.</summary>
    public async Task<Saved> PickedAsync(string sourceId = "101")
    {
        var saved = await As().Get<IRegistryEntries>().PickAsync(AccountId, (await CompanySearchedAsync()).Id, sourceId, default);
        saved.Succeeded.ShouldBeTrue(string.Join(", ", saved.Errors.Select(e => e.Code)));
        await Database.DrainAsync();
        return saved.Value;
    }

    public async Task<RegistryView> ViewAsync(User? by = null) => (await As(by).Get<IRegistryEntries>().GetAsync(AccountId, default))!;

    public Task<List<AiRun>> RunsAsync() => Database.ReadAsync(db => db.AiRuns.AsNoTracking().Where(r => r.Type == AiRunType.Enrichment).OrderBy(r => r.Id).ToListAsync());

    public Task<int> SpentAsync() => Database.ReadAsync(db => db.OutsideDays.Where(d => d.Source == "tianyancha").SumAsync(d => d.Spent));

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await StandIn.DisposeAsync();
    }
}
