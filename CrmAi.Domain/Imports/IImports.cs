using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Imports;

/// <summary>Files become contacts, companies and conversations. One's own; administrators see everybody's, end them and take them back, but begin none in another's name (forbidden). Told of through LiveTopic.ImportsOf.</summary>
public interface IImports
{
    /// <summary>
    /// Keeps a file, looks into it, and guesses what its columns are, or remembers it. Errors: forbidden; those of <see cref="IContactFiles.LookAsync"/>; import.store (no room to keep it).
    /// </summary>
    /// <param name="kind">What its rows become; null to tell it from the headers.</param>
    Task<Result<ImportDetail>> UploadAsync(string? fileName, Stream content, ImportKind? kind, CancellationToken ct);

    /// <summary>Newest first. <paramref name="take"/> from 1 to 200. Errors: cursor.unknown.</summary>
    /// <param name="everybody">All that one may see instead of one's own.</param>
    Task<Result<Page<ImportSummary>>> PageAsync(bool everybody, string? after, int take, CancellationToken ct);

    /// <summary>Null where it does not exist or may not be seen.</summary>
    Task<ImportDetail?> GetAsync(Guid id, CancellationToken ct);

    /// <summary>Looks into the file anew, as the person says it is to be read. Errors: not_found, conflict, import.state; those of looking.</summary>
    Task<Result<ImportDetail>> ReadAsAsync(Guid id, int version, FileReading reading, ImportKind kind, CancellationToken ct);

    /// <summary>
    /// What becomes of the columns and of what is there already, finished or not; remembered for files with the same headers where the plan says so. Errors: not_found, conflict, import.state (it has begun),
    /// import.mapping (unknown column or field; args: the column), custom.unknown, forbidden (for everybody, without being an administrator).
    /// </summary>
    Task<Result<ImportDetail>> MapAsync(Guid id, int version, ImportPlan plan, CancellationToken ct);

    /// <summary>Reads the whole file, writing nothing, as a job. Errors: not_found, import.state, import.twice (two columns for a field that takes one; args: the field), import.name (nothing says who or what a row is).</summary>
    Task<Result> CheckAsync(Guid id, CancellationToken ct);

    /// <summary>Imports what was checked, as a job. Errors: not_found, import.state, import.dates (a column's days may be two days: its order is to be chosen).</summary>
    Task<Result> RunAsync(Guid id, CancellationToken ct);

    /// <summary>Ends before the next batch. Errors: not_found, import.state.</summary>
    Task<Result> PauseAsync(Guid id, CancellationToken ct);

    /// <summary>Goes on with the first row that is not dealt with, also after a failure. Errors: not_found, import.state.</summary>
    Task<Result> ResumeAsync(Guid id, CancellationToken ct);

    /// <summary>Ends it; what is done stays done, and can be taken back. One that has not begun is thrown away with its file. Errors: not_found, import.state.</summary>
    Task<Result> CancelAsync(Guid id, CancellationToken ct);

    /// <summary>Takes it back as a job; what somebody used since stays. For 30 days. Errors: not_found, import.state, undo.late, undo.done, import.empty (nothing was written).</summary>
    Task<Result> UndoAsync(Guid id, CancellationToken ct);

    /// <summary>Rows that something is to be said of, in the file's order. <paramref name="take"/> from 1 to 200. Errors: not_found, cursor.unknown.</summary>
    Task<Result<Page<ImportRowReport>>> RowsAsync(Guid id, ImportPhase phase, RowOutcome? outcome, string? after, int take, CancellationToken ct);

    /// <summary>All of them as a file: the row's own cells, its number and why. Errors: not_found, import.gone (the file is kept no longer).</summary>
    Task<Result<ImportReport>> ReportAsync(Guid id, ImportPhase phase, ReportWords words, CancellationToken ct);
}

/// <param name="Remember">Whether files with the same headers are mapped so from now on.</param>
/// <param name="ForEverybody">Remembered for the whole company; for administrators.</param>
public sealed record ImportPlan(IReadOnlyList<PlannedColumn> Columns, DuplicatePolicy Policy = DuplicatePolicy.Skip, bool DropsBadValues = false, bool Remember = true, bool ForEverybody = false);

/// <param name="CustomFieldId">Of <see cref="ImportTarget.Custom"/> alone.</param>
/// <param name="Dates">How the column's days are written, where that is chosen.</param>
public sealed record PlannedColumn(int Index, ImportTarget Target, Guid? CustomFieldId = null, DateOrder? Dates = null);

/// <param name="Done">Rows dealt with.</param>
public sealed record ImportCounts(int Done, int Created, int Updated, int Skipped, int Repeated, int Refused);

/// <param name="Kept">Records that stay, as somebody used or changed them since.</param>
/// <param name="Companies">Of those taken back: companies made along with contacts.</param>
/// <param name="Labels">Labels that it had made and nobody else uses: taken back too, and not among <paramref name="Done"/>.</param>
public sealed record UndoCounts(int Total, int Done, int Kept, int Companies = 0, int Labels = 0);

public sealed record ImportSummary(Guid Id, string FileName, long Size, ImportKind Kind, ImportState State, Guid OwnerId, string Owner, int Rows, ImportCounts? Run, UndoCounts? Undo, string? ErrorCode, DateTime CreatedAt, DateTime? FinishedAt)
{
    /// <summary>Finished within 30 days, and something of it is still there to take back.</summary>
    public bool MayUndo { get; init; }

    /// <summary>Who had it taken back, where that was somebody else than whoever imported it.</summary>
    public string? UndoneBy { get; init; }
}

/// <param name="Questions">Columns whose days may be written in several orders, of which a person chooses one.</param>
/// <param name="Remembered">Mapped as the same headers were the last time.</param>
public sealed record ImportDetail(ImportSummary Summary, int Version, FileShape Shape, ImportMapping Mapping, DuplicatePolicy Policy, bool DropsBadValues, bool Remembered, IReadOnlyList<DateQuestion> Questions)
{
    /// <summary>Of the trial; null before one.</summary>
    public ImportCounts? Check { get; init; }

    /// <summary>Rows that the trial has gone through.</summary>
    public int Checked { get; init; }

    /// <summary>Made along with contacts.</summary>
    public int Companies { get; init; }

    /// <summary>Of the latest job: whether it waits for a worker, works or has ended.</summary>
    public JobState? Job { get; init; }
    public DateTime? StartedAt { get; init; }

    /// <summary>Fields of the administrator's own that columns can be mapped to.</summary>
    public IReadOnlyList<CustomFieldRow> Custom { get; init; } = [];
}

/// <param name="Sample">A value that tells nothing.</param>
public sealed record DateQuestion(int Column, string Sample, IReadOnlyList<DateOrder> Possible);

/// <param name="Name">Of the record, where there is one that may be seen.</param>
public sealed record ImportRowReport(int Number, RowOutcome Outcome, Guid? RecordId, string? Name, IReadOnlyList<RowProblem> Problems);

/// <param name="Say">Puts a problem into words.</param>
public sealed record ReportWords(string Row, string Outcome, string Reason, Func<RowOutcome, string> Of, Func<RowProblem, string> Say);

/// <summary>Written as it is read, so that it costs no memory.</summary>
public sealed record ImportReport(string FileName, Func<Stream, CancellationToken, Task> WriteAsync);
