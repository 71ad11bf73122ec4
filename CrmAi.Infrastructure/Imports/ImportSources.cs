using System.Text.Json;
using CrmAi.Domain.ContactFiles;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.BusinessCards;
using CrmAi.Infrastructure.CustomFields;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using CrmAi.Infrastructure.Platform.Encryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CrmAi.Infrastructure.Imports;

/// <summary>Opens an import's file for a job, with whoever makes records of its rows.</summary>
internal sealed class ImportSources(IDbContextFactory<AppDbContext> contexts, IContactFiles reader, IFileStore files, FieldCipher cipher, IOptions<CardOptions> options, TimeProvider time)
{
    /// <exception cref="JobRefusedException">The file is gone, or is kept no longer.</exception>
    public async Task<OpenImport> OpenAsync(Guid id, Viewer viewer, bool isTrial, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var import = await db.Imports.AsNoTracking().SingleAsync(i => i.Id == id, ct);
        var mapping = MappingOf(import);
        var custom = ImportFields.CustomOf(mapping.Kind) is { } target ? await db.CustomFields.AsNoTracking().Where(f => f.Target == target).OrderBy(f => f.Position).ToListAsync(ct) : [];
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(viewer.TimeZone, out var known) ? known : TimeZoneInfo.Utc;
        var now = time.GetUtcNow();
        var task = new ImportTask(import, mapping, new(zone, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime), [.. custom.Select(CustomValues.Row)]), import.StartedAt ?? now.UtcDateTime, isTrial);
        Importer importer = mapping.Kind switch
        {
            ImportKind.Contacts => new ContactImporter(task, cipher, files, options.Value.TellsDuplicateOwners, time),
            ImportKind.Accounts => new AccountImporter(task, cipher),
            _ => new InteractionImporter(task, cipher),
        };
        return new(import, ShapeOf(import), mapping, importer, Open(import), reader);
    }

    private Stream Open(Import import)
    {
        if (import.FileDeletedAt is not null) throw new JobRefusedException("import.gone");
        try { return files.Open(import.StorageKey); }
        catch (IOException fault) when (fault is FileNotFoundException or DirectoryNotFoundException) { throw new JobRefusedException("import.gone"); }
    }

    public static FileShape ShapeOf(Import import) => JsonSerializer.Deserialize<FileShape>(import.Shape, JsonColumns.Options)!;

    public static ImportMapping MappingOf(Import import) => JsonSerializer.Deserialize<ImportMapping>(import.Mapping, JsonColumns.Options)!;

    public static IReadOnlyList<DateQuestion> QuestionsOf(Import import) => import.Questions is null ? [] : JsonSerializer.Deserialize<List<DateQuestion>>(import.Questions, JsonColumns.Options)!;

    /// <summary>What importing a kind asks of a person.</summary>
    public static bool May(Viewer viewer, ImportKind kind) => viewer.May(kind == ImportKind.Interactions ? Operation.WriteInteractions : Operation.WriteContacts);
}

internal sealed record OpenImport(Import Import, FileShape Shape, ImportMapping Mapping, Importer Importer, Stream Content, IContactFiles Reader) : IAsyncDisposable
{
    public IAsyncEnumerable<FileRow> Rows(CancellationToken ct)
    {
        Content.Position = 0;
        return Reader.ReadAsync(Content, Shape.Kind, Shape.Reading, ct);
    }

    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
