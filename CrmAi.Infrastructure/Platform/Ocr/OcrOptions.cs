using System.ComponentModel.DataAnnotations;

namespace CrmAi.Infrastructure.Platform.Ocr;

/// <summary>Settings under "Ocr": by what business cards are read.</summary>
public sealed class OcrOptions
{
    /// <summary>The Tesseract program; empty for the one on the path.</summary>
    public string? Tesseract { get; set; }

    /// <summary>The ImageMagick program; empty for magick or convert where they are known to be. Another program of that name is not taken for it.</summary>
    public string? ImageMagick { get; set; }

    /// <summary>Where folders of single cards are made; empty for the system's.</summary>
    public string? WorkFolder { get; set; }

    /// <summary>Of one run of a program; a card takes about five.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Megabytes of address space of one run.</summary>
    [Range(128, 65536)]
    public int Memory { get; set; } = 1536;

    /// <summary>Megabytes of a picture's file.</summary>
    [Range(1, 200)]
    public int MaxFile { get; set; } = 20;

    /// <summary>Pixels along a picture's longer side.</summary>
    [Range(1000, 60000)]
    public int MaxSide { get; set; } = 16000;

    /// <summary>Millions of pixels of a picture.</summary>
    [Range(1, 1000)]
    public int MaxMegapixels { get; set; } = 80;

    /// <summary>Cards read at the same time by this process.</summary>
    [Range(1, 64)]
    public int AtOnce { get; set; } = 2;
}
