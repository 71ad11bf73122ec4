using System.Text;
using CrmAi.Domain.ContactFiles;

namespace CrmAi.Infrastructure.ContactFiles;

/// <param name="IsCut">It is longer than what was kept.</param>
internal readonly record struct TextLine(string Text, bool IsCut);

/// <summary>Lines of a text, each no longer than a photo may be.</summary>
internal sealed class VCardLines(TextSource source)
{
    // A photo in base64, and what stands in front of it.
    public const int MaxLine = (FileLimits.MaxPhoto / 3 * 4) + 100_000;

    private readonly StringBuilder kept = new();
    private ReadOnlyMemory<char> block;
    private bool isCut, afterReturn, hasEnded;

    /// <summary>Null at the end.</summary>
    public async ValueTask<TextLine?> NextAsync(CancellationToken ct)
    {
        for (; ; )
        {
            if (block.IsEmpty && !hasEnded)
            {
                block = await source.NextAsync(ct);
                hasEnded = block.IsEmpty;
            }
            if (hasEnded) return kept.Length > 0 || isCut ? Line() : null;
            if (afterReturn && block.Span[0] == '\n') block = block[1..];
            afterReturn = false;
            if (block.IsEmpty) continue;
            var end = block.Span.IndexOfAny('\n', '\r');
            var part = end < 0 ? block : block[..end];
            var room = Math.Max(0, MaxLine - kept.Length);
            isCut |= part.Length > room;
            kept.Append(part.Span[..Math.Min(part.Length, room)]);
            if (end < 0) { block = default; continue; }
            afterReturn = block.Span[end] == '\r';
            block = block[(end + 1)..];
            return Line();
        }
    }

    private TextLine Line()
    {
        var line = new TextLine(kept.ToString(), isCut);
        kept.Clear();
        if (kept.Capacity > 64 * 1024) kept.Capacity = 64 * 1024;
        isCut = false;
        return line;
    }
}
