using System.Buffers.Binary;

namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>Many grey pictures in one file (TIFF 6.0, uncompressed), so that an engine loads its data once for all of them.</summary>
internal static class GrayTiff
{
    private const int Entries = 10;
    private const int DirectorySize = 2 + (Entries * 12) + 4 + 8;

    public static byte[] Of(IReadOnlyList<Raster> pages, int dotsPerInch)
    {
        var file = new byte[8 + pages.Sum(p => DirectorySize + p.Data.Length + (p.Data.Length & 1))];
        "II*\0"u8.CopyTo(file);
        var at = 8;
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), at);
        for (var i = 0; i < pages.Count; i++)
        {
            var page = pages[i];
            var data = at + DirectorySize;
            var next = data + page.Data.Length + (page.Data.Length & 1);
            var directory = file.AsSpan(at, DirectorySize);
            BinaryPrimitives.WriteUInt16LittleEndian(directory, Entries);
            (int Tag, int Type, int Value)[] entries =
            [
                (256, 4, page.Width), (257, 4, page.Height), (258, 3, 8), (259, 3, 1), (262, 3, 1),
                (273, 4, data), (278, 4, page.Height), (279, 4, page.Data.Length), (282, 5, data - 8), (283, 5, data - 8),
            ];
            for (var e = 0; e < Entries; e++)
            {
                var entry = directory[(2 + (e * 12))..];
                BinaryPrimitives.WriteUInt16LittleEndian(entry, (ushort)entries[e].Tag);
                BinaryPrimitives.WriteUInt16LittleEndian(entry[2..], (ushort)entries[e].Type);
                BinaryPrimitives.WriteInt32LittleEndian(entry[4..], 1);
                BinaryPrimitives.WriteInt32LittleEndian(entry[8..], entries[e].Value);
            }
            BinaryPrimitives.WriteInt32LittleEndian(directory[(2 + (Entries * 12))..], i == pages.Count - 1 ? 0 : next);
            BinaryPrimitives.WriteInt32LittleEndian(directory[^8..], dotsPerInch);
            BinaryPrimitives.WriteInt32LittleEndian(directory[^4..], 1);
            page.Data.CopyTo(file, data);
            at = next;
        }
        return file;
    }
}
