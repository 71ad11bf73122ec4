using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CrmAi.Bench.Models;
using CrmAi.Domain.AiRuns;
using CrmAi.Infrastructure;
using CrmAi.Infrastructure.AiRuns;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace CrmAi.Bench;

/// <param name="Folder">Of a database of its own; made where it is not there.</param>
/// <param name="Questions">How many differ from each other.</param>
/// <param name="Faults">How many requests of a hundred end in a fault before they are answered.</param>
internal sealed record LedgerOptions(string Folder, int Runs, int Questions, int Faults, int Callers, int Seed, TimeSpan Stall);

/// <param name="Asked">Requests that reached the stand-in.</param>
/// <param name="Billed">Of these, the answered ones; and the ledger's rows that cost something.</param>
/// <param name="Twice">Questions that were billed more than once.</param>
/// <param name="Again">Runs that gave up and were begun again, as a job would be.</param>
/// <param name="RerunBilled">What the same runs, all once more in another process's worth of services, were billed.</param>
internal sealed record LedgerReport(int Runs, int Questions, int Asked, int Billed, int Rows, int Twice, int Again, int RerunAsked, int RerunRows, TimeSpan Took, TimeSpan RerunTook, Timing Cached)
{
    public bool Holds => (Billed, Rows, Twice, RerunAsked) == (Questions, Questions, 0, 0) && RerunRows == Rows;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        {Runs:N0} runs over {Questions:N0} questions in {Took.TotalSeconds:F1} s: {Asked:N0} requests, {Asked - Billed:N0} ended in a fault, {Again:N0} runs were begun again
        answered by the model: {Billed:N0}; rows in the ledger that cost something: {Rows:N0}; questions billed twice: {Twice:N0}
        all runs once more: {RerunAsked:N0} requests, {RerunRows - Rows:N0} further rows, in {RerunTook.TotalSeconds:F1} s; one from the cache p50 {Cached.P50:F2} ms, p95 {Cached.P95:F2} ms
        {(Holds ? "holds: each question was billed exactly once" : "DOES NOT HOLD")}
        """);
}

/// <summary>Many questions to a model that often fails before it answers: what is billed, and whether anything is billed twice.</summary>
internal static class Ledger
{
    private const string Schema = """{"type":"object","properties":{"answer":{"type":"string"}},"required":["answer"],"additionalProperties":false}""";

    public static async Task<LedgerReport> RunAsync(LedgerOptions options, CancellationToken ct = default)
    {
        var faults = new Faults(options);
        await using var standIn = await StandInModel.StartAsync(faults.Reply);
        var (again, began) = (0, Stopwatch.GetTimestamp());
        TimeSpan took;
        await using (var services = Services(options, standIn))
        {
            await services.GetRequiredService<IDatabases>().MigrateAsync(ct);
            again = await AllAsync(services, options, null, ct);
            took = Stopwatch.GetElapsedTime(began);
        }
        var (asked, billed) = (standIn.Requests.Count, standIn.Answered);
        var twice = standIn.Requests.Where(r => faults.Answered.ContainsKey(r.Number)).GroupBy(r => r.Data).Count(g => g.Count() > 1);
        // As after a restart: nothing is remembered but what stands in the database.
        await using var restarted = Services(options, standIn);
        var rows = await RowsAsync(restarted, ct);
        began = Stopwatch.GetTimestamp();
        var cached = new ConcurrentBag<double>();
        await AllAsync(restarted, options, cached, ct);
        return new(options.Runs, options.Questions, asked, billed, rows, twice, again, standIn.Requests.Count - asked, await RowsAsync(restarted, ct), took, Stopwatch.GetElapsedTime(began), Timing.Of(cached));
    }

    private static async Task<int> AllAsync(ServiceProvider services, LedgerOptions options, ConcurrentBag<double>? spent, CancellationToken ct)
    {
        var calls = services.GetRequiredService<IModelCalls>();
        var again = 0;
        var dice = new Random(options.Seed);
        // Every question once, the rest at random, in any order.
        int[] runs = [.. Enumerable.Range(0, options.Runs).Select(i => i < options.Questions ? i : dice.Next(options.Questions))];
        dice.Shuffle(runs);
        await Parallel.ForEachAsync(runs, new ParallelOptions { MaxDegreeOfParallelism = options.Callers, CancellationToken = ct }, async (run, token) =>
        {
            var at = Stopwatch.GetTimestamp();
            while (!await AnsweredAsync(calls, run, token)) Interlocked.Increment(ref again);
            spent?.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        });
        return again;
    }

    private static async Task<bool> AnsweredAsync(IModelCalls calls, int run, CancellationToken ct)
    {
        try
        {
            var answer = await calls.AskAsync(new(AiRunType.Conversation, "bench/1", "Repeat what you are told.", Data(run), "result", Schema, Guid.Empty, null, null), ct);
            return answer.Content.GetProperty("answer").GetString() == Data(run) ? true : throw new InvalidOperationException("Another question's answer.");
        }
        catch (ModelUnavailableException)
        {
            return false;
        }
    }

    private static string Data(int run) => string.Create(CultureInfo.InvariantCulture, $"question {run}");

    private static async Task<int> RowsAsync(ServiceProvider services, CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync(ct);
        return await db.AiCalls.CountAsync(c => c.CostMicros > 0, ct);
    }

    private static ServiceProvider Services(LedgerOptions options, StandInModel standIn)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Data:Folder"] = options.Folder, ["Ai:Model"] = "stand-in-1", ["Ai:BaseAddress"] = standIn.Address.ToString(), ["Ai:InputPrice"] = "2", ["Ai:OutputPrice"] = "8",
            ["Ai:Concurrency"] = options.Callers.ToString(CultureInfo.InvariantCulture), ["Ai:Timeout"] = options.Stall.ToString(), ["Ai:RetryDelay"] = "00:00:00.010", ["Ai:BreakerPause"] = "00:00:00.050", ["Ai:BreakerFaults"] = "8",
        }).Build();
        var all = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration);
        all.AddInfrastructure(configuration, new HostingEnvironment { EnvironmentName = Environments.Development });
        return all.BuildServiceProvider();
    }

    /// <summary>Which requests fail, by the seed and the order of coming.</summary>
    private sealed class Faults(LedgerOptions options)
    {
        private readonly Random dice = new(options.Seed);

        public ConcurrentDictionary<int, bool> Answered { get; } = [];

        public StandInReply Reply(StandInRequest request)
        {
            int thrown;
            lock (dice) thrown = dice.Next(100) < options.Faults ? dice.Next(20) : -1;
            if (thrown < 0) Answered[request.Number] = true;
            return thrown switch
            {
                < 0 => StandInReply.Answer($$"""{"answer":"{{request.Data}}"}"""),
                0 => StandInReply.Hang(), // few, since each takes its time
                < 5 => StandInReply.Refused(429, "0"),
                < 10 => StandInReply.Refused(429),
                < 15 => StandInReply.Refused(503),
                _ => StandInReply.Dropped(),
            };
        }
    }
}
