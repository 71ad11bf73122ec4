using System.Diagnostics;
using System.Globalization;

namespace CrmAi.Bench;

/// <summary>
/// Has the bulk jobs of a data folder done by one process after the other, each killed at a step drawn at random, and at last by one that is left alone. The next process starts while one is at work.
/// </summary>
/// <param name="program">CrmAi.Bench.dll.</param>
/// <param name="release">What the end of a dead worker's lease does.</param>
internal sealed class ImportKills(string program, string folder, IReadOnlyList<string> settings, Random random, Func<Task> release)
{
    /// <summary>A dead worker's lease ends, without anybody having to wait for it, and is not held against the job: one that kills its workers is given up.</summary>
    public const string Release = "UPDATE Jobs SET LeasedUntil = '2000-01-01 00:00:00', Attempts = 1 WHERE State = 'Running'";

    /// <summary>Steps until the end of a process at most: a batch takes about a dozen.</summary>
    private const int MostSteps = 90;

    /// <summary>Answers the steps at which processes were killed: fewer than asked for where the work was done before.</summary>
    public async Task<IReadOnlyList<int>> RunAsync(int kills)
    {
        var killed = new List<int>();
        var next = Start();
        try
        {
            while (true)
            {
                using var worker = next;
                next = Start();
                if (await worker.StandardOutput.ReadLineAsync() != ImportWorker.Ready) throw new InvalidOperationException(await worker.StandardError.ReadToEndAsync());
                await release();
                var last = killed.Count < kills ? random.Next(1, MostSteps) : 0;
                await worker.StandardInput.WriteLineAsync(last.ToString(CultureInfo.InvariantCulture));
                var isDone = await worker.StandardOutput.ReadLineAsync() == ImportWorker.Done;
                await worker.WaitForExitAsync();
                if (isDone) return killed;
                if (last == 0) throw new InvalidOperationException("The last worker ended by itself.");
                killed.Add(last);
            }
        }
        finally
        {
            if (!next.HasExited) next.Kill();
            await next.WaitForExitAsync();
            next.Dispose();
        }
    }

    private Process Start() =>
        Process.Start(new ProcessStartInfo("dotnet", [program, "import-worker", $"--Data:Folder={folder}", .. settings]) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
}
