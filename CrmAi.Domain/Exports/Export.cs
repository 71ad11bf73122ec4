using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Exports;

public enum ExportKind { Contacts, Accounts, Interactions }

public enum ExportFormat { Csv, Xlsx, VCard }

/// <summary>One person's copy of records as a file. Its change sets tell who took what and how many rows; it is never taken back.</summary>
public sealed class Export : IRecorded, IVersioned
{
    /// <summary>Up to so many rows are written while they are downloaded; more are written by a job first.</summary>
    public const int Direct = 1_000;

    /// <summary>Most rows of one, and days for which its file is kept and it is listed.</summary>
    public const int MaxRows = 500_000, KeptDays = 7, ListedDays = 30;

    /// <summary>Of one person: how many wait or run at a time, and are begun within an hour.</summary>
    public const int MaxOpen = 3, MaxHourly = 30;

    public Guid Id { get; init; } = Ids.Next();
    public Guid UserId { get; init; }

    /// <summary>Null for one that is written while it is downloaded.</summary>
    public Guid? JobId { get; init; }
    public ExportKind Kind { get; init; }
    public ExportFormat Format { get; init; }

    /// <summary>What is asked for, as JSON of <see cref="ExportRequest"/>.</summary>
    public required string Request { get; init; }
    public required string FileName { get; init; }

    /// <summary>Rows expected, and rows in the file once it is written.</summary>
    public int Total { get; init; }
    public int? Rows { get; set; }

    /// <summary>Bytes.</summary>
    public long? Size { get; set; }
    public string? StorageKey { get; set; }
    public bool IsCancelled { get; set; }
    public DateTime CreatedAt { get; init; }
    public int Version { get; set; }
}
