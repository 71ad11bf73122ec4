using System.Globalization;
using System.Text;
using CrmAi.Domain.Shared;

namespace CrmAi.Infrastructure.Platform.Ocr;

/// <param name="Confidence">0 to 1.</param>
/// <param name="Left">In pixels of the picture that was given.</param>
internal sealed record SeenWord(string Text, double Confidence, int Left, int Top, int Right, int Bottom);

/// <summary>The Tesseract program, given many pictures of one line each in one run.</summary>
internal static class Tesseract
{
    private const int DotsPerInch = 300;
    private const int WordLevel = 5;

    /// <param name="raw">Without looking for the line in the picture first, which misses some short ones altogether (page segmentation 13 instead of 7).</param>
    /// <returns>For each picture its words from left to right.</returns>
    public static async Task<Result<IReadOnlyList<IReadOnlyList<SeenWord>>>> ReadAsync(OcrEngines engines, string language, IReadOnlyList<Raster> lines, bool raw, string folder, ProcessBounds bounds, CancellationToken ct)
    {
        var words = lines.Select(_ => new List<SeenWord>()).ToList();
        if (lines.Count == 0) return words;
        string[] arguments = ["stdin", "stdout", "-l", language, "--psm", raw ? "13" : "7", "--dpi", DotsPerInch.ToString(CultureInfo.InvariantCulture), "-c", "tessedit_create_tsv=1", "-c", "tessedit_do_invert=0"];
        var run = await BoundedProcess.RunAsync(engines.Tesseract, arguments, GrayTiff.Of(lines, DotsPerInch), folder, bounds, ct);
        if (!run.Succeeded) return Result.Refused<IReadOnlyList<IReadOnlyList<SeenWord>>>(run.Errors);
        if (run.Value.ExitCode != 0) return new Error("card.reader.failed", null);
        return Words(Encoding.UTF8.GetString(run.Value.Output), words) ? words : new Error("card.reader.failed", null);
    }

    /// <summary>False where it is not the table that was asked for.</summary>
    private static bool Words(string table, List<List<SeenWord>> words)
    {
        var rows = table.Split('\n');
        if (!rows[0].StartsWith("level\tpage_num\t", StringComparison.Ordinal)) return false;
        foreach (var row in rows.Skip(1).Where(r => r.Length > 0))
        {
            var cells = row.TrimEnd('\r').Split('\t');
            if (cells.Length < 12 || !Number(cells[0], out var level) || !Number(cells[1], out var page)) return false;
            if (level != WordLevel || cells[11].Trim() is not { Length: > 0 } text) continue;
            if (page < 1 || page > words.Count || !Number(cells[6], out var left) || !Number(cells[7], out var top) || !Number(cells[8], out var width) || !Number(cells[9], out var height)
                || !double.TryParse(cells[10], CultureInfo.InvariantCulture, out var confidence)) return false;
            words[page - 1].Add(new(text, Math.Clamp(confidence / 100, 0, 1), left, top, left + width, top + height));
        }
        return true;

        static bool Number(string cell, out int number) => int.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }
}
