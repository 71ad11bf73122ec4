using System.Buffers.Binary;

namespace CrmAi.Infrastructure.Platform.Files;

/// <param name="Bytes">Cleaned: what a camera or an editor wrote beside the picture (place, time, device, words) and whatever stood behind its end is gone.</param>
internal sealed record Picture(string ContentType, int Width, int Height, byte[] Bytes);

/// <summary>
/// Reads JPEG (ITU T.81), PNG (ISO 15948) and WebP (RFC 9649) by their parts and writes them anew from the parts that make the picture.
/// Nothing is decoded: a browser does that.
/// </summary>
internal static class Pictures
{
    private static readonly string[] PngParts = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs"];
    private static readonly string[] WebPParts = ["VP8 ", "VP8L", "VP8X", "ALPH", "ICCP", "ANIM", "ANMF"];

    /// <summary>Null where it is none of the three, or not whole.</summary>
    public static Picture? Read(ReadOnlySpan<byte> file)
    {
        var picture = file switch
        {
            [0xFF, 0xD8, 0xFF, ..] => Jpeg(file),
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Png(file),
            _ => file.Length > 20 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8) ? WebP(file) : null,
        };
        return picture is { Width: > 0, Height: > 0 } ? picture : null;
    }

    private static Picture? Jpeg(ReadOnlySpan<byte> file)
    {
        using var kept = new MemoryStream(file.Length);
        kept.Write(file[..2]);
        var (width, height, scans) = (0, 0, 0);
        for (var at = 2; at + 4 <= file.Length;)
        {
            if (file[at] != 0xFF) return null;
            var marker = file[at + 1];
            if (marker == 0xFF) { at++; continue; } // fill
            if (marker == 0xD9) break;
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (marker is <= 0x01 or (>= 0xD0 and <= 0xD8) || length < 2 || at + 2 + length > file.Length) return null;
            var part = file.Slice(at, 2 + length);
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                if (length < 8) return null;
                (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(part[5..]), BinaryPrimitives.ReadUInt16BigEndian(part[7..]));
            }
            // Of what applications add, the colours stay: JFIF, a colour profile, Adobe's transform. Of EXIF only which way is up.
            if (marker == 0xE1) kept.Write(Orientation.Only(part[4..]));
            else if (marker is < 0xE0 or 0xE0 or 0xEE || (marker == 0xE2 && part[4..].StartsWith("ICC_PROFILE"u8))) kept.Write(part);
            at += 2 + length;
            if (marker != 0xDA) continue;
            scans++;
            var start = at;
            // A scan ends at the next marker that is neither a stuffed byte nor a restart.
            while (at + 1 < file.Length && !(file[at] == 0xFF && file[at + 1] is not (0x00 or 0xFF or (>= 0xD0 and <= 0xD7)))) at++;
            if (at + 1 >= file.Length) return null;
            kept.Write(file[start..at]);
            if (file[at + 1] != 0xD9) continue;
            kept.Write([0xFF, 0xD9]);
            return new("image/jpeg", width, height, kept.ToArray());
        }
        return null;
    }

    private static Picture? Png(ReadOnlySpan<byte> file)
    {
        using var kept = new MemoryStream(file.Length);
        kept.Write(file[..8]);
        var (width, height, data) = (0, 0, false);
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12) return null;
            var part = file.Slice(at, (int)length + 12);
            var kind = System.Text.Encoding.ASCII.GetString(part[4..8]);
            if (at == 8)
            {
                if (kind != "IHDR" || length != 13) return null;
                (width, height) = (Side(BinaryPrimitives.ReadUInt32BigEndian(part[8..])), Side(BinaryPrimitives.ReadUInt32BigEndian(part[12..])));
            }
            data |= kind == "IDAT";
            if (PngParts.Contains(kind)) kept.Write(part);
            if (kind == "IEND") return data ? new("image/png", width, height, kept.ToArray()) : null;
            at += part.Length;
        }
        return null;
    }

    private static Picture? WebP(ReadOnlySpan<byte> file)
    {
        var end = 8L + BinaryPrimitives.ReadUInt32LittleEndian(file[4..]);
        if (end > file.Length) return null;
        using var kept = new MemoryStream(file.Length);
        kept.Write(file[..12]);
        var (width, height, data) = (0, 0, false);
        for (var at = 12; at + 8 <= end;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            var padded = 8L + length + (length & 1);
            if (at + 8L + length > end) return null;
            var part = file.Slice(at, (int)Math.Min(padded, file.Length - at)).ToArray();
            var kind = System.Text.Encoding.ASCII.GetString(part, 0, 4);
            if (width == 0) (width, height) = WebPSides(kind, part.AsSpan(8));
            if (kind == "VP8X" && length >= 1) part[8] &= 0b1111_0011; // EXIF and XMP are gone
            data |= kind is "VP8 " or "VP8L" or "ANMF";
            if (WebPParts.Contains(kind))
            {
                kept.Write(part);
                if (part.Length < padded) kept.WriteByte(0);
            }
            at += (int)Math.Min(padded, int.MaxValue - at);
        }
        if (!data) return null;
        var bytes = kept.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)(bytes.Length - 8));
        return new("image/webp", width, height, bytes);
    }

    private static (int Width, int Height) WebPSides(string kind, ReadOnlySpan<byte> data) => kind switch
    {
        "VP8X" when data.Length >= 10 => (1 + (data[4] | data[5] << 8 | data[6] << 16), 1 + (data[7] | data[8] << 8 | data[9] << 16)),
        "VP8L" when data.Length >= 5 && data[0] == 0x2F => (1 + (BinaryPrimitives.ReadInt32LittleEndian(data[1..]) & 0x3FFF), 1 + (BinaryPrimitives.ReadInt32LittleEndian(data[1..]) >> 14 & 0x3FFF)),
        "VP8 " when data.Length >= 10 && data[3..].StartsWith((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]) => (BinaryPrimitives.ReadUInt16LittleEndian(data[6..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(data[8..]) & 0x3FFF),
        _ => (0, 0),
    };

    private static int Side(uint side) => side > int.MaxValue ? 0 : (int)side;
}

/// <summary>The one thing of a camera's EXIF (CIPA DC-008) without which a picture lies on its side.</summary>
internal static class Orientation
{
    private const ushort Tag = 0x0112;
    private const byte Short = 3;

    /// <summary>A part with the orientation alone, empty where the picture stands upright or nothing can be read.</summary>
    public static byte[] Only(ReadOnlySpan<byte> exif)
    {
        var turned = Of(exif);
        return turned is < 2 or > 8 ? [] : [0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, Short, 0, 0, 0, 1, 0, (byte)turned, 0, 0, 0, 0, 0, 0];
    }

    private static int Of(ReadOnlySpan<byte> exif)
    {
        if (exif.Length < 14 || !exif.StartsWith("Exif\0\0"u8)) return 0;
        var tiff = exif[6..];
        var big = tiff.StartsWith("MM"u8);
        var first = big ? BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]);
        if (first > tiff.Length - 2) return 0;
        var count = Number(tiff[(int)first..]);
        for (var i = 0; i < count; i++)
        {
            var at = (long)first + 2 + (12 * i);
            if (at + 12 > tiff.Length) return 0;
            var entry = tiff[(int)at..];
            if (Number(entry) == Tag && Number(entry[2..]) == Short) return Number(entry[8..]);
        }
        return 0;

        ushort Number(ReadOnlySpan<byte> bytes) => big ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }
}
