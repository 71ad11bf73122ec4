using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.Platform.Ocr;

/// <param name="Time">From its start to its end, then it is killed.</param>
/// <param name="Memory">Megabytes of address space. Held where the system has a shell (/bin/sh).</param>
/// <param name="Output">Megabytes that it may say; then it is killed.</param>
internal sealed record ProcessBounds(TimeSpan Time, int Memory, int Output);

internal sealed record ProcessAnswer(int ExitCode, byte[] Output, string Errors);

/// <summary>Runs a program of the machine on what strangers sent: never longer, larger or more talkative than allowed, and gone when the call is.</summary>
internal static class BoundedProcess
{
    private const string Shell = "/bin/sh";
    private const int MostErrors = 4000;

    /// <param name="folder">Its working folder, and where it may put temporary files.</param>
    /// <returns>What it said, whatever its exit code; or card.reader.missing, card.reader.slow, card.reader.failed.</returns>
    public static async Task<Result<ProcessAnswer>> RunAsync(string program, IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, string folder, ProcessBounds bounds, CancellationToken ct)
    {
        using var process = new Process { StartInfo = Start(program, arguments, folder, bounds) };
        try
        {
            process.Start();
        }
        catch (Exception fault) when (fault is Win32Exception or FileNotFoundException or DirectoryNotFoundException)
        {
            return new Error("card.reader.missing", null, Path.GetFileName(program));
        }
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        over.CancelAfter(bounds.Time);
        try
        {
            var said = OutputAsync(process, bounds.Output * 1024 * 1024, over.Token);
            var errors = ErrorsAsync(process, over.Token);
            await Task.WhenAll(SendAsync(process, input, over.Token), said, errors);
            await process.WaitForExitAsync(over.Token);
            return await said is { } output ? new ProcessAnswer(process.ExitCode, output, await errors) : new Error("card.reader.failed", null);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Error("card.reader.slow", null);
        }
        finally
        {
            await EndAsync(process);
        }
    }

    private static ProcessStartInfo Start(string program, IReadOnlyList<string> arguments, string folder, ProcessBounds bounds)
    {
        var start = new ProcessStartInfo { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (File.Exists(Shell))
        {
            start.FileName = Shell;
            var kilobytes = (bounds.Memory * 1024L).ToString(CultureInfo.InvariantCulture);
            foreach (var part in (string[])["-c", "ulimit -c 0; ulimit -v \"$1\" || exit 126; shift; exec \"$@\"", "sh", kilobytes, program, .. arguments]) start.ArgumentList.Add(part);
        }
        else
        {
            start.FileName = program;
            foreach (var part in arguments) start.ArgumentList.Add(part);
        }
        // One core each: several cards are read side by side. Keys and connection strings of ours are none of its business.
        var path = start.Environment.TryGetValue("PATH", out var found) ? found : null;
        var data = start.Environment.TryGetValue("TESSDATA_PREFIX", out found) ? found : null;
        start.Environment.Clear();
        (string Name, string? Value)[] given =
        [
            ("PATH", path), ("TESSDATA_PREFIX", data), ("LC_ALL", "C.UTF-8"), ("OMP_THREAD_LIMIT", "1"), ("MAGICK_THREAD_LIMIT", "1"),
            ("TMPDIR", folder), ("TEMP", folder), ("TMP", folder), ("MAGICK_TEMPORARY_PATH", folder), ("HOME", folder), ("SystemRoot", Environment.GetEnvironmentVariable("SystemRoot")),
        ];
        foreach (var (name, value) in given) if (value is not null) start.Environment[name] = value;
        return start;
    }

    private static async Task SendAsync(Process process, ReadOnlyMemory<byte> input, CancellationToken ct)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, ct);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read all: its exit code tells.
        }
    }

    private static async Task<byte[]?> OutputAsync(Process process, int most, CancellationToken ct)
    {
        using var said = new MemoryStream();
        var part = new byte[81920];
        int read;
        while ((read = await process.StandardOutput.BaseStream.ReadAsync(part, ct)) > 0)
        {
            said.Write(part, 0, read);
            if (said.Length <= most) continue;
            process.Kill(entireProcessTree: true);
            return null;
        }
        return said.ToArray();
    }

    private static async Task<string> ErrorsAsync(Process process, CancellationToken ct)
    {
        var errors = new StringBuilder();
        while (await process.StandardError.ReadLineAsync(ct) is { } line)
            if (errors.Length < MostErrors) errors.AppendLine(line.Length > 400 ? line[..400] : line);
        return errors.ToString();
    }

    private static async Task EndAsync(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            return; // it ended in between
        }
        await process.WaitForExitAsync(CancellationToken.None);
    }
}
