using CrmAi.Domain.Contacts;
using CrmAi.Domain.Duplicates;
using CrmAi.Domain.Jobs;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.Duplicates;

internal sealed class Duplicates(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, DuplicateSearch search, TimeProvider time) : IDuplicates
{
    private const int MostCounted = 100;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<DuplicateCheck> CheckAsync(MatchFields fields, Guid? except, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        fields = Cut(fields);
        return new(await search.FindAsync(db, viewer, fields, except, ct), await search.ElsewhereAsync(db, viewer, fields, ct));
    }

    public async Task<Result<Page<DuplicateRow>>> PairsAsync(DuplicateScope scope, string? after, int take, CancellationToken ct)
    {
        take = Math.Clamp(take, 1, IDuplicates.MaxTake);
        if (!PairPlace.TryParse(after, out var place)) return new Error("cursor.unknown", nameof(after));
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var pairs = SeenPairs.Of(db, viewer, scope);
        if (place is { } last) pairs = pairs.Where(p => p.Score < last.Score || (p.Score == last.Score && (p.FirstId > last.First || (p.FirstId == last.First && p.SecondId > last.Second))));
        var rows = await SeenPairs.RowsAsync(pairs, take + 1, ct);
        return new Page<DuplicateRow>([.. rows.Take(take)], rows.Count > take ? new PairPlace(rows[take - 1].Score, rows[take - 1].FirstId, rows[take - 1].SecondId).ToString() : null);
    }

    public async Task<IReadOnlyList<DuplicateGroup>> GroupsAsync(DuplicateScope scope, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await SeenPairs.RowsAsync(SeenPairs.Of(db, viewer, scope), IDuplicates.MaxPairs, ct);
        var sides = await DuplicateSides.ReadAsync(db, viewer, [.. rows.SelectMany(r => (Guid[])[r.FirstId, r.SecondId]).Distinct()], ct);
        var joined = new Clusters();
        foreach (var row in rows) joined.Join(row.FirstId, row.SecondId);
        return [.. rows.Where(r => sides.ContainsKey(r.FirstId) && sides.ContainsKey(r.SecondId)).GroupBy(r => joined.Of(r.FirstId)).Select(g => new DuplicateGroup(
            [.. g.SelectMany(r => (Guid[])[r.FirstId, r.SecondId]).Distinct().Select(id => sides[id].Side).OrderByDescending(s => s.InteractionCount).ThenBy(s => s.CreatedAt).ThenBy(s => s.Id)], [.. g]))];
    }

    public async Task<int> CountAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await SeenPairs.Of(db, viewer, DuplicateScope.Mine).Take(MostCounted).CountAsync(ct);
    }

    public async Task<Result<Saved>> DismissAsync(Guid a, Guid b, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (first, second) = DuplicatePair.Ordered(a, b);
        var both = await db.Contacts.VisibleTo(viewer).Include(c => c.Shares).Where(c => c.Id == first || c.Id == second).ToListAsync(ct);
        if (both.Count != 2) return Error.NotFound;
        if (!both.Exists(viewer.MayChange)) return Error.Forbidden;
        if (await db.DuplicateDismissals.AnyAsync(d => d.FirstId == first && d.SecondId == second, ct)) return new Error("duplicate.dismissed", null);
        var dismissal = new DuplicateDismissal { FirstId = first, SecondId = second, UserId = viewer.Id, At = Now };
        db.DuplicateDismissals.Add(dismissal);
        var command = db.Begin("duplicate.dismiss", viewer, Now);
        if (await db.TrySaveAsync(ct, new("duplicate.dismissed", null)) is { } refusal) return refusal;
        return new Saved(dismissal.Id, 1, command.Id);
    }

    public async Task<Result<Guid>> ScanAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!MayScan(viewer)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await Scans(db).AnyAsync(j => j.State == JobState.Waiting || j.State == JobState.Running, ct)) return new Error("duplicate.scanning", null);
        var job = DuplicateScanJob.Of(viewer.Id, Now);
        job.ByHand = true;
        db.Jobs.Add(job);
        await db.SaveChangesAsync(ct);
        return job.Id;
    }

    public async Task<DuplicateScanState> StateAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var running = await Scans(db).AsNoTracking().Where(j => j.State == JobState.Waiting || j.State == JobState.Running).OrderBy(j => j.Id).FirstOrDefaultAsync(ct);
        var finished = await Scans(db).Where(j => j.State == JobState.Done).MaxAsync(j => j.FinishedAt, ct);
        return new(running is not null, running?.Done ?? 0, running?.Total ?? 0, finished, MayScan(viewer));
    }

    // What is longer than a field may be is nobody's.
    private static MatchFields Cut(MatchFields fields)
    {
        static string? Short(string? text) => text is null || text.Length <= ContactRules.MaxShort ? text : text[..ContactRules.MaxShort];
        return new() { Name = Short(fields.Name), EnglishName = Short(fields.EnglishName), Mobile = Short(fields.Mobile), Phone = Short(fields.Phone), Email = Short(fields.Email), WeChat = Short(fields.WeChat), Company = Short(fields.Company) };
    }

    private static IQueryable<JobRun> Scans(AppDbContext db) => db.Jobs.Where(j => j.SubjectId == DuplicateScanJob.Subject && j.Kind == DuplicateScanJob.Kind);

    private static bool MayScan(Viewer viewer) => viewer.Role is Role.Admin or Role.Manager;
}
