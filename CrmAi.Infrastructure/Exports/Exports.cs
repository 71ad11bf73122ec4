using System.Globalization;
using System.Text.Json;
using CrmAi.Domain.Contacts;
using CrmAi.Domain.CustomFields;
using CrmAi.Domain.Exports;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using CrmAi.Infrastructure.Jobs;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Exports;

internal sealed class Exports(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, ExportRecords records, ICustomFields customFields, IContactPhotos photos, IFileStore files, ILiveUpdates live, TimeProvider time) : IExports
{
    private const int Listed = 100;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<Result<ExportRow>> StartAsync(ExportRequest request, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.ExportRecords) || !viewer.May(request.Kind == ExportKind.Interactions ? Operation.ReadInteractions : Operation.ReadContacts)) return Error.Forbidden;
        if (await RefusedAsync(request, ct) is { } refusal) return refusal;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (request.Kind == ExportKind.Interactions && !await db.Contacts.VisibleTo(viewer).AnyAsync(c => c.Id == request.ContactId, ct)) return Error.NotFound;
        var now = Now;
        var lately = now.AddHours(-1);
        var open = await db.Exports.CountAsync(e => e.UserId == viewer.Id && db.Jobs.Any(j => j.Id == e.JobId && (j.State == JobState.Waiting || j.State == JobState.Running)), ct);
        if (open >= Export.MaxOpen || await db.Exports.CountAsync(e => e.UserId == viewer.Id && e.CreatedAt > lately, ct) >= Export.MaxHourly) return new Error("export.many", null);
        var total = await records.CountAsync(request, Export.MaxRows, ct);
        if (total == 0) return new Error("export.empty", null);
        if (total > Export.MaxRows) return new Error("export.limit", null, Export.MaxRows);
        // Where counting stopped early, more may come than a download should wait for.
        var jobId = total <= Export.Direct && !(request.Kind == ExportKind.Interactions && total == Export.Direct) ? (Guid?)null : Ids.Next();
        var export = new Export
        {
            UserId = viewer.Id, JobId = jobId, Kind = request.Kind, Format = request.Format, Request = JsonSerializer.Serialize(request), Total = total, CreatedAt = now,
            FileName = $"{request.Kind.ToString().ToLowerInvariant()}-{TimeZoneInfo.ConvertTimeFromUtc(now, TimeZoneInfo.FindSystemTimeZoneById(viewer.TimeZone)).ToString("yyyyMMdd-HHmm", CultureInfo.InvariantCulture)}.{ExportColumns.Extension(request.Format)}",
        };
        db.Exports.Add(export);
        if (jobId is { } id) db.Jobs.Add(new() { Id = id, Kind = ExportJob.Kind, Lane = JobLane.Bulk, SubjectId = export.Id, UserId = viewer.Id, ByHand = true, Total = total, DueAt = now, CreatedAt = now });
        db.Begin("export.start", viewer, now);
        await db.SaveChangesAsync(ct);
        live.Publish(LiveTopic.ExportsOf(viewer.Id));
        return Row(export, jobId is null ? null : new() { Kind = ExportJob.Kind });
    }

    public async Task<IReadOnlyList<ExportRow>> ListAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        var since = Now.AddDays(-Export.ListedDays);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await WithJobs(db, db.Exports.Where(e => e.UserId == viewer.Id && e.CreatedAt > since)).OrderByDescending(r => r.Export.CreatedAt).ThenByDescending(r => r.Export.Id).Take(Listed).ToListAsync(ct);
        return rows.ConvertAll(r => Row(r.Export, r.Job));
    }

    public async Task<ExportRow?> GetAsync(Guid id, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await FindAsync(db, await user.GetAsync(ct), id, ct) is { } found ? Row(found.Export, found.Job) : null;
    }

    public async Task<Result> CancelAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Exports.Where(e => e.Id == id && e.UserId == viewer.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.IsCancelled, true), ct) == 0) return Error.NotFound;
        // One that runs sees it before its next page; one that waits for a worker ends here.
        var now = Now;
        await db.Jobs.Where(j => j.SubjectId == id && j.Kind == ExportJob.Kind && j.State == JobState.Waiting)
            .ExecuteUpdateAsync(set => set.SetProperty(j => j.State, JobState.Cancelled).SetProperty(j => j.FinishedAt, now), ct);
        live.Publish(LiveTopic.ExportsOf(viewer.Id));
        return Result.Ok;
    }

    public async Task<Result<ExportFile>> OpenAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await FindAsync(db, viewer, id, ct) is not { } found) return Error.NotFound;
        if (!viewer.May(Operation.ExportRecords)) return Error.Forbidden;
        var (export, state) = (found.Export, Row(found.Export, found.Job).State);
        if (state is ExportState.Waiting or ExportState.Running) return new Error("export.running", null);
        if (state != ExportState.Ready) return new Error("export.gone", null);
        // What is written while it is downloaded is written as its maker sees it, and nobody else may stand in for them.
        if (export.StorageKey is null && export.UserId != viewer.Id) return Error.NotFound;
        if (export.StorageKey is { } key)
        {
            await RecordAsync(export.Id, null, viewer, ct);
            return new ExportFile(export.FileName, ExportColumns.ContentType(export.Format), async (target, stop) =>
            {
                await using var stored = files.Open(key);
                await stored.CopyToAsync(target, stop);
            });
        }
        var request = JsonSerializer.Deserialize<ExportRequest>(export.Request)!;
        return new ExportFile(export.FileName, ExportColumns.ContentType(export.Format), async (target, stop) =>
        {
            // Written down before the first byte: whoever breaks off at the last one has taken it all the same.
            await RecordAsync(export.Id, export.Rows ?? export.Total, viewer, stop);
            var rows = await WriteAsync(request, viewer, target, _ => Task.CompletedTask, stop);
            await using var after = await contexts.CreateDbContextAsync(CancellationToken.None);
            await after.Exports.Where(e => e.Id == export.Id).ExecuteUpdateAsync(set => set.SetProperty(e => e.Rows, rows), CancellationToken.None);
        });
    }

    /// <summary>Writes the file; answers its rows.</summary>
    /// <param name="written">Told of every row.</param>
    internal async Task<int> WriteAsync(ExportRequest request, Viewer viewer, Stream target, Func<int, Task> written, CancellationToken ct)
    {
        var fields = request.Kind == ExportKind.Interactions ? [] : await customFields.ListAsync(request.Kind == ExportKind.Accounts ? CustomFieldTarget.Account : CustomFieldTarget.Contact, archivedToo: true, ct);
        var cells = new ExportCells(request, fields.ToDictionary(f => f.Id, f => f.Fields.Type), viewer);
        await using var writer = await ExportWriters.BeginAsync(target, request, cells, photos, ct);
        var rows = 0;
        await foreach (var record in records.ReadAsync(request, ct))
        {
            await writer.WriteAsync(record, ct);
            await written(++rows);
            // There may be more by now than were counted.
            if (rows > Export.MaxRows) throw new JobRefusedException("export.limit");
        }
        await writer.EndAsync(ct);
        return rows;
    }

    // Who took it, and how many rows there are, as far as that is known by then.
    private async Task RecordAsync(Guid id, int? rows, Viewer viewer, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var export = await db.Exports.SingleAsync(e => e.Id == id, ct);
        if (rows is { } count) export.Rows = count;
        db.Entry(export).Property(e => e.Rows).IsModified = true;
        db.Begin("export.download", viewer, Now);
        await db.SaveChangesAsync(ct);
    }

    private async Task<Error?> RefusedAsync(ExportRequest request, CancellationToken ct)
    {
        if (!Enum.IsDefined(request.Kind) || !Enum.IsDefined(request.Format) || (request.Format == ExportFormat.VCard && request.Kind != ExportKind.Contacts)) return new("export.format", nameof(request.Format));
        if (request.Format == ExportFormat.VCard) return null;
        if (request.Kind == ExportKind.Interactions && request.ContactId is null) return Error.NotFound;
        var known = ExportColumns.Of(request.Kind);
        var custom = request.Kind == ExportKind.Interactions ? [] : (await customFields.ListAsync(request.Kind == ExportKind.Accounts ? CustomFieldTarget.Account : CustomFieldTarget.Contact, archivedToo: true, ct)).Select(f => f.Id).ToHashSet();
        var isKnown = request.Columns.Count > 0 && request.Columns.All(c => c.Title is { Length: > 0 and <= 200 } && (c.Field.Target == ImportTarget.Custom ? c.Field.CustomFieldId is { } id && custom.Contains(id) : known.Contains(c.Field.Target)));
        return isKnown && request.Columns.Select(c => c.Field).Distinct().Count() == request.Columns.Count ? null : new("export.columns", nameof(request.Columns));
    }

    private ExportRow Row(Export export, JobRun? job)
    {
        var until = export.CreatedAt.AddDays(Export.KeptDays);
        var state = export.IsCancelled ? ExportState.Cancelled : job?.State switch
        {
            JobState.Waiting => ExportState.Waiting,
            JobState.Running => ExportState.Running,
            JobState.Failed => ExportState.Failed,
            JobState.Cancelled => ExportState.Cancelled,
            _ => until < Now || (export.JobId is not null && export.StorageKey is null) ? ExportState.Expired : ExportState.Ready,
        };
        var done = state == ExportState.Ready ? export.Rows ?? export.Total : job?.Done ?? 0;
        return new(export.Id, export.Kind, export.Format, export.FileName, state, export.Total, done, export.Size, export.CreatedAt, until) { ErrorCode = state == ExportState.Failed ? job!.ErrorCode : null };
    }

    private static async Task<Found?> FindAsync(AppDbContext db, Viewer viewer, Guid id, CancellationToken ct) =>
        await WithJobs(db, db.Exports.Where(e => e.Id == id && (e.UserId == viewer.Id || viewer.Role == Role.Admin))).SingleOrDefaultAsync(ct);

    private static IQueryable<Found> WithJobs(AppDbContext db, IQueryable<Export> exports) =>
        exports.AsNoTracking().Select(e => new Found { Export = e, Job = db.Jobs.Where(j => j.Id == e.JobId).FirstOrDefault() });

    private sealed record Found
    {
        public required Export Export { get; init; }
        public JobRun? Job { get; init; }
    }
}
