using System.IO.Compression;
using System.Xml;
using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Shared;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace CrmAi.Infrastructure.ContactFiles;

/// <summary>An .xlsx that was found to be one, and to be no bomb. Only parts whose size is known are taken into memory.</summary>
internal sealed class XlsxPackage : IDisposable
{
    // Of parts that are read whole: the workbook, its formats, its table of contents.
    private const long MaxPart = 16 * 1024 * 1024;
    private const int MaxEntries = 10_000;

    // Characters of such a part, whatever it is called: relationships say what it is read as.
    private const long MaxWhole = 4 * 1024 * 1024;
    private const long Harmless = 64L * 1024 * 1024;

    private readonly SpreadsheetDocument document;

    private XlsxPackage(SpreadsheetDocument document) => this.document = document;

    /// <summary>Names in their order; hidden ones too.</summary>
    public required IReadOnlyList<string> Sheets { get; init; }

    internal required IReadOnlyList<WorksheetPart> Parts { get; init; }

    public required XlsxFormats Formats { get; init; }

    public SharedStringTablePart? Texts => document.WorkbookPart!.SharedStringTablePart;

    /// <summary>Errors: file.broken, file.bomb, file.kind.</summary>
    public static Result<XlsxPackage> Open(Stream content)
    {
        if (Refused(content) is { } refusal) return refusal;
        SpreadsheetDocument? document = null;
        try
        {
            content.Position = 0;
            document = SpreadsheetDocument.Open(content, isEditable: false, new OpenSettings { AutoSave = false, MaxCharactersInPart = MaxWhole });
            if (document.WorkbookPart is not { Workbook.Sheets: { } sheets } book) return new Error("file.kind", null);
            var known = sheets.Elements<Sheet>().Where(s => s.Id?.Value is not null).Select(s => (Name: s.Name?.Value ?? "", Part: PartOf(book, s.Id!.Value!))).Where(s => s.Part is not null).Take(1_000).ToList();
            if (known.Count == 0) return new Error("file.kind", null);
            var package = new XlsxPackage(document) { Sheets = known.ConvertAll(s => s.Name), Parts = known.ConvertAll(s => s.Part!), Formats = XlsxFormats.Of(book) };
            document = null;
            return package;
        }
        catch (Exception fault) when (IsDamage(fault)) { return new Error("file.broken", null); }
        finally { document?.Dispose(); }
    }

    /// <summary>What damaged or forged packages make the libraries throw.</summary>
    public static bool IsDamage(Exception fault) =>
        fault is InvalidDataException or XmlException or OpenXmlPackageException or FileFormatException or FormatException or OverflowException or ArgumentException or InvalidOperationException
            or KeyNotFoundException or NotSupportedException or EndOfStreamException;

    /// <summary>The rows' part. Reading is counted: it never yields more than a whole file may hold.</summary>
    public Stream OpenSheet(string name) => new GuardedXml(Parts[Sheets.ToList().IndexOf(name)].GetStream(FileMode.Open, FileAccess.Read), FileLimits.MaxUnpacked);

    public void Dispose() => document.Dispose();

    private static WorksheetPart? PartOf(WorkbookPart book, string id) => book.TryGetPartById(id, out var part) ? part as WorksheetPart : null;

    private static Error? Refused(Stream content)
    {
        content.Position = 0;
        try
        {
            if (ZipDirectory.HasMoreThan(content, MaxEntries)) return new("file.bomb", null);
            content.Position = 0;
            using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
            var (unpacked, hasBook) = (0L, false);
            foreach (var entry in zip.Entries)
            {
                unpacked += entry.Length;
                hasBook |= entry.FullName.StartsWith("xl/", StringComparison.OrdinalIgnoreCase) || entry.FullName == "[Content_Types].xml";
                if (entry.Length > Harmless && entry.Length / Math.Max(1, entry.CompressedLength) > FileLimits.MaxRatio) return new("file.bomb", null);
                if (entry.Length > MaxPart && !IsStreamed(entry.FullName)) return new("file.bomb", null);
                if (entry.IsEncrypted) return new("file.locked", null);
            }
            if (unpacked > FileLimits.MaxUnpacked) return new("file.bomb", null);
            return hasBook ? null : new("file.kind", null);
        }
        catch (Exception fault) when (IsDamage(fault)) { return new("file.broken", null); }
    }

    // Rows and shared texts are read as they come; pictures and the like are never opened.
    private static bool IsStreamed(string name) =>
        !name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)
        && (name.Contains("worksheets/", StringComparison.OrdinalIgnoreCase) || name.Contains("sharedstrings", StringComparison.OrdinalIgnoreCase) || name.Contains("media/", StringComparison.OrdinalIgnoreCase));
}
