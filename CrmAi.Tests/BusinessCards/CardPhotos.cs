using System.Buffers.Binary;
using System.Text;
using CrmAi.Infrastructure.Data.Seed;

namespace CrmAi.Tests.BusinessCards;

/// <summary>Photos of cards, and files made by hand that are photos by their parts.</summary>
internal static class CardPhotos
{
    public static byte[] Card(string name)
    {
        using var file = typeof(DemoFiles).Assembly.GetManifestResourceStream($"CrmAi.Infrastructure.Data.Seed.Cards.{name}")!;
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>A head that says how large it is, and nearly nothing behind it.</summary>
    public static byte[] Png(int width, int height, bool animated = false)
    {
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 2);
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Part("IHDR", head), .. animated ? Part("acTL", new byte[8]) : [], .. Part("IDAT", [0x78, 0x9C, 3, 0, 0, 0, 0, 1]), .. Part("IEND", [])];

        static byte[] Part(string kind, byte[] content)
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
            return [.. length, .. Encoding.ASCII.GetBytes(kind), .. content, 0, 0, 0, 0];
        }
    }

    /// <summary>With other sides written into its frame.</summary>
    public static byte[] Sized(byte[] jpeg, int width, int height)
    {
        var sized = jpeg.ToArray();
        for (var at = 2; at + 9 < sized.Length && sized[at] == 0xFF; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(sized.AsSpan(at + 2)))
        {
            if (sized[at + 1] is not (0xC0 or 0xC2)) continue;
            BinaryPrimitives.WriteUInt16BigEndian(sized.AsSpan(at + 5), (ushort)height);
            BinaryPrimitives.WriteUInt16BigEndian(sized.AsSpan(at + 7), (ushort)width);
        }
        return sized;
    }

    /// <summary>As a camera writes it: which way is up, where and by whom.</summary>
    public static byte[] Tagged(byte[] jpeg, int orientation, string secret)
    {
        byte[] exif = [.. "Exif\0\0II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(secret)];
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)((exif.Length + 2) >> 8), (byte)(exif.Length + 2), .. exif, .. jpeg.AsSpan(2)];
    }

    /// <summary>The frame of a lossless WebP file.</summary>
    public static byte[] WebP(int width, int height, bool animated = false)
    {
        var bits = (uint)((width - 1) | ((height - 1) << 14));
        byte[] parts = [.. "WEBP"u8, .. animated ? Part("VP8X", [0b10, 0, 0, 0, 7, 0, 0, 7, 0, 0]) : [], .. Part("VP8L", [0x2F, (byte)bits, (byte)(bits >> 8), (byte)(bits >> 16), (byte)(bits >> 24), 7, 7, 7])];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, parts.Length);
        return [.. "RIFF"u8, .. length, .. parts];

        static byte[] Part(string kind, byte[] content)
        {
            var size = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(size, content.Length);
            return [.. Encoding.ASCII.GetBytes(kind), .. size, .. content, .. content.Length % 2 == 1 ? new byte[1] : []];
        }
    }

    public static byte[] Animated() => WebP(8, 8, animated: true);
}
