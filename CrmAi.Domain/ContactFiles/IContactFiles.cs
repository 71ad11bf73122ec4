using CrmAi.Domain.Shared;

namespace CrmAi.Domain.ContactFiles;

/// <summary>
/// Spreadsheets and address books as rows. Decides no permission and writes nothing: whose file it is, is the caller's to know.
/// Memory does not grow with the file, except by the distinct texts of an .xlsx, which are limited.
/// </summary>
public interface IContactFiles
{
    /// <summary>
    /// What a file is, by its content and never by its name, how it can be read, its columns and first rows. Reads no further than that needs.
    /// Errors: file.empty; file.large (args: megabytes, <see cref="FileLimits.MaxSize"/>); file.kind (neither a table nor an address book); file.old (an .xls: to be saved as .xlsx);
    /// file.locked (needs a password); file.broken (cut off or damaged); file.bomb (unpacks to more than anybody would write); file.texts (too many distinct texts in an .xlsx);
    /// file.columns (args: <see cref="FileLimits.MaxColumns"/>); file.rows (no row under the headers); encoding.unknown, delimiter.unknown, sheet.unknown, header.unknown (of what the person chose).
    /// </summary>
    /// <param name="content">Seekable; it is left open.</param>
    /// <param name="fileName">Only for what is shown of it; null where there is none.</param>
    /// <param name="wanted">What the person decided; what is null in it is told from the content.</param>
    Task<Result<FileShape>> LookAsync(Stream content, string? fileName, FileReading? wanted, CancellationToken ct);

    /// <summary>
    /// Every row under the headers, in the file's order; blank ones are left out. A row that cannot be read has a <see cref="FileRow.Problem"/>, and reading goes on with the next.
    /// Where the file ends too early, or is damaged from some place on, the last row has the problem row.lost.
    /// </summary>
    /// <param name="content">Seekable; it is left open.</param>
    /// <param name="kind">As looking found it.</param>
    /// <param name="reading"><see cref="FileShape.Reading"/> as it was decided; a job keeps it beside the file.</param>
    IAsyncEnumerable<FileRow> ReadAsync(Stream content, FileKind kind, FileReading reading, CancellationToken ct);
}

public enum FileKind { Csv, Xlsx, VCard }

/// <summary>How a file is read. Looking fills in what is null.</summary>
/// <param name="Encoding">utf-8, utf-16, utf-16BE or gb18030; of text alone.</param>
/// <param name="Delimiter">Of a table in text.</param>
/// <param name="Sheet">Name of the sheet of an .xlsx.</param>
/// <param name="HeaderRow">Number of the row with the columns' names, from 1 as the file shows it; 0 where no row has them.</param>
public sealed record FileReading(string? Encoding = null, char? Delimiter = null, string? Sheet = null, int? HeaderRow = null);

/// <summary>What a file holds.</summary>
/// <param name="Reading">How it is read, with nothing left open that its kind has.</param>
/// <param name="Sheets">Names of an .xlsx's sheets, in their order; empty for others.</param>
/// <param name="Columns">At least one.</param>
/// <param name="Sample">The first rows under the headers, at most <see cref="FileLimits.Sample"/>, to be shown: cells are cut to <see cref="FileLimits.MaxSampled"/>, and photos left out.</param>
public sealed record FileShape(FileKind Kind, FileReading Reading, IReadOnlyList<string> Sheets, IReadOnlyList<FileColumn> Columns, IReadOnlyList<FileRow> Sample)
{
    /// <summary>What a person should know of it before it is read: header.double (args: name) where two columns are called the same, encoding.mixed where not all of it is text of the encoding.</summary>
    public IReadOnlyList<Error> Notes { get; init; } = [];
}

/// <param name="Index">From 0; its cell in <see cref="FileRow.Cells"/>.</param>
/// <param name="Name">As the header has it, on one line; empty where it has none. Of a vCard the property and its kind, "TEL;CELL" (<see cref="VCardColumns"/>).</param>
/// <param name="Filled">Rows of the sample with something in it.</param>
public sealed record FileColumn(int Index, string Name, int Filled);

/// <summary>One row of a table or one card.</summary>
/// <param name="Number">From 1: the row as a spreadsheet program shows it; the line in text on which it begins; which card.</param>
/// <param name="Cells">Trimmed, by column; shorter where the row is. Days of an .xlsx are written yyyy-MM-dd, times yyyy-MM-dd HH:mm:ss, formulas are the value that was last calculated.</param>
/// <param name="Problem">Why it cannot be read, null where it can: row.cell (a text longer than <see cref="FileLimits.MaxCell"/>), row.columns (more cells than <see cref="FileLimits.MaxColumns"/>),
/// row.long (longer than <see cref="FileLimits.MaxRow"/>), row.quote (a quotation mark that never ends), row.encoding (bytes that are no text), row.card (a card that never ends), row.header (the columns' names once more), row.strange (something in it that nobody can read), row.lost (the file ends or breaks off here).
/// Cells then hold what could be read, cut to <see cref="FileLimits.MaxShown"/>.</param>
public sealed record FileRow(int Number, IReadOnlyList<string> Cells, string? Problem = null)
{
    /// <summary>Of a vCard.</summary>
    public FilePhoto? Photo { get; init; }

    /// <summary>What was left out of a row that can be read all the same: row.photo.large, row.photo.broken.</summary>
    public string? Note { get; init; }
}

/// <param name="Bytes">At most <see cref="FileLimits.MaxPhoto"/>; what they are is still to be told from them.</param>
public sealed record FilePhoto(ReadOnlyMemory<byte> Bytes);

/// <summary>What files and their parts may be.</summary>
public static class FileLimits
{
    /// <summary>Bytes of a file: 100,000 rows with long notes, or a phone's address book with pictures.</summary>
    public const long MaxSize = 256L * 1024 * 1024;

    /// <summary>Columns of a table, and characters of a cell, of a row, and of what is shown of a row that was refused.</summary>
    public const int MaxColumns = 1_000, MaxCell = 200_000, MaxRow = 4_000_000, MaxShown = 200;

    /// <summary>Bytes of a photo.</summary>
    public const int MaxPhoto = 5 * 1024 * 1024;

    /// <summary>Rows of a sample; characters of its cells, and of its rows where these have many.</summary>
    public const int Sample = 20, MaxSampled = 500, MaxSampledRow = 100_000;

    /// <summary>Of an .xlsx: unpacked bytes of all its parts, how many times the packed ones they may be, and bytes of its distinct texts.</summary>
    public const long MaxUnpacked = 2L * 1024 * 1024 * 1024;
    public const int MaxRatio = 200, MaxTexts = 64 * 1024 * 1024;
}
