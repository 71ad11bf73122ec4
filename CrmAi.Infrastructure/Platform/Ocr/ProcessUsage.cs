using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>What this process and the programs that it ran and that have ended used.</summary>
/// <param name="Own">Processor time.</param>
/// <param name="OwnPeak">Bytes of memory at the most.</param>
/// <param name="ChildPeak">Of the largest of the programs.</param>
internal sealed record ProcessUsage(TimeSpan Own, TimeSpan Children, long OwnPeak, long ChildPeak)
{
    private const int OfChildren = -1;

    /// <summary>Null where the system does not tell (getrusage of POSIX, in the shape of 64-bit Linux).</summary>
    public static ProcessUsage? Read()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess) return null;
        // Two times of seconds and microseconds, the peak in kilobytes, and thirteen numbers more.
        var usage = new long[18];
        if (getrusage(OfChildren, usage) != 0) return null;
        using var self = Process.GetCurrentProcess();
        return new(self.TotalProcessorTime, TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3]), self.PeakWorkingSet64, usage[4] * 1024);
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int getrusage(int who, [Out] long[] usage);
}
