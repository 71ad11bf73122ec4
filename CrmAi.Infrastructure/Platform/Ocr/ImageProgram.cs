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
        var side = Side.ToString(CultureInfo.InvariantCulture);
        string[] arguments =
        [
            // libjpeg decodes to a half or a quarter by itself, which is what large photos need.
            "-limit", "memory", "768MiB", "-limit", "map", "768MiB", "-limit", "disk", "0", "-limit", "thread", "1", "-define", $"jpeg:size={2 * Side}x{2 * Side}",
            $"{picture.Coder}:-[0]", "-auto-orient", "-background", "white", "-alpha", "remove", "-alpha", "off", "-colorspace", "sRGB", "-type", "TrueColor", "-resize", $"{side}x{side}>", "-depth", "8", "ppm:-",
        ];
        var run = await BoundedProcess.RunAsync(program, arguments, picture.Bytes, folder, bounds, ct);
        if (!run.Succeeded) return Result.Refused<Raster>(run.Errors);
        // With no picture in it there is no output; a signal is the program's own end.
        if (Raster.FromNetpbm(run.Value.Output) is { Channels: 3 } raster) return raster;
        return new Error(run.Value.ExitCode >= 126 ? "card.reader.failed" : "card.picture.damaged", null);
    }
}
