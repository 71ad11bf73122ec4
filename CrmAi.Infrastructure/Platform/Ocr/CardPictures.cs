using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Platform.Files;

namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>A picture of which it is known, before anything is decoded, what it is and how large it becomes.</summary>
/// <param name="Coder">As ImageMagick calls it: what a file says of itself does not choose the program that opens it.</param>
/// <param name="Width">As stored, before EXIF turns it.</param>
internal sealed record CardPicture(string Coder, int Width, int Height, byte[] Bytes);

/// <summary>Decides what pictures are opened at all.</summary>
internal static class CardPictures
{
    private const int LeastSide = 120;

    public static Result<CardPicture> Check(ReadOnlySpan<byte> file, OcrOptions options)
    {
        if (file.IsEmpty) return new Error("card.picture.empty", null);
        if (file.Length > options.MaxFile * 1024L * 1024) return new Error("card.picture.large", null, options.MaxFile);
        var type = FileKinds.Of(file[..Math.Min(file.Length, 64)], "")?.ContentType;
        if (type is "image/heic" || IsHeif(file)) return new Error("card.picture.heic", null);
        if (type is "image/gif") return new Error("card.picture.gif", null);
        if (type is not ("image/jpeg" or "image/png" or "image/webp")) return new Error("card.picture.kind", null);
        if (type is "image/webp" && file.Length > 20 && file[12..16].SequenceEqual("VP8X"u8) && (file[20] & 0b10) != 0) return new Error("card.picture.animated", null);
        if (Pictures.Read(file) is not { } picture) return new Error("card.picture.damaged", null);
        if (picture.Width > options.MaxSide || picture.Height > options.MaxSide || (long)picture.Width * picture.Height > options.MaxMegapixels * 1_000_000L) return new Error("card.picture.pixels", null, options.MaxSide, options.MaxMegapixels);
        if (Math.Min(picture.Width, picture.Height) < LeastSide) return new Error("card.picture.tiny", null, LeastSide);
        return new CardPicture(type["image/".Length..], picture.Width, picture.Height, picture.Bytes);
    }

    // The brands of ISO 23008-12; phones write several of them.
    private static bool IsHeif(ReadOnlySpan<byte> file) =>
        file.Length >= 12 && file[4..8].SequenceEqual("ftyp"u8) && System.Text.Encoding.ASCII.GetString(file[8..12]) is "heic" or "heix" or "hevc" or "hevx" or "heim" or "heis" or "mif1" or "msf1" or "avif" or "avis";
}
