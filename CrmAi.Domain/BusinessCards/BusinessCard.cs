using CrmAi.Domain.Shared;

namespace CrmAi.Domain.BusinessCards;

/// <summary>Of these, <see cref="Reading"/> and <see cref="Failed"/> are told from the card's job and never stored: a job owns how far its work is.</summary>
public enum CardState { Waiting, Reading, ToReview, Saved, Discarded, Failed }

/// <summary>The photo of a business card, what was read of it, and what became of it.</summary>
public sealed class BusinessCard : IRecorded, IVersioned
{
    /// <summary>Bytes of a photo; pixels of its longer side, and of its whole.</summary>
    public const int MaxSize = 20 * 1024 * 1024, MaxSide = 12_000, MaxPixels = 64_000_000;

    /// <summary>Photos sent together; characters of a file's name.</summary>
    public const int MaxPerBatch = 50, MaxFileName = 255;

    public Guid Id { get; init; } = Ids.Next();

    /// <summary>Who photographed it. The contact that comes of it is theirs.</summary>
    public Guid OwnerId { get; init; }
    public Guid BatchId { get; init; }

    /// <summary>Its place among those sent together, from 1.</summary>
    public int Number { get; init; }
    public required string FileName { get; init; }

    /// <summary>Null once the picture is gone: a month after the card was dealt with.</summary>
    public string? StorageKey { get; set; }
    public required string ContentType { get; init; }

    /// <summary>Of the picture made small, a JPEG for lists; null where there is none, then the picture itself stands there.</summary>
    public string? PreviewKey { get; set; }

    /// <summary>Bytes, and pixels as stored, which a camera may have turned.</summary>
    public long Size { get; init; }
    public int Width { get; init; }
    public int Height { get; init; }

    /// <summary>SHA-256 of the picture as it is kept: the same photo sent twice is one card.</summary>
    public required byte[] Digest { get; init; }

    public CardState State { get; set; }
    public Guid JobId { get; set; }

    /// <summary>JSON of what was read, encrypted; null while nothing was.</summary>
    public string? Read { get; set; }
    public string? Reader { get; set; }
    public string? ReaderVersion { get; set; }
    public int? Milliseconds { get; set; }
    public Guid? AiRunId { get; set; }
    public DateTime? ReadAt { get; set; }

    /// <summary>Put behind the others at this time.</summary>
    public DateTime? PutOffAt { get; set; }

    /// <summary>Whom it was saved as.</summary>
    public Guid? ContactId { get; set; }
    public Guid? DecidedBy { get; set; }
    public DateTime? DecidedAt { get; set; }
    public DateTime CreatedAt { get; init; }
    public int Version { get; set; }
}

/// <summary>A field that a person saved otherwise than it was read: what readers are measured by.</summary>
public sealed class CardCorrection : IRecorded
{
    public Guid Id { get; init; } = Ids.Next();
    public Guid CardId { get; init; }
    public CardFieldKind Field { get; init; }

    /// <summary>As read, empty where nothing was; encrypted, like what was saved.</summary>
    public string? Read { get; init; }
    public string? Saved { get; init; }
    public required string Reader { get; init; }
    public required string ReaderVersion { get; init; }
    public DateTime At { get; init; }
}
