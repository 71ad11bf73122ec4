using System.Text;
using CrmAi.Domain.Shared;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.Platform.Ocr;

/// <param name="Version">"5.3.0".</param>
/// <param name="Chinese">The language that reads Chinese lines, <paramref name="Script"/> a second one where it is installed.</param>
internal sealed record OcrEngines(string Tesseract, string Version, string ImageMagick, string Chinese, string? Script, string Latin);

/// <summary>Finds the programs of the machine and makes sure that they are what they are called.</summary>
internal sealed class OcrPrograms(IOptions<OcrOptions> options)
{
    private static readonly string[] MagickNames = ["magick", "/usr/bin/magick", "/usr/local/bin/magick", "/opt/homebrew/bin/magick", "/usr/bin/convert-im6.q16", "/usr/bin/convert"];
    private static readonly string[] TesseractNames = ["tesseract", "/usr/bin/tesseract", "/usr/local/bin/tesseract", "/opt/homebrew/bin/tesseract", @"C:\Program Files\Tesseract-OCR\tesseract.exe"];
    private static readonly ProcessBounds Short = new(TimeSpan.FromSeconds(20), 1024, 1);

    private OcrEngines? found;
    private string? magick;

    /// <summary>Asked once; while something is missing, each time, so that what is installed meanwhile is found.</summary>
    /// <returns>card.reader.missing with the Debian packages to be installed.</returns>
    public async Task<Result<OcrEngines>> FindAsync(CancellationToken ct)
    {
        if (found is not null) return found;
        var missing = new List<string>();
        var (tesseract, version) = await FirstAsync(Named(options.Value.Tesseract, TesseractNames), "--version", "tesseract ", ct);
        var (imageMagick, _) = await FirstAsync(Named(options.Value.ImageMagick, MagickNames), "-version", "Version: ImageMagick ", ct);
        var languages = tesseract is null ? [] : await LanguagesAsync(tesseract, ct);
        // Packages and systems put scripts in a folder or not.
        var script = languages.FirstOrDefault(l => l is "HanS" or "script/HanS");
        var chinese = languages.Contains("chi_sim") ? "chi_sim" : null;
        var latin = languages.Contains("eng") ? "eng" : null;
        if (tesseract is null) missing.Add("tesseract-ocr");
        if (chinese is null) missing.Add("tesseract-ocr-chi-sim");
        if (latin is null) missing.Add("tesseract-ocr-eng");
        if (script is null) missing.Add("tesseract-ocr-script-hans");
        if (imageMagick is null) missing.Add("imagemagick");
        if (tesseract is null || imageMagick is null || chinese is null || latin is null) return new Error("card.reader.missing", null, string.Join(' ', missing));
        return found = new(tesseract, version, imageMagick, chinese, script, latin);
    }

    /// <summary>ImageMagick alone, whatever else is missing; null without it.</summary>
    public async Task<string?> ImageMagickAsync(CancellationToken ct) =>
        found?.ImageMagick ?? (magick ??= (await FirstAsync(Named(options.Value.ImageMagick, MagickNames), "-version", "Version: ImageMagick ", ct)).Program);

    private static string[] Named(string? own, string[] known) => string.IsNullOrWhiteSpace(own) ? known : [own];

    private static async Task<(string? Program, string Version)> FirstAsync(IEnumerable<string> programs, string ask, string answer, CancellationToken ct)
    {
        foreach (var program in programs)
        {
            if (Path.IsPathRooted(program) && !File.Exists(program)) continue;
            var run = await BoundedProcess.RunAsync(program, [ask], default, Path.GetTempPath(), Short, ct);
            if (!run.Succeeded || run.Value.ExitCode != 0) continue;
            var said = Encoding.UTF8.GetString(run.Value.Output) + run.Value.Errors;
            var at = said.IndexOf(answer, StringComparison.Ordinal);
            if (at < 0) continue;
            return (program, said[(at + answer.Length)..].Split([' ', '\r', '\n'], 2)[0].TrimStart('v'));
        }
        return (null, "");
    }

    private static async Task<IReadOnlyList<string>> LanguagesAsync(string tesseract, CancellationToken ct)
    {
        var run = await BoundedProcess.RunAsync(tesseract, ["--list-langs"], default, Path.GetTempPath(), Short, ct);
        return run.Succeeded ? [.. Encoding.UTF8.GetString(run.Value.Output).Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)] : [];
    }
}
