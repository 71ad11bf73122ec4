using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Encryption;

namespace CrmAi.Infrastructure.Imports;

/// <summary>What an importer knows of its file.</summary>
/// <param name="Since">When the import began: what is younger may be of the file itself.</param>
internal sealed record ImportTask(Import Import, ImportMapping Mapping, ImportContext Context, DateTime Since, bool IsTrial);

/// <summary>Makes records of one kind out of rows. One for each run of a job.</summary>
internal abstract class Importer(ImportTask task, FieldCipher cipher)
{
    protected ImportTask Task { get; } = task;

    protected FieldCipher Cipher { get; } = cipher;

    protected RowProblems Trouble { get; } = new(task.Mapping, task.Import.DropsBadValues);

    protected DuplicatePolicy Policy => Task.Import.Policy;

    /// <summary>Fields of the administrator's own that hold days.</summary>
    public IReadOnlySet<Guid> DateFields => Task.Context.Custom.Where(f => f.Fields.Type == Domain.CustomFields.CustomFieldType.Date).Select(f => f.Id).ToHashSet();

    /// <summary>All that needs no database; on a thread of its own, ahead of the writing.</summary>
    /// <param name="keysOnly">Of a row that was dealt with already.</param>
    public abstract RowDraft Prepare(FileRow row, bool keysOnly);

    /// <summary>Decides what becomes of rows, in their order, and makes what is to be written. In a trial nothing is.</summary>
    /// <param name="db">Rows that change are tracked in it.</param>
    /// <param name="before">The batch before, which is being written at this moment; null where all before are written.</param>
    public abstract Task<Decided> DecideAsync(AppDbContext db, Viewer viewer, IReadOnlyList<RowDraft> rows, FileKeys seen, Decided? before, DateTime now, CancellationToken ct);

    /// <summary>Whether a batch can be decided while the one before is written: not where a row may change what an earlier row has made.</summary>
    public virtual bool DecidesAhead => Policy is DuplicatePolicy.Skip or DuplicatePolicy.Create;

    protected ImportedRow Read(FileRow row) => ImportedRow.Read(Task.Mapping, row, Task.Context);

    protected UInt128? Key(string kind, string? value) => value is null ? null : Number(Cipher.Index(value, kind)!);

    protected static UInt128 Number(byte[] digest) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(digest);

    protected ImportItem Item(RowDraft row, RowOutcome outcome, Guid? record = null) => new()
    {
        ImportId = Task.Import.Id, Phase = Task.IsTrial ? ImportPhase.Check : ImportPhase.Run, Number = row.Number, Outcome = outcome, RecordId = record,
        Problems = row.Problems.Count == 0 ? null : System.Text.Json.JsonSerializer.Serialize(row.Problems, JsonColumns.Options),
    };
}

/// <summary>What is to become of a batch.</summary>
internal sealed class Decided
{
    public List<ImportItem> Items { get; } = [];

    /// <summary>Keys of rows that became records: later rows of the file are told from them once this is written.</summary>
    public List<RowDraft> Remembered { get; } = [];

    /// <summary>Rows to insert, kind by kind, in an order that keys allow; those that history records among them.</summary>
    public List<IRowsToWrite> Rows { get; } = [];

    /// <summary>Companies, to which changed contacts may point.</summary>
    public List<IRowsToWrite> First { get; } = [];

    /// <summary>Search terms of new contacts, written a little later.</summary>
    public List<Domain.Contacts.ContactSearchTerm> Terms { get; } = [];

    /// <summary>Of new companies, likewise.</summary>
    public List<Domain.Accounts.AccountSearchTerm> CompanyTerms { get; } = [];

    /// <summary>Companies and labels that it makes, by their folded names: the next batch cannot find them yet.</summary>
    public Dictionary<string, (Guid Id, string Name)> NewCompanies { get; } = [];
    public Dictionary<string, Domain.Contacts.Tag> NewLabels { get; } = [];

    /// <summary>Words of new names, for slips in typing; written a little later.</summary>
    public HashSet<string> Words { get; } = new(StringComparer.Ordinal);

    public int Companies { get; set; }

    /// <summary>Photos, to be removed again where the batch is not written.</summary>
    public List<string> Files { get; } = [];

    /// <summary>What follows in the same transaction.</summary>
    public Func<AppDbContext, CancellationToken, Task>? Then { get; set; }

    public void Add<T>(IReadOnlyCollection<T> rows, bool first = false) where T : class
    {
        if (rows.Count > 0) (first ? First : Rows).Add(new RowsToWrite<T>(rows));
    }
}

internal interface IRowsToWrite
{
    RenderedRows Render(BulkWriter bulk);

    /// <summary>Those whose making history records.</summary>
    IEnumerable<IRecorded> Recorded { get; }
}

internal sealed record RowsToWrite<T>(IReadOnlyCollection<T> Rows) : IRowsToWrite where T : class
{
    public RenderedRows Render(BulkWriter bulk) => bulk.Render(Rows);

    public IEnumerable<IRecorded> Recorded => Rows.OfType<IRecorded>();
}
