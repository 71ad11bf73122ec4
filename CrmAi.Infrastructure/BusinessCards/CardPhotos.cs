using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Platform.Files;
using CrmAi.Infrastructure.Platform.Ocr;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.BusinessCards;

/// <param name="Stored">Already cleaned.</param>
internal sealed record KeptPicture(StoredFile Stored, string ContentType, int Width, int Height);

/// <summary>Takes photos in: streamed to the disk, told from their bytes, measured before anything decodes them, and kept without what a camera tells of its owner.</summary>
internal sealed class CardPhotos(IFileStore files, IOptions<OcrOptions> options) : IDisposable
{
    private const int AtOnce = 3;

    // A picture is held in memory while it is cleaned: never more than a few of them.
    private readonly SemaphoreSlim hands = new(AtOnce);

    // What could not be read is not taken either.
    private OcrOptions Limits => options.Value;

    public async Task<Result<KeptPicture>> KeepAsync(Stream content, CancellationToken ct)
    {
        try
        {
            var sent = await files.SaveAsync(content, Limits.MaxFile * 1024L * 1024, ct);
            try { return Refusal(sent) is { } refusal ? refusal : await CleanAsync(sent, ct); }
            finally { files.Delete(sent.Key); }
        }
        catch (FileTooLargeException) { return new Error("card.picture.large", null, Limits.MaxFile); }
        catch (IOException fault) when (FullDisk.Is(fault)) { return new Error("card.store", null); }
    }

    private async Task<Result<KeptPicture>> CleanAsync(StoredFile sent, CancellationToken ct)
    {
        await hands.WaitAsync(ct);
        try
        {
            var bytes = new byte[sent.Size];
            await using (var file = files.Open(sent.Key)) await file.ReadExactlyAsync(bytes, ct);
            if (IsAnimated(bytes)) return new Error("card.picture.animated", null);
            if (Pictures.Read(bytes) is not { } picture) return new Error("card.picture.damaged", null);
            if (Math.Max(picture.Width, picture.Height) > Limits.MaxSide || (long)picture.Width * picture.Height > Limits.MaxMegapixels * 1_000_000L)
                return new Error("card.picture.pixels", null, Limits.MaxSide, Limits.MaxMegapixels);
            return new KeptPicture(await files.SaveAsync(new MemoryStream(picture.Bytes), BusinessCard.MaxSize, ct), picture.ContentType, picture.Width, picture.Height);
        }
        finally { hands.Release(); }
    }

    private static Error? Refusal(StoredFile sent)
    {
        ReadOnlySpan<byte> head = sent.Head;
        if (sent.Size == 0) return new("card.picture.empty", null);
        if (head.StartsWith("GIF8"u8)) return new("card.picture.gif", null);
        if (IsHeic(head)) return new("card.picture.heic", null);
        var known = head is [0xFF, 0xD8, 0xFF, ..] or [0x89, (byte)'P', (byte)'N', (byte)'G', ..] || (head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8));
        return known ? null : new("card.picture.kind", null);
    }

    // Brands of the ISO base media file format that phones give their stills.
    private static bool IsHeic(ReadOnlySpan<byte> head) =>
        head.Length >= 12 && head[4..8].SequenceEqual("ftyp"u8) && System.Text.Encoding.ASCII.GetString(head[8..12]) is "heic" or "heix" or "heim" or "heis" or "hevc" or "mif1" or "msf1";

    // The flag of WebP's extended head (RFC 9649); the animation control of PNG, which stands before its picture.
    private static bool IsAnimated(ReadOnlySpan<byte> file) =>
        file.StartsWith("RIFF"u8) ? file.Length > 20 && file[12..16].SequenceEqual("VP8X"u8) && (file[20] & 0b10) != 0
        : file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P']) && file.IndexOf("acTL"u8) is > 0 and var control && file.IndexOf("IDAT"u8) is var data && (data < 0 || control < data);

    public void Dispose() => hands.Dispose();
}
