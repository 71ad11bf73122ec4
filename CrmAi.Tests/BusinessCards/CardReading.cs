using CrmAi.Infrastructure.BusinessCards;
using CrmAi.Infrastructure.Platform.Ocr;
using CrmAi.Tests.Support;
using Microsoft.Extensions.Options;

namespace CrmAi.Tests.BusinessCards;

/// <summary>Readers for tests, and stand-ins for the programs that they run.</summary>
internal static class CardReading
{
    public static TesseractCardReader Reader(OcrOptions options) => new(new OcrPrograms(Options.Create(options)), Options.Create(options));

    /// <summary>A program that answers for Tesseract's name and languages, and does as told when it is given lines to read.</summary>
    public static string Tesseract(string reads) => Script($"""
        case "$1" in
          --version) echo "tesseract 5.3.0" ;;
          --list-langs) printf 'List of available languages:\nchi_sim\neng\nHanS\n' ;;
          *) {reads} ;;
        esac
        """);

    /// <summary>The machine's own Tesseract, which does as told before it reads.</summary>
    public static string TesseractThat(string first) => Script($"""
        case "$1" in
          --version|--list-langs) ;;
          *) {first} ;;
        esac
        exec tesseract "$@"
        """);

    /// <summary>A program that answers for ImageMagick's name, and does as told when it is given a picture.</summary>
    public static string ImageMagick(string converts) => Script($"""
        case "$1" in
          -version) echo "Version: ImageMagick 7.1.0" ;;
          *) {converts} ;;
        esac
        """);

    private static string Script(string body)
    {
        var file = Path.Combine(TestFolders.New(), "program");
        File.WriteAllText(file, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }
}
