using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using CrmAi.Bench.Models;
using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Profiles;
using CrmAi.Infrastructure;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.NightRuns;
using CrmAi.Infrastructure.Profiles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;

namespace CrmAi.Bench;

/// <param name="Folder">Of a database of its own; filled where it is empty.</param>
/// <param name="Alone">Contacts whose profiles are made once more without the database, for comparison.</param>
/// <param name="Asked">Contacts of a second database, whose profiles a model is asked for.</param>
internal sealed record NightOptions(string Folder, int Contacts, int Alone, int Asked, int AtOnce, TimeSpan Answer);

/// <param name="Day">The night after a day on which nothing was said: scores that the day alone made others.</param>
/// <param name="DayAgain">The same night once more.</param>
/// <param name="AlonePerSecond">The same analyses of some of these contacts on all cores, nothing read or written.</param>
/// <param name="Possible">Contacts a second where nothing but the model took time.</param>
/// <param name="Asked">Requests that reached the stand-in.</param>
/// <param name="Steady">Requests a second from the first to the last, those that it had places for at once left out: without what goes before and comes after.</param>
/// <param name="FirstCpu">Milliseconds of all cores together for one contact: what to compare where other work on the machine makes the clock useless.</param>
/// <param name="ModelCpu">Likewise, the stand-in's own included.</param>
internal sealed record NightsReport(NightReport First, double FirstCpu, NightProgress Second, TimeSpan SecondTook, NightProgress Day, TimeSpan DayTook, NightProgress DayAgain, double AlonePerSecond, NightProgress Model, double ModelCpu, double Possible, int Asked, double Steady, int SecondCalls, int AtOnce)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        first night, rules:   {First.Progress.Chosen:N0} contacts, {First.Progress.Renewed:N0} renewed, {First.Progress.Failed:N0} failed, {First.Progress.PerSecond:F0} a second; of the workers' time reading {First.Reading:P0}, analysis {First.Analysis:P0}, scores and suggestions {First.Scoring:P0}, writing {First.Writing:P0}; {FirstCpu:F2} ms of processor a contact, enough for {Environment.ProcessorCount * 1000 / FirstCpu:F0} a second
        the analyses alone:   {AlonePerSecond:F0} a second on {Environment.ProcessorCount} cores
        second night:         {Second.Chosen:N0} chosen, {Second.Renewed:N0} renewed, {SecondTook.TotalSeconds:F1} s
        a day later:          {Day.Chosen:N0} chosen, {Day.Rescored:N0} with scores of another day, {Day.Renewed:N0} renewed, {Day.PaidCalls} calls, {DayTook.TotalSeconds:F1} s; once more: {DayAgain.Chosen:N0} chosen
        model at {AtOnce} at once: {Model.Renewed:N0} contacts, {Asked:N0} requests, {Model.PerSecond:F1} contacts a second of {Possible:F1} possible ({Model.PerSecond / Possible:P1}), {Steady:F1} without the beginning and the end ({Steady / Possible:P1}), {ModelCpu:F2} ms of processor a contact; the night after: {SecondCalls} requests
        """);
}

/// <summary>A night over a big company: with the rules, again with nothing changed, a day later, and with a model that takes its time.</summary>
internal static class Nights
{
    private const int MostWarm = 1_500;

    public static async Task<NightsReport> RunAsync(NightOptions options, CancellationToken ct = default)
    {
        NightReport first;
        NightProgress second, day, dayAgain;
        TimeSpan took, dayTook;
        double alone, firstCpu;
        var clock = new LaterClock();
        await using (var services = Services(options.Folder, null, clock, options))
        {
            await NightData.FillAsync(services, options.Contacts, ct);
            var used = Environment.CpuUsage.TotalTime;
            first = await NightAsync(services, ct);
            firstCpu = (Environment.CpuUsage.TotalTime - used).TotalMilliseconds / Math.Max(1, first.Progress.Done);
            var began = Stopwatch.GetTimestamp();
            second = (await NightAsync(services, ct)).Progress;
            took = Stopwatch.GetElapsedTime(began);
            clock.Later = TimeSpan.FromDays(1);
            began = Stopwatch.GetTimestamp();
            day = (await NightAsync(services, ct)).Progress;
            dayTook = Stopwatch.GetElapsedTime(began);
            dayAgain = (await NightAsync(services, ct)).Progress;
            alone = await AloneAsync(services, options.Alone, ct);
        }
        var (came, answer) = (new ConcurrentQueue<long>(), TimeSpan.FromMilliseconds(1));
        await using var standIn = await StandInModel.StartAsync(_ =>
        {
            came.Enqueue(Stopwatch.GetTimestamp());
            return StandInReply.Answer("""{"claims":[]}""") with { Hold = Task.Delay(answer, ct) };
        });
        // As in a program that has been running for a while: other contacts go before, uncounted, without waiting.
        await using (var warm = Services(Path.Combine(options.Folder, "warm"), standIn, new(), options))
        {
            await NightData.FillAsync(warm, Math.Min(options.Asked, MostWarm), ct);
            await NightAsync(warm, ct);
        }
        answer = options.Answer;
        await using var asking = Services(Path.Combine(options.Folder, "model"), standIn, new(), options);
        await NightData.FillAsync(asking, options.Asked, ct);
        var before = Environment.CpuUsage.TotalTime;
        var others = standIn.Requests.Count;
        came.Clear();
        var model = (await NightAsync(asking, ct)).Progress;
        var modelCpu = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Math.Max(1, model.Done);
        var asked = standIn.Requests.Count - others;
        var steady = Math.Max(0, asked - options.AtOnce) / Math.Max(0.001, Stopwatch.GetElapsedTime(came.Min(), came.Max()).TotalSeconds);
        await NightAsync(asking, ct);
        return new(first, firstCpu, second, took, day, dayTook, dayAgain, alone, model, modelCpu, options.AtOnce / options.Answer.TotalSeconds, asked, steady, standIn.Requests.Count - others - asked, options.AtOnce);
    }

    private static async Task<NightReport> NightAsync(ServiceProvider services, CancellationToken ct)
    {
        var time = services.GetRequiredService<TimeProvider>();
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync(ct);
        var now = time.GetUtcNow().UtcDateTime;
        var run = new NightRun { CreatedAt = now, EndsAt = now.AddHours(12) };
        db.NightRuns.Add(run);
        await db.SaveChangesAsync(ct);
        await services.GetRequiredService<NightWorkers>().DrainAsync(ct);
        db.ChangeTracker.Clear();
        return (await NightReports.OfAsync(db, NightChoice.Viewer, run.Id, time.GetUtcNow().UtcDateTime, ct))!;
    }

    private static async Task<double> AloneAsync(ServiceProvider services, int contacts, CancellationToken ct)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync(ct);
        var ids = await db.Contacts.OrderBy(c => c.Id).Select(c => c.Id).Take(contacts).ToListAsync(ct);
        var inputs = new List<ProfileInput>();
        foreach (var some in ids.Chunk(200)) inputs.AddRange((await ProfileBatches.OfAsync(db, some, NightChoice.Viewer, ct)).Select(c => c.Input).OfType<ProfileInput>());
        var analyst = services.GetRequiredService<RulesProfileAnalyst>();
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(inputs, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct }, async (input, token) => ProfileCheck.Apply(input, (await analyst.AnalyseAsync(input, Guid.Empty, token)).Result));
        return inputs.Count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static ServiceProvider Services(string folder, StandInModel? standIn, LaterClock clock, NightOptions options)
    {
        Directory.CreateDirectory(folder);
        // Twice as many contacts as the model has places: some are read, and their answers put on record, while the others wait for it.
        var (places, atOnce) = (options.AtOnce.ToString(CultureInfo.InvariantCulture), (2 * options.AtOnce).ToString(CultureInfo.InvariantCulture));
        var settings = new Dictionary<string, string?> { ["Data:Folder"] = folder, ["Night:Scheduled"] = "false" };
        if (standIn is not null)
        {
            foreach (var (name, value) in (IEnumerable<(string, string)>)[("Ai:Model", "stand-in-1"), ("Ai:BaseAddress", standIn.Address.ToString()), ("Ai:Concurrency", places), ("Night:AtOnce", atOnce), ("Night:Workers", "4")]) settings[name] = value;
        }
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var all = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration);
        all.AddInfrastructure(configuration, new HostingEnvironment { EnvironmentName = Environments.Development });
        all.AddSingleton<TimeProvider>(clock);
        return all.BuildServiceProvider();
    }

    private sealed class LaterClock : TimeProvider
    {
        public TimeSpan Later { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Later;
    }
}
