using System.Text;
using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.ContactFiles;

/// <summary>What a file is, by its bytes.</summary>
internal static class FileKinds
{
    private static readonly byte[] Locked = Encoding.Unicode.GetBytes("EncryptedPackage"), Book = Encoding.Unicode.GetBytes("Workbook"), OldBook = Encoding.Unicode.GetBytes("Book");

    /// <summary>Xlsx for any zip: what is in it, opening it tells. Csv for any text.</summary>
    public static async Task<Result<FileKind>> TellAsync(Stream content, CancellationToken ct)
    {
        if (content.Length == 0) return new Error("file.empty", null);
        if (content.Length > FileLimits.MaxSize) return new Error("file.large", null, FileLimits.MaxSize / 1024 / 1024);
        content.Position = 0;
        var head = new byte[4096];
        var read = await content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, ct);
        var bytes = head.AsMemory(0, read);
        switch (bytes.Span)
        {
            case [0x50, 0x4B, 3 or 5 or 7, 4 or 6 or 8, ..]: return FileKind.Xlsx;
            case [0xD0, 0xCF, 0x11, 0xE0, ..]: return await CompoundAsync(content, ct);
            case [0x25, 0x50, 0x44, 0x46, ..] or [0x7B, 0x5C, 0x72, 0x74, 0x66, ..] or [0x1F, 0x8B, ..] or [0x89, 0x50, 0x4E, 0x47, ..]: return new Error("file.kind", null);
        }
        if (bytes.Span.IndexOfAnyExcept(" \t\r\n\0"u8) < 0 && content.Length == read) return new Error("file.empty", null);
        if (bytes.Span.TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'<', ..] markup && (markup[1..].Contains((byte)'<') || markup.Contains((byte)'>'))) return new Error("file.kind", null);
        return FileKind.Csv;
    }

    /// <summary>Whether a text is an address book.</summary>
    public static bool IsCards(ReadOnlySpan<char> text) => text.TrimStart().StartsWith("BEGIN:VCARD", StringComparison.OrdinalIgnoreCase);

    // An old office file: either a workbook of before 2007, or a newer one in an encrypted envelope.
    private static async Task<Error> CompoundAsync(Stream content, CancellationToken ct)
    {
        content.Position = 0;
        var buffer = new byte[64 * 1024];
        var (kept, hasBook) = (0, false);
        for (int read; (read = await content.ReadAsync(buffer.AsMemory(kept), ct)) > 0;)
        {
            var span = buffer.AsSpan(0, kept + read);
            if (span.IndexOf(Locked) >= 0) return new("file.locked", null);
            hasBook |= span.IndexOf(Book) >= 0 || span.IndexOf(OldBook) >= 0;
            kept = Math.Min(Locked.Length, span.Length);
            span[^kept..].CopyTo(buffer);
        }
        return new(hasBook ? "file.old" : "file.kind", null);
    }
}
