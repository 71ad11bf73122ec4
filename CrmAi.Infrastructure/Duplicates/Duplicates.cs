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
        return new((await search.FindAsync(db, viewer, [fields], except, ct))[0], await search.ElsewhereAsync(db, viewer, fields, ct));
    }

    public async Task<IReadOnlyList<SuspectedCompany>> CheckCompanyAsync(CompanyFields fields, Guid? except, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await search.CompaniesAsync(db, viewer, new() { Name = Short(fields.Name), ShortName = Short(fields.ShortName), Website = Short(fields.Website), Phone = Short(fields.Phone), City = Short(fields.City), CreditCode = Short(fields.CreditCode) }, except, ct);
    }

    public async Task<Result<Page<DuplicateRow>>> PairsAsync(DuplicateScope scope, string? after, int take, CancellationToken ct, MergeKind kind)
    {
        take = Math.Clamp(take, 1, IDuplicates.MaxTake);
        if (!PairPlace.TryParse(after, out var place)) return new Error("cursor.unknown", nameof(after));
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var pairs = SeenPairs.Of(db, viewer, scope, kind);
        if (place is { } last) pairs = pairs.Where(p => p.Score < last.Score || (p.Score == last.Score && (p.FirstId > last.First || (p.FirstId == last.First && p.SecondId > last.Second))));
        var rows = await SeenPairs.RowsAsync(pairs, take + 1, ct);
        return new Page<DuplicateRow>([.. rows.Take(take)], rows.Count > take ? new PairPlace(rows[take - 1].Score, rows[take - 1].FirstId, rows[take - 1].SecondId).ToString() : null);
    }

    public Task<IReadOnlyList<DuplicateGroup>> GroupsAsync(DuplicateScope scope, CancellationToken ct) =>
        GroupsAsync(MergeKind.Contact, scope, DuplicateSides.ReadAsync, sides => sides.OrderByDescending(s => s.InteractionCount).ThenBy(s => s.CreatedAt).ThenBy(s => s.Id), (sides, pairs) => new DuplicateGroup(sides, pairs), ct);

    public Task<IReadOnlyList<CompanyGroup>> CompanyGroupsAsync(DuplicateScope scope, CancellationToken ct) =>
        GroupsAsync(MergeKind.Account, scope, DuplicateSides.CompaniesAsync, sides => sides.OrderByDescending(s => s.Contacts).ThenBy(s => s.CreatedAt).ThenBy(s => s.Id), (sides, pairs) => new CompanyGroup(sides, pairs), ct);

    private async Task<IReadOnlyList<TGroup>> GroupsAsync<TSide, TGroup>(MergeKind kind, DuplicateScope scope, Func<AppDbContext, Viewer, IReadOnlyCollection<Guid>, CancellationToken, Task<Dictionary<Guid, ReadSide<TSide>>>> read,
        Func<IEnumerable<TSide>, IEnumerable<TSide>> order, Func<IReadOnlyList<TSide>, IReadOnlyList<DuplicateRow>, TGroup> group, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await SeenPairs.RowsAsync(SeenPairs.Of(db, viewer, scope, kind), IDuplicates.MaxPairs, ct);
        var sides = await read(db, viewer, [.. rows.SelectMany(Both).Distinct()], ct);
        var joined = new Clusters();
        foreach (var row in rows) joined.Join(row.FirstId, row.SecondId);
        return [.. rows.Where(r => sides.ContainsKey(r.FirstId) && sides.ContainsKey(r.SecondId)).GroupBy(r => joined.Of(r.FirstId)).Select(g => group([.. order(g.SelectMany(Both).Distinct().Select(id => sides[id].Side))], [.. g]))];

        static Guid[] Both(DuplicateRow row) => [row.FirstId, row.SecondId];
    }

    public async Task<DuplicateCounts> CountAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        Task<int> Of(MergeKind kind) => SeenPairs.Of(db, viewer, DuplicateScope.Mine, kind).Take(MostCounted).CountAsync(ct);
        return new(await Of(MergeKind.Contact), await Of(MergeKind.Account));
    }

    public async Task<Result<Saved>> DismissAsync(Guid a, Guid b, CancellationToken ct, MergeKind kind)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var (first, second) = DuplicatePair.Ordered(a, b);
        List<IOwned> both = kind == MergeKind.Account ? [.. await db.Accounts.VisibleTo(viewer).Where(c => c.Id == first || c.Id == second).ToListAsync(ct)]
            : [.. await db.Contacts.VisibleTo(viewer).Include(c => c.Shares).Where(c => c.Id == first || c.Id == second).ToListAsync(ct)];
        if (both.Count != 2) return Error.NotFound;
        if (!both.Exists(viewer.MayChange)) return Error.Forbidden;
        if (await db.DuplicateDismissals.AnyAsync(d => d.FirstId == first && d.SecondId == second, ct)) return new Error("duplicate.dismissed", null);
        var dismissal = new DuplicateDismissal { Kind = kind, FirstId = first, SecondId = second, UserId = viewer.Id, At = Now };
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
        // How many records there are is told to those alone who may look through them all.
        var (done, total) = (running?.Done ?? 0, running?.Total ?? 0);
        if (!MayScan(viewer) && total > 0) (done, total) = ((int)(100L * done / total), 100);
        return new(running is not null, done, total, finished, MayScan(viewer));
    }

    private static MatchFields Cut(MatchFields fields) => new()
    {
        Name = Short(fields.Name), EnglishName = Short(fields.EnglishName), Mobile = Short(fields.Mobile), Phone = Short(fields.Phone), Email = Short(fields.Email), WeChat = Short(fields.WeChat), Company = Short(fields.Company), EnglishCompany = Short(fields.EnglishCompany),
    };

    // What is longer than a field may be is nobody's.
    private static string? Short(string? text) => text is null || text.Length <= ContactRules.MaxShort ? text : text[..ContactRules.MaxShort];

    private static IQueryable<JobRun> Scans(AppDbContext db) => db.Jobs.Where(j => j.SubjectId == DuplicateScanJob.Subject && j.Kind == DuplicateScanJob.Kind);

    private static bool MayScan(Viewer viewer) => viewer.Role is Role.Admin or Role.Manager;
}
