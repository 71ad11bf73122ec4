using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CrmAi.Bench;

/// <summary>The real program on a data folder, as a process of its own.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Process process;
    private readonly string[] told = new string[20];
    private TaskCompletionSource<string>? memory;
    private int lines;

    private Server(Process process, Uri address)
    {
        (this.process, Address) = (process, address);
        process.OutputDataReceived += (_, said) => Hear(said.Data);
        process.ErrorDataReceived += (_, said) => Hear(said.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public Process Process => process;

    /// <summary>From the start of the process to the first page answered.</summary>
    public TimeSpan Started { get; private set; }

    public static async Task<Server> StartAsync(string program, string folder)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var began = Stopwatch.GetTimestamp();
        var server = new Server(Run(program, folder, [], ("ASPNETCORE_URLS", address.ToString()), ("DOTNET_STARTUP_HOOKS", typeof(Server).Assembly.Location)), address);
        using var visitor = new HttpClient { BaseAddress = address };
        while (true)
        {
            if (server.process.HasExited) throw new InvalidOperationException("The server did not start:\n" + string.Join('\n', server.told.Where(t => t is not null)));
            try
            {
                if ((await visitor.GetAsync(new Uri("/sign-in", UriKind.Relative))).StatusCode == HttpStatusCode.OK) break;
            }
            catch (HttpRequestException) { }
            await Task.Delay(5);
        }
        server.Started = Stopwatch.GetElapsedTime(began);
        return server;
    }

    /// <summary>One verb of the program, to its end.</summary>
    public static async Task VerbAsync(string program, string folder, params string[] verb)
    {
        using var process = Run(program, folder, verb);
        process.StandardInput.Close();
        var (said, failed) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{verb[0]}: {await said}{await failed}");
    }

    /// <summary>Bytes in use after a full collection, and bytes given by the system.</summary>
    public async Task<(long Used, long Given)> MemoryAsync()
    {
        memory = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await process.StandardInput.WriteLineAsync("memory");
        var parts = (await memory.Task).Split(' ');
        return (long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static Process Run(string program, string folder, string[] verb, params (string Name, string Value)[] more)
    {
        // Content is found beside the sources, where there are some, else beside the program.
        var sources = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(program)!, "../../.."));
        var start = new ProcessStartInfo("dotnet", [program, .. verb]) { WorkingDirectory = Directory.Exists(Path.Combine(sources, "wwwroot")) ? sources : folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in ((string, string)[])[("Data__Folder", folder), ("ASPNETCORE_ENVIRONMENT", "Development"), ("Limits__ApiPerMinute", "0"), ("Limits__SignInPerMinute", "0"), ("Logging__LogLevel__Default", "Warning"), .. more])
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        if (line.StartsWith(StartupHook.Answer, StringComparison.Ordinal)) memory?.TrySetResult(line[StartupHook.Answer.Length..]);
        else told[lines++ % told.Length] = line;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
