using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;
using CrmAi.Infrastructure.CustomFields;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Platform.Files;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Imports;

/// <summary>A file that came becomes an import with a mapping, remembered or guessed; it goes again where that fails.</summary>
internal sealed class ImportUploads(IDbContextFactory<AppDbContext> contexts, IFileStore files, IContactFiles reader, TimeProvider time)
{
    public async Task<Result<Guid>> AddAsync(Viewer viewer, string? fileName, Stream content, ImportKind? kind, CancellationToken ct)
    {
        StoredFile stored;
        try { stored = await files.SaveAsync(content, FileLimits.MaxSize, ct); }
        catch (FileTooLargeException) { return new Error("file.large", null, FileLimits.MaxSize / 1024 / 1024); }
        catch (IOException fault) when (FullDisk.Is(fault)) { return new Error("import.store", null); }
        var added = false;
        try
        {
            var name = FileName(fileName);
            var shape = await LookAsync(stored.Key, name, null, ct);
            if (!shape.Succeeded) return Result.Refused<Guid>(shape.Errors);
            await using var db = await contexts.CreateDbContextAsync(ct);
            var import = new Import { UserId = viewer.Id, FileName = name, StorageKey = stored.Key, Size = stored.Size, Shape = "", Mapping = "", CreatedAt = time.GetUtcNow().UtcDateTime };
            var rows = kind ?? ImportMapping.GuessKind(shape.Value.Columns);
            if (!ImportSources.May(viewer, rows)) return Error.Forbidden;
            await FillAsync(db, viewer, import, shape.Value, rows, ct);
            db.Imports.Add(import);
            await db.SaveChangesAsync(ct);
            added = true;
            return import.Id;
        }
        finally
        {
            if (!added) files.Delete(stored.Key);
        }
    }

    /// <summary>Errors: those of looking; import.gone.</summary>
    public async Task<Result<FileShape>> LookAsync(string key, string fileName, FileReading? wanted, CancellationToken ct)
    {
        Stream file;
        try { file = files.Open(key); }
        catch (IOException fault) when (fault is FileNotFoundException or DirectoryNotFoundException) { return new Error("import.gone", null); }
        await using (file) return await reader.LookAsync(file, fileName, wanted, ct);
    }

    /// <summary>Reads it so, and maps it as the same headers were mapped the last time by this person, or by the company; otherwise as they suggest.</summary>
    public static async Task FillAsync(AppDbContext db, Viewer viewer, Import import, FileShape shape, ImportKind kind, CancellationToken ct)
    {
        var headers = Headers(kind, shape.Columns);
        var custom = await CustomAsync(db, kind, ct);
        var memory = (await db.MappingMemories.AsNoTracking().Where(m => m.Headers == headers && (m.UserId == viewer.Id || m.UserId == Guid.Empty)).ToListAsync(ct)).OrderByDescending(m => m.UserId == viewer.Id).FirstOrDefault();
        var remembered = memory is null ? null : Fitting(JsonSerializer.Deserialize<ImportMapping>(memory.Mapping, JsonColumns.Options)!, shape, custom);
        var mapping = remembered ?? ImportMapping.Guess(kind, shape.Columns, shape.Sample, custom);
        (import.Kind, import.Shape, import.Mapping, import.IsRemembered) = (kind, JsonSerializer.Serialize(shape, JsonColumns.Options), JsonSerializer.Serialize(mapping, JsonColumns.Options), remembered is not null);
        if (memory is not null && remembered is not null) import.Policy = memory.Policy;
        (import.State, import.Questions, import.CheckedAt) = (ImportState.Uploaded, null, null);
    }

    public static byte[] Headers(ImportKind kind, IReadOnlyList<FileColumn> columns) => SHA256.HashData(Encoding.UTF8.GetBytes(ImportMapping.Fingerprint(kind, columns)));

    public static async Task<IReadOnlyList<CustomFieldRow>> CustomAsync(AppDbContext db, ImportKind kind, CancellationToken ct) =>
        ImportFields.CustomOf(kind) is { } target ? [.. (await db.CustomFields.AsNoTracking().Where(f => f.Target == target && !f.IsArchived).OrderBy(f => f.Position).ThenBy(f => f.Id).ToListAsync(ct)).Select(CustomValues.Row)] : [];

    // A field that is gone since is mapped to nothing; how days are written, each file says anew.
    private static ImportMapping? Fitting(ImportMapping mapping, FileShape shape, IReadOnlyList<CustomFieldRow> custom) => mapping.Columns.Count != shape.Columns.Count ? null : mapping with
    {
        Columns = [.. mapping.Columns.Select(c => c.Field.CustomFieldId is { } id && !custom.Any(f => f.Id == id) ? c with { Field = ImportField.Ignore, Confidence = 0, Dates = null } : c with { Dates = null })],
    };

    private static string FileName(string? name)
    {
        var plain = OneLine.Of(Path.GetFileName((name ?? "").Replace('\\', '/')));
        return plain.Length == 0 ? "file" : plain.Length > Import.MaxFileName ? Search.SearchTerms.Cut(plain, Import.MaxFileName) : plain;
    }
}
