using CrmAi.Bench.Models;
using CrmAi.Domain.AiRuns;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Platform.Ai;
using CrmAi.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CrmAi.Tests.AiRuns;

/// <summary>A database, the real services, and a stand-in for the model.</summary>
internal sealed class ModelCallsStage : IAsyncDisposable
{
    public const string Fit = ModelStage.Fit;

    private readonly Action<AiOptions>? change;
    private readonly List<ServiceProvider> hosts = [];

    private ModelCallsStage(TestDatabase database, StandInModel standIn, Action<AiOptions>? change) => (Database, StandIn, this.change) = (database, standIn, change);

    public TestDatabase Database { get; }
    public StandInModel StandIn { get; }
    public Guid UserId { get; } = Guid.CreateVersion7();

    public static async Task<ModelCallsStage> StartAsync(Action<AiOptions>? change = null, Action<IServiceCollection>? services = null)
    {
        var standIn = await StandInModel.StartAsync(_ => StandInReply.Answer(Fit));
        var database = await TestDatabase.CreateAsync(all =>
        {
            Configure(all, standIn, change);
            services?.Invoke(all);
        });
        return new(database, standIn, change);
    }

    /// <summary>Another process's worth of services on the same database file.</summary>
    public IServiceProvider AnotherHost()
    {
        var host = TestDatabase.Services(Database.Folder, all => Configure(all, StandIn, change));
        hosts.Add(host);
        return host;
    }

    public ModelQuestion Question(string data = "甲方预算五十万", Guid? contactId = null) => new(AiRunType.Conversation, "conversation/zh/1", "读这段对话", data, "result", ModelStage.Schema, UserId, contactId, null);

    public Task<ModelAnswer> AskAsync(string data = "甲方预算五十万", CancellationToken ct = default) => AskAsync(Database.Provider, data, ct);

    public Task<ModelAnswer> AskAsync(IServiceProvider host, string data = "甲方预算五十万", CancellationToken ct = default) => host.GetRequiredService<IModelCalls>().AskAsync(Question(data), ct);

    public Task<ModelAnswer> StreamAsync(Func<AnswerPart, ValueTask> arrived, IServiceProvider? host = null, CancellationToken ct = default) => (host ?? Database.Provider).GetRequiredService<IModelCalls>().AskAsync(Question(), arrived, ct);

    public Task<List<AiCall>> CallsAsync() => Database.ReadAsync(db => db.AiCalls.AsNoTracking().OrderBy(c => c.Id).ToListAsync());

    public Task SetAsync(Action<AiSettings> set) => Database.WriteAsync(db => set(db.AiSettings.Single()));

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts) await host.DisposeAsync();
        await Database.DisposeAsync();
        await StandIn.DisposeAsync();
    }

    private static void Configure(IServiceCollection services, StandInModel standIn, Action<AiOptions>? change) => services.Configure<AiOptions>(options =>
    {
        (options.Model, options.BaseAddress, options.Key, options.InputPrice, options.OutputPrice) = ("stand-in-1", standIn.Address.ToString(), ModelStage.Key, 10, 50);
        options.RetryDelay = TimeSpan.FromMilliseconds(1);
        change?.Invoke(options);
    });
}
