using System.Diagnostics;
using CrmAi.Bench;
using CrmAi.Tests.Support;

namespace CrmAi.Tests.AiRuns;

/// <summary>A process of the operating system that asks the model on a test's stage.</summary>
internal sealed class AskingProcess : IDisposable
{
    private readonly Process process;
    private readonly Lock gate = new();
    private readonly List<string> said = [], complained = [];

    private AskingProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Keep(said, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(complained, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Ready to be told.</summary>
    public static async Task<AskingProcess> StartAsync(string folder, Uri model, params string[] settings)
    {
        var program = Path.Combine(AppContext.BaseDirectory.Replace($"{Path.DirectorySeparatorChar}CrmAi.Tests{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}{Path.Combine("infra", "bench")}{Path.DirectorySeparatorChar}", StringComparison.Ordinal), "CrmAi.Bench.dll");
        string[] all = [program, "ask", $"--Data:Folder={folder}", "--Ai:Model=stand-in-1", $"--Ai:BaseAddress={model}", "--Ai:InputPrice=10", "--Ai:OutputPrice=50", "--Ai:RetryDelay=00:00:00.001", "--Ai:Concurrency=16", .. settings];
        var asking = new AskingProcess(Process.Start(new ProcessStartInfo("dotnet", all) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!);
        await asking.HearsAsync(line => line == Asker.Ready);
        return asking;
    }

    public void Tell(IEnumerable<string> orders)
    {
        process.StandardInput.Write(string.Concat(orders.Select(o => o + "\n")));
        process.StandardInput.Flush();
    }

    /// <summary>Asks, and waits for what comes of it.</summary>
    public async Task<string> AskAsync(string question)
    {
        Tell([Asker.Ask + question]);
        return (await AnswersAsync([question]))[0];
    }

    public async Task SwitchOffAsync(Guid administrator)
    {
        var order = Asker.Off + administrator;
        Tell([order]);
        await HearsAsync(line => line == $"{order}: {Asker.Done}");
    }

    /// <summary>What came of these questions, in their order.</summary>
    public async Task<IReadOnlyList<string>> AnswersAsync(IReadOnlyCollection<string> questions)
    {
        var outcomes = new List<string>();
        foreach (var question in questions)
        {
            var start = $"{Asker.Ask}{question}: ";
            outcomes.Add((await HearsAsync(line => line.StartsWith(start, StringComparison.Ordinal)))[start.Length..]);
        }
        return outcomes;
    }

    /// <summary>SIGKILL: nothing is put away.</summary>
    public void Kill()
    {
        process.HasExited.ShouldBeFalse("it ended by itself");
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }
        process.Dispose();
    }

    // What is heard is taken: the same question's next answer is another.
    private async Task<string> HearsAsync(Func<string, bool> expected)
    {
        string? heard = null;
        await Eventually.TrueAsync(() => (heard = Take(expected)) is not null, "the process did not say it");
        return heard!;
    }

    private string? Take(Func<string, bool> expected)
    {
        lock (gate)
        {
            var place = said.FindIndex(line => expected(line));
            if (place < 0) return process.HasExited ? throw new InvalidOperationException("The process ended:\n" + string.Join('\n', said.Concat(complained))) : null;
            var heard = said[place];
            said.RemoveAt(place);
            return heard;
        }
    }

    private void Keep(List<string> lines, string? line)
    {
        lock (gate)
        {
            if (line is not null) lines.Add(line);
        }
    }
}
