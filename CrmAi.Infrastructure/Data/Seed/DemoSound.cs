using System.Buffers.Binary;

namespace CrmAi.Infrastructure.Data.Seed;

/// <summary>A few seconds of two voices humming by turns, made rather than recorded.</summary>
internal static class DemoSound
{
    private const int Rate = 8000, Seconds = 4, Header = 44;

    /// <summary>A WAV file of eight bits, one channel; the text decides the notes.</summary>
    public static byte[] Talk(string text)
    {
        var file = new byte[Header + (Rate * Seconds)];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), Rate);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 8);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), Rate * Seconds);
        for (var i = 0; i < Rate * Seconds; i++)
        {
            var (syllable, within) = Math.DivRem(i, Rate / 5);
            var pitch = (syllable / 5 % 2 == 0 ? 210 : 130) + (text[syllable % text.Length] % 40);
            var swell = Math.Sin(Math.PI * within / (Rate / 5));
            file[Header + i] = (byte)(128 + (40 * swell * Math.Sin(2 * Math.PI * pitch * i / Rate)));
        }
        return file;
    }
}
