using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.BusinessCards;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>Reads cards with the programs of the machine: nothing leaves it.</summary>
internal sealed class TesseractCardReader(OcrPrograms programs, IOptions<OcrOptions> options) : ICardReader, IDisposable
{
    /// <summary>Changes with whatever changes what is read.</summary>
    private const string Own = "1";

    // Of print that stands upright nearly every character is sure, of print on its head hardly any: in between nothing was seen.
    private const double SureCharacter = 0.9;
    private const double Upright = 0.35;

    private readonly SemaphoreSlim places = new(options.Value.AtOnce);

    public string Name => "tesseract";

    public async Task<Result> CheckAsync(CancellationToken ct)
    {
        var engines = await programs.FindAsync(ct);
        return engines.Succeeded ? Result.Ok : Result.Refused(engines.Errors);
    }

    public async Task<Result<ReadCard>> ReadAsync(ReadOnlyMemory<byte> picture, CancellationToken ct)
    {
        var known = CardPictures.Check(picture.Span, options.Value);
        if (!known.Succeeded) return Result.Refused<ReadCard>(known.Errors);
        var engines = await programs.FindAsync(ct);
        if (!engines.Succeeded) return Result.Refused<ReadCard>(engines.Errors);
        await places.WaitAsync(ct);
        try
        {
            using var folder = WorkFolder.Make(options.Value.WorkFolder);
            return await ReadAsync(engines.Value, known.Value, folder.Path, ct);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new Error("card.reader.disk", null);
        }
        finally
        {
            places.Release();
        }
    }

    public void Dispose() => places.Dispose();

    private async Task<Result<ReadCard>> ReadAsync(OcrEngines engines, CardPicture picture, string folder, CancellationToken ct)
    {
        var bounds = new ProcessBounds(options.Value.Timeout, options.Value.Memory, Output: 64);
        var decoded = await ImageProgram.DecodeAsync(engines.ImageMagick, picture, folder, bounds, ct);
        if (!decoded.Succeeded) return Result.Refused<ReadCard>(decoded.Errors);
        var (raster, gray) = (decoded.Value, decoded.Value.Gray());
        var (view, turns) = (CardView.Of(raster, gray, 0), 0);
        var runs = await new LineReading(engines, view.Print, folder, bounds).ReadAsync(TextLines.Find(view.Print), ct);
        if (!runs.Succeeded) return Result.Refused<ReadCard>(runs.Errors);
        foreach (var other in (int[])[2, 1, 3])
        {
            if (Sure(runs.Value).Share >= Upright) break;
            var turned = CardView.Of(raster, gray, other);
            var again = await new LineReading(engines, turned.Print, folder, bounds).ReadAsync(TextLines.Find(turned.Print), ct);
            if (!again.Succeeded) return Result.Refused<ReadCard>(again.Errors);
            if (Sure(again.Value).Count > 2 * Sure(runs.Value).Count) (view, turns, runs) = (turned, other, again);
        }
        // EXIF may have turned it on its side; a square looks the same either way.
        var lies = raster.Width > raster.Height != picture.Width > picture.Height;
        var (width, height) = lies ? (picture.Height, picture.Width) : (picture.Width, picture.Height);
        var scale = (double)width / raster.Width;
        PixelBox Place(double left, double top, double right, double bottom) => view.Place(left, top, right, bottom, scale, width, height);
        var lines = runs.Value.GroupBy(r => r.Row).Select(row => new CardLine(string.Join(' ', row.Select(r => r.Text)), row.Average(r => r.Confidence), Place(row.Min(r => r.Left), row.Min(r => r.Top), row.Max(r => r.Right), row.Max(r => r.Bottom)))).ToList();
        return new ReadCard(Name, $"{engines.Version}/{Own}", width, height, turns, CardGrammar.Fields(runs.Value, Place), lines);
    }

    private static (int Count, double Share) Sure(IReadOnlyList<PrintedRun> runs)
    {
        var print = runs.SelectMany(r => r.Characters).Where(c => c.Value != ' ').ToList();
        var sure = print.Count(c => c.Confidence > SureCharacter);
        // A logo's few letters say nothing.
        return (sure, print.Count < 8 ? 0 : (double)sure / print.Count);
    }
}
