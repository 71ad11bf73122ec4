using System.Collections.Concurrent;
using CrmAi.Bench.Models;
using CrmAi.Domain.AiRuns;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Platform.Ai;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CrmAi.Tests.Support;

/// <summary>A model's client with the stand-in at its other end and a clock that a test moves.</summary>
internal sealed class ModelStage : IAsyncDisposable
{
    public const string Key = "key-of-the-test", Schema = """{"type":"object","properties":{"answer":{"type":"string"}},"required":["answer"],"additionalProperties":false}""", Fit = """{"answer":"yes"}""";

    private readonly ServiceProvider services;

    private ModelStage(StandInModel standIn, IEnumerable<(string Name, string Value)> settings)
    {
        StandIn = standIn;
        var all = new Dictionary<string, string?> { ["Ai:Model"] = "stand-in-1", ["Ai:Key"] = Key, ["Ai:BaseAddress"] = standIn.Address.ToString() };
        foreach (var (name, value) in settings) all[$"Ai:{name}"] = value;
        services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .AddSingleton<TimeProvider>(Clock).AddAi(new ConfigurationBuilder().AddInMemoryCollection(all).Build()).BuildServiceProvider();
    }

    public StandInModel StandIn { get; }
    public ManualClock Clock { get; } = new();
    public LogLines Log { get; } = new();

    public static async Task<ModelStage> StartAsync(params (string Name, string Value)[] settings) => new(await StandInModel.StartAsync(_ => StandInReply.Answer(Fit)), settings);

    public static ChatAsk Question(string data = "客户说预算五十万", Func<CancellationToken, Task>? before = null) => new("读这段对话", data, "result", Schema) { Before = before };

    public AiModel Model(AiRunType task = AiRunType.Conversation) => services.GetRequiredService<AiModels>().Of(task)!;

    public Task<ChatReply> AskAsync(ChatAsk? ask = null, AiRunType task = AiRunType.Conversation, CancellationToken ct = default) => services.GetRequiredService<IChatModel>().AskAsync(Model(task), ask ?? Question(), ct);

    public IAsyncEnumerable<ChatPiece> StreamAsync(ChatAsk? ask = null) => services.GetRequiredService<IChatModel>().StreamAsync(Model(), ask ?? Question(), default);

    public static async Task<string> CodeAsync(Task asked) => (await Should.ThrowAsync<ModelUnavailableException>(asked)).Code;

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await StandIn.DisposeAsync();
    }
}

/// <summary>All that was logged.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue(formatter(state, exception) + exception);

    public void Dispose() { }
}
