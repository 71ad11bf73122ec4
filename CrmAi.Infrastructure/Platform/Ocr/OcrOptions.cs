using System.ComponentModel.DataAnnotations;
using CrmAi.Domain.BusinessCards;

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

    /// <summary>Megabytes of a picture's file. This and the next two may be set lower, never higher than a photo may be at all.</summary>
    [Range(1, BusinessCard.MaxSize / 1024 / 1024)]
    public int MaxFile { get; set; } = BusinessCard.MaxSize / 1024 / 1024;

    /// <summary>Pixels along a picture's longer side.</summary>
    [Range(1000, BusinessCard.MaxSide)]
    public int MaxSide { get; set; } = BusinessCard.MaxSide;

    /// <summary>Millions of pixels of a picture.</summary>
    [Range(1, BusinessCard.MaxPixels / 1_000_000)]
    public int MaxMegapixels { get; set; } = BusinessCard.MaxPixels / 1_000_000;

    /// <summary>Cards read at the same time by this process.</summary>
    [Range(1, 64)]
    public int AtOnce { get; set; } = 2;
}
