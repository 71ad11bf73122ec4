using System.Collections.Concurrent;
using System.Diagnostics;

namespace CrmAi.Bench;

/// <summary>Milliseconds of one piece of work, repeated.</summary>
/// <param name="Cpu">Of the process that did the work, for one piece: it hardly depends on what else the machine does.</param>
internal sealed record Timing(double P50, double P95, int Times, double Cpu = 0)
{
    public static Timing Of(IEnumerable<double> spent)
    {
        var sorted = spent.Order().ToArray();
        return sorted.Length == 0 ? new(0, 0, 0) : new(sorted[sorted.Length / 2], sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * 0.95))], sorted.Length);
    }
}

/// <summary>Repeats a piece of work and takes its time.</summary>
internal static class Measure
{
    public static void Head() => Console.WriteLine($"{"",-34} {"p50 ms",9} {"p95 ms",9} {"rows",8}");

    /// <param name="work">Answers how many rows it got.</param>
    public static async Task RunAsync(string name, int times, Func<Task<int>> work)
    {
        var rows = 0;
        var timing = await LoadAsync(1, times, TimeSpan.MaxValue, async _ => rows = await work());
        Console.WriteLine($"{name,-34} {timing.P50,9:F1} {timing.P95,9:F1} {rows,8}");
    }

    /// <summary>So many at once, each beginning anew when it is done, until enough times or time have passed; the first ones are not counted.</summary>
    /// <param name="work">Is told how often work was begun before.</param>
    /// <param name="worker">The process that does it.</param>
    /// <param name="warm">How many are not counted.</param>
    public static async Task<Timing> LoadAsync(int clients, int times, TimeSpan most, Func<int, Task> work, Process? worker = null, int warm = 3)
    {
        for (var i = 0; i < warm; i++) await work(i);
        var (begun, started, spent, cpu) = (warm - 1, Stopwatch.GetTimestamp(), new ConcurrentBag<double>(), Cpu(worker));
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref begun) is var turn && turn < times + warm && Stopwatch.GetElapsedTime(started) < most)
            {
                var at = Stopwatch.GetTimestamp();
                await work(turn);
                spent.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
            }
        })));
        return Timing.Of(spent) with { Cpu = (Cpu(worker) - cpu) / Math.Max(1, spent.Count) };
    }

    private static double Cpu(Process? process)
    {
        process?.Refresh();
        return process?.TotalProcessorTime.TotalMilliseconds ?? 0;
    }
}
