using System.Diagnostics;

namespace CrmAi.Bench;

/// <summary>Repeats a piece of work and prints how long it took.</summary>
internal static class Measure
{
    public static void Head() => Console.WriteLine($"{"",-34} {"p50 ms",9} {"p95 ms",9} {"rows",8}");

    /// <param name="work">Answers how many rows it got.</param>
    public static async Task RunAsync(string name, int times, Func<Task<int>> work)
    {
        var rows = await work(); // once to warm up
        var spent = new double[times];
        for (var i = 0; i < times; i++)
        {
            var started = Stopwatch.GetTimestamp();
            rows = await work();
            spent[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
        Array.Sort(spent);
        Console.WriteLine($"{name,-34} {spent[times / 2],9:F1} {spent[(int)(times * 0.95)],9:F1} {rows,8}");
    }
}
