using System.Text.Json;
using CrmAi.Domain.History;
using CrmAi.Domain.Imports;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Imports;

/// <summary>What people see of imports.</summary>
internal sealed partial class Imports
{
    private const int MaxTake = 200;

    private static readonly ImportState[] Busy = [ImportState.Checking, ImportState.Running, ImportState.Undoing];

    public async Task<Result<Page<ImportSummary>>> PageAsync(bool everybody, string? after, int take, CancellationToken ct)
    {
        take = Math.Clamp(take, 1, MaxTake);
        var cursor = Guid.Empty;
        if (after is not null && !Guid.TryParseExact(after, "N", out cursor)) return new Error("cursor.unknown", nameof(after));
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var found = Of(db, viewer).Where(i => everybody || i.UserId == viewer.Id);
        if (after is not null) found = found.Where(i => i.Id < cursor);
        var rows = await Bare(Beside(db, found).OrderByDescending(r => r.Import.Id).Take(take + 1)).ToListAsync(ct);
        return new Page<ImportSummary>([.. rows.Take(take).Select(Summary)], rows.Count > take ? rows[take - 1].Import.Id.ToString("N") : null);
    }

    public async Task<ImportDetail?> GetAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await Beside(db, Of(db, viewer).Where(i => i.Id == id)).SingleOrDefaultAsync(ct) is not { } row) return null;
        var import = row.Import;
        return new(Summary(row), import.Version, ImportSources.ShapeOf(import), ImportSources.MappingOf(import), import.Policy, import.DropsBadValues, import.IsRemembered, ImportSources.QuestionsOf(import))
        {
            Check = import.CheckedAt is null ? null : new(import.Rows, import.CheckedNew, import.CheckedUpdates, import.CheckedSkips, import.CheckedRepeats, import.CheckedRefusals),
            Companies = import.Companies, Job = row.Job, StartedAt = import.StartedAt, Checked = import.State == ImportState.Checking ? row.JobDone : import.Rows,
            Custom = await ImportUploads.CustomAsync(db, import.Kind, ct),
        };
    }

    public async Task<Result<Page<ImportRowReport>>> RowsAsync(Guid id, ImportPhase phase, RowOutcome? outcome, string? after, int take, CancellationToken ct)
    {
        take = Math.Clamp(take, 1, MaxTake);
        var from = int.MinValue;
        if (after is not null && !int.TryParse(after, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out from)) return new Error("cursor.unknown", nameof(after));
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await Of(db, viewer).Where(i => i.Id == id).Select(i => (ImportKind?)i.Kind).SingleOrDefaultAsync(ct) is not { } kind) return Error.NotFound;
        var found = db.ImportItems.AsNoTracking().Where(i => i.ImportId == id && i.Phase == phase && i.Number > from);
        found = outcome is { } only ? found.Where(i => i.Outcome == only) : found.Where(i => i.Problems != null);
        var items = await found.OrderBy(i => i.Number).Take(take + 1).ToListAsync(ct);
        var names = await NamesAsync(db, viewer, kind, [.. items.Select(i => i.RecordId).OfType<Guid>().Distinct()], ct);
        var rows = items.Take(take).Select(i => new ImportRowReport(i.Number, i.Outcome, i.RecordId is { } record && names.ContainsKey(record) ? record : null, i.RecordId is { } named ? names.GetValueOrDefault(named) : null, ProblemsOf(i)));
        return new Page<ImportRowReport>([.. rows], items.Count > take ? items[take - 1].Number.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    public async Task<Result<ImportReport>> ReportAsync(Guid id, ImportPhase phase, ReportWords words, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await Of(db, viewer).AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, ct) is not { } import) return Error.NotFound;
        return import.FileDeletedAt is null ? reports.Of(import, phase, words) : new Error("import.gone", null);
    }

    public static IReadOnlyList<RowProblem> ProblemsOf(ImportItem item) => item.Problems is null ? [] : JsonSerializer.Deserialize<List<RowProblem>>(item.Problems, JsonColumns.Options)!;

    public static IQueryable<Import> Of(AppDbContext db, Viewer viewer)
    {
        if (!viewer.May(Operation.WriteContacts) && !viewer.May(Operation.WriteInteractions)) return db.Imports.Where(_ => false);
        return viewer.Role == Role.Admin ? db.Imports : db.Imports.Where(i => i.UserId == viewer.Id);
    }

    private static async Task<Dictionary<Guid, string>> NamesAsync(AppDbContext db, Viewer viewer, ImportKind kind, List<Guid> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        var names = kind == ImportKind.Interactions ? await db.Interactions.VisibleTo(viewer, db).Where(i => ids.Contains(i.Id)).Select(i => new { i.Id, i.Contact!.Name }).ToDictionaryAsync(i => i.Id, i => i.Name, ct)
            : kind == ImportKind.Contacts ? await db.Contacts.VisibleTo(viewer).Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Name }).ToDictionaryAsync(c => c.Id, c => c.Name, ct) : [];
        // Companies too, which an import of contacts makes along.
        foreach (var account in await db.Accounts.VisibleTo(viewer).Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Name }).ToListAsync(ct)) names[account.Id] = account.Name;
        return names;
    }

    private static IQueryable<ImportAt> Beside(AppDbContext db, IQueryable<Import> imports) =>
        from import in imports.AsNoTracking()
        join one in db.Jobs on import.JobId equals one.Id into jobs
        from job in jobs.DefaultIfEmpty()
        select new ImportAt { Import = import, Job = job == null ? null : job.State, Problem = job == null ? null : job.ErrorCode, JobDone = job == null ? 0 : job.Done, Owner = db.Users.Where(u => u.Id == import.UserId).Select(u => u.Name).FirstOrDefault(), UndoneBy = job == null || job.UserId == import.UserId ? null : db.Users.Where(u => u.Id == job.UserId).Select(u => u.Name).FirstOrDefault() };

    // A list is read again with every step of a job: what a file looks like, and becomes, stays where it is.
    private static IQueryable<ImportAt> Bare(IQueryable<ImportAt> rows) => rows.Select(r => new ImportAt
    {
        Import = new()
        {
            Id = r.Import.Id, UserId = r.Import.UserId, FileName = r.Import.FileName, Size = r.Import.Size, Kind = r.Import.Kind, State = r.Import.State, Rows = r.Import.Rows, StartedAt = r.Import.StartedAt,
            Done = r.Import.Done, Created = r.Import.Created, Updated = r.Import.Updated, Skipped = r.Import.Skipped, Repeated = r.Import.Repeated, Refused = r.Import.Refused,
            UndoTotal = r.Import.UndoTotal, UndoDone = r.Import.UndoDone, UndoKept = r.Import.UndoKept, CreatedAt = r.Import.CreatedAt, FinishedAt = r.Import.FinishedAt, StorageKey = "", Shape = "", Mapping = "",
        },
        Job = r.Job, Problem = r.Problem, JobDone = r.JobDone, Owner = r.Owner,
    });

    private static async Task<ImportState> StateAsync(AppDbContext db, Import import, CancellationToken ct) =>
        StateOf(import, await db.Jobs.Where(j => j.Id == import.JobId).Select(j => (JobState?)j.State).SingleOrDefaultAsync(ct));

    // That its job was given up, the job says.
    public static ImportState StateOf(Import import, JobState? job) => Busy.Contains(import.State) && job == JobState.Failed ? ImportState.Failed : import.State;

    private ImportSummary Summary(ImportAt row)
    {
        var (import, state) = (row.Import, StateOf(row.Import, row.Job));
        return new(import.Id, import.FileName, import.Size, import.Kind, state, import.UserId, row.Owner ?? "", import.Rows,
            import.StartedAt is null ? null : new(import.Done, import.Created, import.Updated, import.Skipped, import.Repeated, import.Refused),
            import.UndoTotal == 0 ? null : new(import.UndoTotal, import.UndoDone, import.UndoKept, import.UndoneCompanies, import.UndoneLabels), state == ImportState.Failed ? row.Problem ?? "job.fault" : null, import.CreatedAt, import.FinishedAt)
        {
            MayUndo = UndoRefusal(import, state, Now) is null, UndoneBy = import.UndoTotal > 0 ? row.UndoneBy : null,
        };
    }

    private sealed class ImportAt
    {
        public required Import Import { get; init; }
        public JobState? Job { get; init; }
        public string? Problem { get; init; }
        public int JobDone { get; init; }
        public string? Owner { get; init; }
        public string? UndoneBy { get; init; }
    }
}
