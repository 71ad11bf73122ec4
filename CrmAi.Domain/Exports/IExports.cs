using CrmAi.Domain.Accounts;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Interactions;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Exports;

/// <summary>
/// Records as files: what one sees, and as one sees it. Masked channels are written masked; what one may not see is in no file.
/// Operation.ExportRecords allows it. Every export, and every download, is recorded in a change set.
/// </summary>
public interface IExports
{
    /// <summary>
    /// Begins one and answers it: <see cref="ExportState.Ready"/> where it is small enough to be written while it is downloaded, else a job in the bulk lane writes it.
    /// Errors: forbidden, not_found (a contact whose interactions are asked for), export.columns (none, or unknown ones), export.format (vCard of anything but contacts), export.empty, export.limit (args: rows), export.many (too many at a time).
    /// </summary>
    Task<Result<ExportRow>> StartAsync(ExportRequest request, CancellationToken ct);

    /// <summary>One's own of the last <see cref="Export.ListedDays"/> days, newest first, at most 100. Told of through LiveTopic.ExportsOf.</summary>
    Task<IReadOnlyList<ExportRow>> ListAsync(CancellationToken ct);

    /// <summary>Null for an unknown one and for somebody else's, except for administrators.</summary>
    Task<ExportRow?> GetAsync(Guid id, CancellationToken ct);

    /// <summary>Errors: not_found.</summary>
    Task<Result> CancelAsync(Guid id, CancellationToken ct);

    /// <summary>Errors: not_found (also for somebody else's, except for administrators), forbidden, export.running, export.gone (its time is over, or it was cancelled).</summary>
    Task<Result<ExportFile>> OpenAsync(Guid id, CancellationToken ct);
}

public enum ExportState { Waiting, Running, Ready, Failed, Cancelled, Expired }

/// <param name="Total">Rows expected.</param>
/// <param name="Done">Rows written so far; once it is ready, rows of the file, or those expected where it is written while it is downloaded.</param>
/// <param name="Until">When the file goes.</param>
public sealed record ExportRow(Guid Id, ExportKind Kind, ExportFormat Format, string FileName, ExportState State, int Total, int Done, long? Size, DateTime CreatedAt, DateTime Until)
{
    /// <summary>Why it failed.</summary>
    public string? ErrorCode { get; init; }
}

/// <summary>A file to be sent.</summary>
/// <param name="WriteAsync">Writes it all into the stream, asynchronously alone.</param>
public sealed record ExportFile(string FileName, string ContentType, Func<Stream, CancellationToken, Task> WriteAsync);

/// <summary>What is wanted. Of contacts either <see cref="Ids"/>, or every one of <see cref="Contacts"/> except <see cref="Except"/>.</summary>
public sealed record ExportRequest(ExportKind Kind, ExportFormat Format)
{
    /// <summary>In their order; empty for all there are, custom fields among them.</summary>
    public IReadOnlyList<ExportColumn> Columns { get; init; } = [];
    public ContactQuery? Contacts { get; init; }
    public IReadOnlyList<Guid>? Ids { get; init; }
    public IReadOnlyList<Guid>? Except { get; init; }
    public AccountQuery? Accounts { get; init; }

    /// <summary>Whose interactions.</summary>
    public Guid? ContactId { get; init; }
    public TimelineFilter? Timeline { get; init; }
}

/// <param name="Title">The column's name in the file, as an import knows it again.</param>
public sealed record ExportColumn(ImportField Field, string Title);

/// <summary>Which columns a kind has.</summary>
public static class ExportColumns
{
    private static readonly ImportTarget[] Parts = [ImportTarget.FamilyName, ImportTarget.GivenName, ImportTarget.MiddleName, ImportTarget.NamePrefix, ImportTarget.NameSuffix, ImportTarget.Birthday, ImportTarget.Qq];

    /// <summary>In the order of a file, custom fields not among them.</summary>
    public static IReadOnlyList<ImportTarget> Of(ExportKind kind) => kind switch
    {
        ExportKind.Contacts => [.. ImportFields.Of(ImportKind.Contacts).Except(Parts)],
        ExportKind.Accounts => ImportFields.Of(ImportKind.Accounts),
        _ => [ImportTarget.Name, ImportTarget.Company, .. ImportFields.Of(ImportKind.Interactions).Where(t => t >= ImportTarget.Type), ImportTarget.Owner],
    };

    public static string ContentType(ExportFormat format) => format switch
    {
        ExportFormat.Csv => "text/csv; charset=utf-8",
        ExportFormat.Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _ => "text/vcard; charset=utf-8",
    };

    public static string Extension(ExportFormat format) => format switch { ExportFormat.Csv => "csv", ExportFormat.Xlsx => "xlsx", _ => "vcf" };
}
