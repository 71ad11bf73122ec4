using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure;
using CrmAi.Infrastructure.AiRuns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace CrmAi.Bench;

/// <summary>
/// A process that asks a model what it is told to on standard input, a question a line, all at the same time, and says on standard output what came of each: to see several processes share one database.
/// Settings are the program's own, on the command line (--Data:Folder=…).
/// </summary>
internal static class Asker
{
    public const string Ask = "ask ", Off = "off ", Ready = "ready", Paid = "paid", Cached = "cached", Done = "done";

    private const string Schema = """{"type":"object","properties":{"answer":{"type":"string"}},"required":["answer"],"additionalProperties":false}""";

    public static async Task<int> RunAsync(string[] settings)
    {
        var configuration = new ConfigurationBuilder().AddCommandLine(settings).Build();
        var all = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration);
        all.AddInfrastructure(configuration, new HostingEnvironment { EnvironmentName = Environments.Development });
        await using var services = all.BuildServiceProvider();
        await Console.Out.WriteLineAsync(Ready);
        var asked = new List<Task>();
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var order = line;
            asked.Add(Task.Run(async () => await Console.Out.WriteLineAsync($"{order}: {await DoAsync(services, order)}")));
        }
        await Task.WhenAll(asked);
        return 0;
    }

    private static Task<string> DoAsync(ServiceProvider services, string order) => order switch
    {
        _ when order.StartsWith(Ask, StringComparison.Ordinal) => AskAsync(services.GetRequiredService<IModelCalls>(), order[Ask.Length..]),
        _ when order.StartsWith(Off, StringComparison.Ordinal) => SwitchOffAsync(services, Guid.Parse(order[Off.Length..])),
        _ => throw new InvalidOperationException($"\"{order}\" is no order."),
    };

    private static async Task<string> AskAsync(IModelCalls calls, string data)
    {
        try
        {
            return (await calls.AskAsync(new(AiRunType.Conversation, "bench/1", "Repeat what you are told.", data, "result", Schema, Guid.Empty, null, null), default)).FromCache ? Cached : Paid;
        }
        catch (ModelUnavailableException none)
        {
            return none.Code;
        }
    }

    // As this administrator does on their page.
    private static async Task<string> SwitchOffAsync(ServiceProvider services, Guid administrator)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<IActAs>().ActAs(_ => new(administrator), ChangeOrigin.Command);
        var settings = scope.ServiceProvider.GetRequiredService<IAiSettings>();
        var view = (await settings.GetAsync(default)).Value;
        var saved = await settings.UpdateAsync(view.Version, view.Fields with { Enabled = false }, default);
        return saved.Succeeded ? Done : "refused";
    }
}
