namespace CrmAi.Domain.Shared;

/// <summary>Keys that sort in the order in which this process made them.</summary>
public static class Ids
{
    private const int Steps = 1 << 12;

    private static readonly Lock Gate = new();
    private static long last;

    /// <summary>When it was made (UTC), to the millisecond or a few of them; null for ids that do not say.</summary>
    public static DateTime? MadeAt(Guid id)
    {
        if (id.Version != 7) return null;
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        long milliseconds = 0;
        foreach (var part in bytes[..6]) milliseconds = (milliseconds << 8) | part;
        return DateTime.UnixEpoch.AddMilliseconds(Math.Min(milliseconds, 253_402_300_799_999));
    }

    /// <summary>
    /// A version 7 id (RFC 9562): 48 bits of milliseconds, 12 of a counter that orders ids of one millisecond (method 1 of section 6.2), 62 random ones.
    /// </summary>
    public static Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7().TryWriteBytes(bytes, bigEndian: true, out _);
        long milliseconds = 0;
        foreach (var part in bytes[..6]) milliseconds = (milliseconds << 8) | part;
        long place;
        // A clock that stands still or goes back: the counter goes on, into the next millisecond where it must.
        lock (Gate) place = last = Math.Max(last + 1, milliseconds * Steps);
        var (time, step) = (place / Steps, (int)(place % Steps));
        for (var i = 5; i >= 0; i--, time >>= 8) bytes[i] = (byte)time;
        bytes[6] = (byte)(0x70 | (step >> 8));
        bytes[7] = (byte)step;
        return new(bytes, bigEndian: true);
    }
}
