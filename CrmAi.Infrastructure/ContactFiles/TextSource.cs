using System.Text;

namespace CrmAi.Infrastructure.ContactFiles;

/// <summary>Characters of a text in a known encoding, a block at a time. What can be given back is read again.</summary>
internal sealed class TextSource(Stream content, Encoding encoding)
{
    /// <summary>Stands where bytes are no text; no text of any encoding holds it.</summary>
    public const char Broken = '\uFFFF';

    private readonly Decoder decoder = TextEncodings.Marking(encoding).GetDecoder();
    private readonly byte[] bytes = new byte[32 * 1024];
    private readonly char[] chars = new char[TextEncodings.Marking(encoding).GetMaxCharCount(32 * 1024)];
    private ReadOnlyMemory<char> rest;
    private bool ended;

    /// <summary>From its beginning, behind a byte order mark.</summary>
    public static async Task<TextSource> OpenAsync(Stream content, Encoding encoding, CancellationToken ct)
    {
        content.Position = 0;
        var head = new byte[4];
        var read = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        content.Position = TextEncodings.MarkLength(head.AsSpan(0, read), encoding);
        return new(content, encoding);
    }

    /// <summary>The next characters, none at the end. They hold until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<char>> NextAsync(CancellationToken ct)
    {
        if (!rest.IsEmpty)
        {
            var given = rest;
            rest = default;
            return given;
        }
        while (!ended)
        {
            var read = await content.ReadAsync(bytes, ct);
            ended = read == 0;
            var count = decoder.GetChars(bytes, 0, read, chars, 0, flush: ended);
            if (count > 0) return chars.AsMemory(0, count);
        }
        return default;
    }

    /// <summary>Text to be read before what follows: of the last block, or once read from it.</summary>
    public void GiveBack(ReadOnlyMemory<char> text) => rest = rest.IsEmpty ? text : $"{text}{rest}".AsMemory();
}
