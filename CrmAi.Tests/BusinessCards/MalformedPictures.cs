using System.Buffers.Binary;
using System.Text;

namespace CrmAi.Tests.BusinessCards;

/// <summary>Files that are no good as pictures of cards, of many kinds, the same for the same seed.</summary>
internal static class MalformedPictures
{
    /// <summary>Small, whole and valid JPEG, PNG and WebP files of one colour, from which others are made.</summary>
    private static readonly byte[] Jpeg = Convert.FromBase64String("/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==");
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABc3UBGAAAAABJRU5ErkJggg==");
    private static readonly byte[] WebP = Convert.FromBase64String("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");

    public static IEnumerable<(string Kind, byte[] File)> Of(int seed, int count)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++) yield return Make(random, i % 14);
    }

    private static (string Kind, byte[] File) Make(Random random, int kind)
    {
        switch (kind)
        {
            case 0: return ("zero bytes", []);
            case 1: return ("text", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 400)).Select(_ => "名片 card "[random.Next(8)]))));
            case 2: return ("PDF named .jpg", [.. "%PDF-1.7\n"u8, .. Noise(random, 500)]);
            case 3: return ("GIF", [.. "GIF89a"u8, .. Noise(random, 300)]);
            case 4: return ("HEIC", [0, 0, 0, 24, .. "ftypheic"u8, .. Noise(random, 200)]);
            case 5: return ("truncated JPEG", Cut(random, Sized(Jpeg, 800, 600)));
            case 6: return ("truncated PNG", Cut(random, WithSide(800, 600)));
            case 7: return ("JPEG 20,000 wide", Sized(Jpeg, 20_000, 300));
            case 8: return ("PNG of 60,000 by 60,000", WithSide(60_000, 60_000));
            case 9: return ("animated WebP", Animated());
            case 10: return ("tiny", random.Next(3) switch { 0 => Jpeg, 1 => Png, _ => WebP });
            case 11: return ("JPEG whose size is a lie", Sized(Jpeg, 900, 700));
            case 12: return ("PNG with spoilt data", Spoilt(random, WithSide(640, 480), 41));
            default: return ("noise with a JPEG's head", [0xFF, 0xD8, 0xFF, 0xE0, .. Noise(random, 800)]);
        }
    }

    /// <summary>The frame's height and width stand five bytes into its part.</summary>
    private static byte[] Sized(byte[] jpeg, int width, int height)
    {
        var file = jpeg.ToArray();
        var frame = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 5), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(frame + 7), (ushort)width);
        return file;
    }

    private static byte[] WithSide(int width, int height)
    {
        var file = Png.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        return file;
    }

    private static byte[] Animated()
    {
        byte[] file = [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0b10, 0, 0, 0, 0x1F, 3, 0, 0x57, 2, 0, .. "ANIM"u8, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        return file;
    }

    private static byte[] Cut(Random random, byte[] file) => file[..random.Next(4, file.Length - 4)];

    private static byte[] Spoilt(Random random, byte[] file, int from)
    {
        for (var i = 0; i < 4; i++) file[random.Next(from, file.Length - 16)] ^= (byte)random.Next(1, 256);
        return file;
    }

    private static byte[] Noise(Random random, int length)
    {
        var noise = new byte[random.Next(1, length)];
        random.NextBytes(noise);
        return noise;
    }
}
