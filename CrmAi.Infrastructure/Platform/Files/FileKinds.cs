using CrmAi.Domain.Interactions;

namespace CrmAi.Infrastructure.Platform.Files;

/// <summary>Tells what a file is from its first bytes; the name only decides between forms that begin alike.</summary>
internal static class FileKinds
{
    /// <summary>The true content type, null where it is none we take.</summary>
    public static FileKind? Of(ReadOnlySpan<byte> head, string fileName)
    {
        var extension = Path.GetExtension(fileName).ToLowerInvariant();
        if (head is [0xFF, 0xD8, 0xFF, ..]) return new(AttachmentKind.Image, "image/jpeg", [".jpg", ".jpeg", ".jfif"]);
        if (head is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..]) return new(AttachmentKind.Image, "image/png", [".png"]);
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8)) return new(AttachmentKind.Image, "image/gif", [".gif"]);
        if (Riff(head, "WEBP"u8)) return new(AttachmentKind.Image, "image/webp", [".webp"]);
        if (Riff(head, "WAVE"u8)) return new(AttachmentKind.Audio, "audio/wav", [".wav"]);
        if (Riff(head, "AVI "u8)) return new(AttachmentKind.Video, "video/x-msvideo", [".avi"]);
        if (head.StartsWith("%PDF-"u8)) return new(AttachmentKind.Document, "application/pdf", [".pdf"]);
        if (head.StartsWith("ID3"u8) || head is [0xFF, 0xFB or 0xF3 or 0xF2, ..]) return new(AttachmentKind.Audio, "audio/mpeg", [".mp3"]);
        if (head.StartsWith("OggS"u8)) return new(AttachmentKind.Audio, "audio/ogg", [".ogg", ".oga", ".opus"]);
        if (head.StartsWith("#!AMR"u8)) return new(AttachmentKind.Audio, "audio/amr", [".amr"]);
        if (head.StartsWith("fLaC"u8)) return new(AttachmentKind.Audio, "audio/flac", [".flac"]);
        if (head is [0x1A, 0x45, 0xDF, 0xA3, ..]) return new(AttachmentKind.Video, "video/webm", [".webm", ".mkv"]);
        if (head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8)) return IsoMedia(head[8..12]);
        if (head is [(byte)'P', (byte)'K', 3, 4, ..]) return Office(extension);
        if (head is [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..]) return OldOffice(extension);
        return extension is ".txt" or ".md" or ".csv" or ".eml" or ".vcf" && IsPlainText(head)
            ? new(AttachmentKind.Document, "text/plain; charset=utf-8", [".txt", ".md", ".csv", ".eml", ".vcf"]) : null;
    }

    private static bool Riff(ReadOnlySpan<byte> head, ReadOnlySpan<byte> form) => head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual(form);

    private static FileKind? IsoMedia(ReadOnlySpan<byte> brand)
    {
        if (brand.SequenceEqual("M4A "u8) || brand.SequenceEqual("M4B "u8)) return new(AttachmentKind.Audio, "audio/mp4", [".m4a", ".m4b", ".mp4"]);
        if (brand.SequenceEqual("heic"u8) || brand.SequenceEqual("heix"u8) || brand.SequenceEqual("mif1"u8)) return new(AttachmentKind.Image, "image/heic", [".heic", ".heif"]);
        if (brand.SequenceEqual("qt  "u8)) return new(AttachmentKind.Video, "video/quicktime", [".mov", ".qt"]);
        return new(AttachmentKind.Video, "video/mp4", [".mp4", ".m4v", ".mov", ".3gp", ".m4a"]);
    }

    private static FileKind? Office(string extension) => extension switch
    {
        ".docx" => new(AttachmentKind.Document, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", [extension]),
        ".xlsx" => new(AttachmentKind.Document, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", [extension]),
        ".pptx" => new(AttachmentKind.Document, "application/vnd.openxmlformats-officedocument.presentationml.presentation", [extension]),
        _ => new(AttachmentKind.Document, "application/zip", [".zip"]),
    };

    private static FileKind? OldOffice(string extension) => extension switch
    {
        ".doc" => new(AttachmentKind.Document, "application/msword", [extension]),
        ".xls" => new(AttachmentKind.Document, "application/vnd.ms-excel", [extension]),
        ".ppt" => new(AttachmentKind.Document, "application/vnd.ms-powerpoint", [extension]),
        _ => null,
    };

    // Markup is text too, but a browser would run it: it is not taken under a harmless name.
    private static bool IsPlainText(ReadOnlySpan<byte> head)
    {
        foreach (var b in head) if (b < 0x20 && b is not (0x09 or 0x0A or 0x0D or 0x0C)) return false;
        var text = System.Text.Encoding.UTF8.GetString(head).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        return head.Length > 0 && !text.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            && !text.StartsWith("<svg", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("<script", StringComparison.OrdinalIgnoreCase);
    }
}

/// <param name="Extensions">Names such a file may have.</param>
internal sealed record FileKind(AttachmentKind Kind, string ContentType, string[] Extensions);
