using CrmAi.Infrastructure.Platform.Ocr;
using Microsoft.Extensions.Options;

namespace CrmAi.Tests.BusinessCards;

/// <summary>A test with the machine's Tesseract and ImageMagick. Without them it is skipped with the reason; under CI it fails.</summary>
internal sealed class EngineFactAttribute : FactAttribute
{
    private static readonly bool HasEngine = new OcrPrograms(Options.Create(new OcrOptions())).FindAsync(CancellationToken.None).GetAwaiter().GetResult().Succeeded;

    public EngineFactAttribute()
    {
        if (!HasEngine && Environment.GetEnvironmentVariable("CI") != "true") Skip = "Tesseract with its languages or ImageMagick is not installed: run infra/test.sh.";
    }
}

/// <summary>A test of programs that are written for a POSIX shell.</summary>
internal sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute()
    {
        if (OperatingSystem.IsWindows()) Skip = "The stand-ins are shell scripts.";
    }
}
