namespace CrmAi.Infrastructure.Platform.Files;

internal static class FullDisk
{
    // ENOSPC and EDQUOT of Linux and macOS, and what Windows answers where a disk is full.
    private static readonly int[] Codes = [28, 69, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    public static bool Is(IOException fault) => Codes.Contains(fault.HResult);
}
