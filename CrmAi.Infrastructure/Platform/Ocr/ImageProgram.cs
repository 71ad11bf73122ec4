using System.Globalization;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>ImageMagick, for what is not done here: decoding, turning by EXIF, colours, and making large pictures smaller.</summary>
internal static class ImageProgram
{
    /// <summary>A card's small type needs about so many pixels along the picture's longer side, and more only take time.</summary>
    private const int Side = 2600;

    public static async Task<Result<Raster>> DecodeAsync(string program, CardPicture picture, string folder, ProcessBounds bounds, CancellationToken ct)
    {
        var run = await BoundedProcess.RunAsync(program, [.. Upright(picture, Side), "ppm:-"], picture.Bytes, folder, bounds, ct);
        if (!run.Succeeded) return Result.Refused<Raster>(run.Errors);
        // With no picture in it there is no output; a signal is the program's own end.
        if (Raster.FromNetpbm(run.Value.Output) is { Channels: 3 } raster) return raster;
        return new Error(run.Value.ExitCode >= 126 ? "card.reader.failed" : "card.picture.damaged", null);
    }

    /// <summary>A small JPEG; null where none came out.</summary>
    public static async Task<byte[]?> PreviewAsync(string program, CardPicture picture, int side, string folder, ProcessBounds bounds, CancellationToken ct)
    {
        var run = await BoundedProcess.RunAsync(program, [.. Upright(picture, side), "-strip", "-quality", "76", "jpeg:-"], picture.Bytes, folder, bounds, ct);
        return run is { Succeeded: true, Value: { ExitCode: 0, Output: [0xFF, 0xD8, 0xFF, ..] made } } ? made : null;
    }

    // libjpeg decodes to a half or a quarter by itself, which is what large photos need.
    private static string[] Upright(CardPicture picture, int side) =>
    [
        "-limit", "memory", "768MiB", "-limit", "map", "768MiB", "-limit", "disk", "0", "-limit", "thread", "1", "-define", string.Create(CultureInfo.InvariantCulture, $"jpeg:size={2 * side}x{2 * side}"),
        $"{picture.Coder}:-[0]", "-auto-orient", "-background", "white", "-alpha", "remove", "-alpha", "off", "-colorspace", "sRGB", "-type", "TrueColor", "-resize", string.Create(CultureInfo.InvariantCulture, $"{side}x{side}>"), "-depth", "8",
    ];
}
