using System.Buffers.Binary;

namespace CrmAi.Infrastructure.ContactFiles;

/// <summary>A zip's table of contents, counted where it stands: the library makes something of every entry before it tells how many there are.</summary>
internal static class ZipDirectory
{
    // APPNOTE 4.3.12, 4.3.14 to 4.3.16: an entry, the ends of the table with large numbers and without, and where the former stands.
    private const uint Entry = 0x02014b50, LargeEnd = 0x06064b50, End = 0x06054b50, Locator = 0x07064b50;
    private const int EntrySize = 46, EndSize = 22, LocatorSize = 20, LargeEndSize = 56, MaxComment = 65_535;

    /// <summary>False also where there is no table: whoever opens the file finds that out.</summary>
    public static bool HasMoreThan(Stream zip, int most)
    {
        if (Start(zip) is not { } at || at < 0) return false;
        var (window, from, length) = (new byte[1 << 16], 0L, 0);
        for (var count = 0; ; count++)
        {
            if (at < from || at + EntrySize > from + length)
            {
                if (at + EntrySize > zip.Length) return false;
                (zip.Position, from) = (at, at);
                length = zip.ReadAtLeast(window, EntrySize, throwOnEndOfStream: false);
                if (length < EntrySize) return false;
            }
            var head = (int)(at - from);
            if (Number(window, head) != Entry) return false;
            if (count >= most) return true;
            at += EntrySize + Short(window, head + 28) + Short(window, head + 30) + Short(window, head + 32);
        }
    }

    private static long? Start(Stream zip)
    {
        var tail = new byte[(int)Math.Min(zip.Length, EndSize + MaxComment + LocatorSize)];
        zip.Position = zip.Length - tail.Length;
        zip.ReadExactly(tail);
        Span<byte> sign = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(sign, End);
        var end = tail.AsSpan().LastIndexOf(sign);
        if (end < 0 || end + EndSize > tail.Length) return null;
        var isLarge = Short(tail, end + 4) == ushort.MaxValue || Short(tail, end + 8) == ushort.MaxValue || Short(tail, end + 10) == ushort.MaxValue || Number(tail, end + 16) == uint.MaxValue;
        if (!isLarge || end < LocatorSize || Number(tail, end - LocatorSize) != Locator) return Number(tail, end + 16);
        var at = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(end - LocatorSize + 8));
        if (at < 0 || at + LargeEndSize > zip.Length) return null;
        var large = new byte[LargeEndSize];
        zip.Position = at;
        zip.ReadExactly(large);
        return Number(large, 0) == LargeEnd ? BinaryPrimitives.ReadInt64LittleEndian(large.AsSpan(48)) : null;
    }

    private static uint Number(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at));

    private static int Short(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at));
}
