using System.Diagnostics;

namespace CrmAi.Tests.Support;

/// <summary>The real program as a process of the operating system, on a test's data folder.</summary>
internal sealed class AppProcess : IDisposable
{
    private static readonly (string Name, string Value)[] Usual =
    [
        ("Demo__Seed", "false"), ("Jobs__Lease", "00:00:02"), ("Jobs__Sweep", "00:00:01"), ("Night__Scheduled", "false"), ("Night__Sweep", "00:00:01"), ("Night__Lease", "00:00:02"), ("Night__BatchSize", "1"),
        ("Night__Workers", "1"), ("Jobs__PersonWorkers", "1"), ("ASPNETCORE_ENVIRONMENT", "Development"), ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
    ];

    private readonly Process process;

    private AppProcess(Process process) => this.process = process;

    public static AppProcess Start(string folder, params ReadOnlySpan<(string Name, string Value)> settings)
    {
        var process = Process.Start(Order(folder, [], settings))!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new(process);
    }

    /// <summary>The exit code of a verb, and what it said.</summary>
    public static async Task<(int Code, string Said)> RunAsync(string folder, params string[] verb)
    {
        using var process = Process.Start(Order(folder, verb, []))!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(said));
    }

    private static ProcessStartInfo Order(string folder, string[] verb, ReadOnlySpan<(string Name, string Value)> settings)
    {
        var program = Path.Combine(AppContext.BaseDirectory.Replace($"{Path.DirectorySeparatorChar}CrmAi.Tests{Path.DirectorySeparatorChar}", $"{Path.DirectorySeparatorChar}CrmAi.Web{Path.DirectorySeparatorChar}", StringComparison.Ordinal), "CrmAi.Web.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. verb]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in ((string, string)[])[("Data__Folder", folder), ("Keys__File", Path.Combine(folder, "keys.json")), .. Usual, .. settings]) start.Environment[name] = value;
        return start;
    }

    /// <summary>SIGKILL: nothing is put away.</summary>
    public void Kill()
    {
        process.HasExited.ShouldBeFalse("the program ended by itself");
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited) Kill();
        process.Dispose();
    }
}
