using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>Small valid files for attachments, built rather than stored.</summary>
internal static class DemoFiles
{
    public static DemoAttachment Of(string kind, string fileName, string text) => kind switch
    {
        "png" => new DemoAttachment(fileName, "image/png", () => Chart(text)),
        "pdf" => new DemoAttachment(fileName, "application/pdf", () => Page(text)),
        "wav" => new DemoAttachment(fileName, "audio/wav", () => DemoSound.Talk(text)),
        "webm" => new DemoAttachment(fileName, "video/webm", () => DemoTexts.Bytes("belt.webm")),
        _ => new DemoAttachment(fileName, "text/plain", () => Encoding.UTF8.GetBytes(text + "\n")),
    };

    /// <summary>A bar chart, 240 by 120, eight bits of grey a pixel; the text decides the heights.</summary>
    private static byte[] Chart(string text)
    {
        const int Width = 240, Height = 120, Bar = 20;
        var pixels = new byte[(Width + 1) * Height];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var height = 20 + (text[x / Bar % text.Length] * 37 % 90);
                pixels[(y * (Width + 1)) + 1 + x] = (byte)(x % Bar > 3 && Height - y < height ? 96 : 244);
            }
        }

        return Png(Width, Height, colours: 0, pixels);
    }

    /// <summary>An abstract portrait, 192 by 192: two hues flowing into each other, a head and shoulders of plain circles. The key decides the hues.</summary>
    public static byte[] Portrait(string key)
    {
        const int Side = 192;
        var hue = key.Sum(letter => letter) * 47 % 360;
        var pixels = new byte[((Side * 3) + 1) * Side];
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                var head = Math.Pow(x - 96, 2) + Math.Pow(y - 76, 2) < 34 * 34;
                var shoulders = (Math.Pow(x - 96, 2) / (66 * 66)) + (Math.Pow(y - 192, 2) / (72 * 72)) < 1;
                Rgb(hue + ((x + y) / 6.0), head || shoulders ? 0.86 : 0.44 + (y / 900.0)).CopyTo(pixels, (y * ((Side * 3) + 1)) + 1 + (x * 3));
            }
        }
        return Png(Side, Side, colours: 2, pixels);
    }

    private static byte[] Rgb(double hue, double light)
    {
        return [Part(0), Part(8), Part(4)];

        // The usual way from hue, saturation (one half) and lightness.
        byte Part(int shift)
        {
            var turn = (shift + (hue % 360 / 30)) % 12;
            return (byte)(255 * (light - (0.5 * Math.Min(light, 1 - light) * Math.Max(-1, Math.Min(Math.Min(turn - 3, 9 - turn), 1)))));
        }
    }

    /// <param name="colours">0 for grey, 2 for red, green and blue; eight bits each.</param>
    private static byte[] Png(int width, int height, byte colours, byte[] pixels)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(pixels);
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, colours);

        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Crc(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    /// <summary>CRC-32 as PNG (ISO 3309) defines it.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
            }
        }

        return ~crc;
    }

    /// <summary>One A4 page with one line. Helvetica has no Chinese, so other letters than ASCII are left out.</summary>
    private static byte[] Page(string text)
    {
        var line = new string([.. text.Where(letter => letter is >= ' ' and < '\u007f' and not ('(' or ')' or '\\'))]);
        var drawing = $"BT /F1 16 Tf 60 760 Td (Mingtong Vision  {line}) Tj ET";
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>",
            $"<< /Length {drawing.Length} >>\nstream\n{drawing}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ];

        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (var index = 0; index < objects.Length; index++)
        {
            offsets.Add(file.Length);
            file.Append(CultureInfo.InvariantCulture, $"{index + 1} 0 obj\n{objects[index]}\nendobj\n");
        }

        var table = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        offsets.ForEach(offset => file.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n"));
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }
}
