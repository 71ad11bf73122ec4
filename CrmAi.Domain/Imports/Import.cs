using CrmAi.Domain.Shared;

namespace CrmAi.Domain.Imports;

/// <summary>How far an import has come. From Failed and Paused it can go on, from Done, Cancelled and Failed it can be taken back.</summary>
public enum ImportState { Uploaded, Mapped, Checking, Checked, Running, Paused, Done, Cancelled, Failed, Undoing, Undone }

/// <summary>What becomes of a row whose record is there already: left alone, its empty fields filled, all mapped fields written, or made once more.</summary>
public enum DuplicatePolicy { Skip, FillEmpty, Overwrite, Create }

/// <summary>What looked at a row: the trial, the import itself, or its undo.</summary>
public enum ImportPhase { Check, Run, Undo }

/// <summary>What became of a row, in a trial what would. Repeated: the file has had it before, and it is left out. Of an undo: Undone, or Kept as somebody used the record since.</summary>
public enum RowOutcome { Created, Updated, Skipped, Repeated, Refused, Undone, Kept }

/// <summary>One file on its way into the database. Whoever uploaded it works on it; administrators see it.</summary>
public sealed class Import : IVersioned
{
    /// <summary>Rows of a file; characters of its name.</summary>
    public const int MaxRows = 500_000, MaxFileName = 200;

    public Guid Id { get; init; } = Ids.Next();
    public Guid UserId { get; init; }
    public required string FileName { get; init; }
    public required string StorageKey { get; init; }

    /// <summary>Bytes.</summary>
    public long Size { get; init; }
    public ImportKind Kind { get; set; }
    public ImportState State { get; set; }

    /// <summary>A <see cref="ContactFiles.FileShape"/> as JSON, encrypted: it shows rows of the file.</summary>
    public required string Shape { get; set; }

    /// <summary>An <see cref="ImportMapping"/> as JSON.</summary>
    public required string Mapping { get; set; }
    public DuplicatePolicy Policy { get; set; }

    /// <summary>A list of <see cref="DateQuestion"/> as JSON, where a person is to decide.</summary>
    public string? Questions { get; set; }

    /// <summary>Whether the mapping was remembered, not guessed.</summary>
    public bool IsRemembered { get; set; }

    /// <summary>A value that cannot be read is left out; otherwise its row is refused.</summary>
    public bool DropsBadValues { get; set; }

    /// <summary>The latest job of it.</summary>
    public Guid? JobId { get; set; }

    /// <summary>What the job is to do before its next batch.</summary>
    public bool IsPauseAsked { get; set; }
    public bool IsCancelAsked { get; set; }

    /// <summary>Rows in the file, known once it was checked.</summary>
    public int Rows { get; set; }

    /// <summary>Of the trial.</summary>
    public int CheckedNew { get; set; }
    public int CheckedUpdates { get; set; }
    public int CheckedSkips { get; set; }
    public int CheckedRepeats { get; set; }
    public int CheckedRefusals { get; set; }

    /// <summary>Rows dealt with, and the number of the last of them in the file.</summary>
    public int Done { get; set; }
    public int LastNumber { get; set; }

    /// <summary>New contacts until this row are found by the search box: terms are written a little behind, many at a time.</summary>
    public int IndexedNumber { get; set; }
    public int Created { get; set; }
    public int Updated { get; set; }
    public int Skipped { get; set; }
    public int Repeated { get; set; }
    public int Refused { get; set; }

    /// <summary>Companies made along with contacts.</summary>
    public int Companies { get; set; }

    /// <summary>Records of it to take back, dealt with, and those of them that stay.</summary>
    public int UndoTotal { get; set; }
    public int UndoDone { get; set; }
    public int UndoKept { get; set; }

    /// <summary>Companies and labels that it had made, taken back with it.</summary>
    public int UndoneCompanies { get; set; }
    public int UndoneLabels { get; set; }

    /// <summary>Rows of this number and above are dealt with.</summary>
    public int UndoneFrom { get; set; }

    /// <summary>Why it ended early; null where it did not.</summary>
    public string? ErrorCode { get; set; }
    public DateTime CreatedAt { get; init; }
    public DateTime? CheckedAt { get; set; }
    public DateTime? StartedAt { get; set; }
    public DateTime? FinishedAt { get; set; }
    public DateTime? UndoneAt { get; set; }

    /// <summary>When the file went; what it became is kept.</summary>
    public DateTime? FileDeletedAt { get; set; }
    public int Version { get; set; }
}

/// <summary>One row of a file, and what became of it. A trial keeps only rows that something is to be said of, an undo only records that stay.</summary>
public sealed class ImportItem
{
    public Guid ImportId { get; init; }
    public ImportPhase Phase { get; init; }

    /// <summary>As <see cref="ContactFiles.FileRow.Number"/>.</summary>
    public int Number { get; init; }
    public RowOutcome Outcome { get; init; }

    /// <summary>The record that it became, or that was there already.</summary>
    public Guid? RecordId { get; init; }

    /// <summary>A list of <see cref="RowProblem"/> as JSON, encrypted; null where all is well.</summary>
    public string? Problems { get; init; }
}

/// <summary>What stands against a row, or what is to be said of it.</summary>
/// <param name="Column">From 0; -1 where it is about the whole row.</param>
/// <param name="Value">What stands in the cell, cut; null where there is none.</param>
/// <param name="Code">As of an <see cref="Error"/>, with <paramref name="Args"/>.</param>
public sealed record RowProblem(int Column, string? Value, string Code, IReadOnlyList<string> Args);

/// <summary>How somebody mapped a set of headers the last time.</summary>
public sealed class MappingMemory
{
    public Guid Id { get; init; } = Ids.Next();

    /// <summary>Empty for the company's, which administrators keep.</summary>
    public Guid UserId { get; init; }

    /// <summary>SHA-256 of <see cref="ImportMapping.Fingerprint"/>.</summary>
    public required byte[] Headers { get; init; }
    public required string Mapping { get; set; }
    public DuplicatePolicy Policy { get; set; }
    public DateTime SavedAt { get; set; }
}

/// <summary>Counts the batches of all imports: who decided by what was there before another batch decides anew.</summary>
public sealed class ImportGate
{
    public int Id { get; init; }
    public long Batches { get; set; }
}
