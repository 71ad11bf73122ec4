using System.Text;

namespace CrmAi.Infrastructure.ContactFiles;

/// <summary>In which encoding a text is.</summary>
internal static class TextEncodings
{
    public const string Utf8 = "utf-8", Utf16 = "utf-16", Utf16Big = "utf-16BE", Gb = "gb18030";

    private static readonly Dictionary<string, Encoding> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        [Utf8] = new UTF8Encoding(false),
        [Utf16] = new UnicodeEncoding(bigEndian: false, byteOrderMark: false),
        [Utf16Big] = new UnicodeEncoding(bigEndian: true, byteOrderMark: false),
        [Gb] = CodePagesEncodingProvider.Instance.GetEncoding(Gb)!,
    };

    public static Encoding? Of(string name) => Known.GetValueOrDefault(name);

    /// <summary>The same with <see cref="TextSource.Broken"/> for bytes that are no text.</summary>
    public static Encoding Marking(Encoding encoding)
    {
        var marking = (Encoding)encoding.Clone();
        marking.DecoderFallback = new DecoderReplacementFallback(TextSource.Broken.ToString());
        return marking;
    }

    /// <summary>Bytes of the mark in front of a text.</summary>
    public static int MarkLength(ReadOnlySpan<byte> head, Encoding encoding) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] when encoding.CodePage == 65001 => 3,
        [0xFF, 0xFE, ..] when encoding.CodePage == 1200 => 2,
        [0xFE, 0xFF, ..] when encoding.CodePage == 1201 => 2,
        [0x84, 0x31, 0x95, 0x33] when encoding.CodePage == 54936 => 4,
        _ => 0,
    };

    /// <summary>The encoding by a mark, by where zeros stand, or by which one fits the whole; and whether parts of it fit none.</summary>
    /// <returns>Null where it is no text.</returns>
    public static async Task<(string Name, bool IsMixed)?> TellAsync(Stream content, CancellationToken ct)
    {
        content.Position = 0;
        var buffer = new byte[64 * 1024];
        var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        if (ByMark(buffer.AsSpan(0, read)) is { } marked && marked != Utf8) return (marked, false);
        var isMarked = ByMark(buffer.AsSpan(0, read)) == Utf8;
        if (!isMarked && ByZeros(buffer.AsSpan(0, read)) is { } wide) return wide.Length == 0 ? null : (wide, false);
        var (utf8, gb) = (new Tally(Known[Utf8]), new Tally(Known[Gb]));
        for (; read > 0; read = await content.ReadAsync(buffer, ct))
        {
            utf8.Take(buffer.AsSpan(0, read));
            if (utf8.Broken > 0 || !isMarked) gb.Take(buffer.AsSpan(0, read));
        }
        utf8.End();
        gb.End();
        if (utf8.Broken == 0) return (Utf8, false);
        // A GB18030 text read as UTF-8 is broken nearly everywhere it is not ASCII.
        return isMarked || utf8.Wide > utf8.Broken || gb.Broken >= utf8.Broken ? (Utf8, true) : (Gb, gb.Broken > 0);
    }

    private static string? ByMark(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Utf8,
        [0xFF, 0xFE, ..] => Utf16,
        [0xFE, 0xFF, ..] => Utf16Big,
        [0x84, 0x31, 0x95, 0x33, ..] => Gb,
        _ => null,
    };

    // Delimiters, digits and line ends of UTF-16 have a zero beside them. Empty: no text at all; null: none of UTF-16.
    private static string? ByZeros(ReadOnlySpan<byte> head)
    {
        int even = 0, odd = 0, control = 0;
        for (var i = 0; i < head.Length; i++)
        {
            if (head[i] == 0) { if (i % 2 == 0) even++; else odd++; }
            else if (head[i] < 32 && head[i] is not (9 or 10 or 11 or 12 or 13 or 26 or 27)) control++;
        }
        var zeros = even + odd;
        if (zeros > head.Length / 100 && Math.Min(even, odd) * 20 <= zeros) return odd > even ? Utf16 : Utf16Big;
        return control > head.Length / 50 || zeros > head.Length / 100 ? "" : null;
    }

    private sealed class Tally(Encoding encoding)
    {
        private readonly Decoder decoder = Marking(encoding).GetDecoder();
        private readonly char[] chars = new char[Marking(encoding).GetMaxCharCount(64 * 1024)];

        public long Wide { get; private set; }

        public long Broken { get; private set; }

        public void Take(ReadOnlySpan<byte> bytes) => Count(decoder.GetChars(bytes, chars, flush: false));

        public void End() => Count(decoder.GetChars([], chars, flush: true));

        private void Count(int length)
        {
            foreach (var c in chars.AsSpan(0, length))
            {
                if (c == TextSource.Broken) Broken++;
                else if (c > 127) Wide++;
            }
        }
    }
}
