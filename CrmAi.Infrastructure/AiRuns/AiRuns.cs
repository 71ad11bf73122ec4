using CrmAi.Domain.AiRuns;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.AiRuns;

internal sealed class AiRuns(IDbContextFactory<AppDbContext> contexts, ICurrentUser user) : IAiRuns
{
    public async Task<Result<Page<AiRunRow>>> PageAsync(AiRunQuery query, string? after, int take, CancellationToken ct)
    {
        var place = after is null ? null : Cursor.Parse(after);
        if (after is not null && place is null) return new Error("cursor.unknown", nameof(after));
        take = Math.Clamp(take, 1, IAiRuns.MaxTake);
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.ReadAiRuns)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ledger = new LedgerRows(db, viewer);
        var runs = await ledger.RunsAsync(query, ct);
        // The first comparison bounds the range that is read.
        if (place is { } last) runs = runs.Where(r => r.At <= last.At && (r.At < last.At || r.Id < last.Id));
        var found = await runs.OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Take(take + 1).ToListAsync(ct);
        var next = found.Count > take ? new Cursor(found[take - 1].At, found[take - 1].Id).ToString() : null;
        var shown = found.Take(take).ToList();
        var saved = await ledger.SavedAsync(shown, ct);
        var beside = await ledger.BesideAsync([.. shown.Select(r => Places(r, saved))], ct);
        return new Page<AiRunRow>([.. shown.Select(r => Row(r, saved, beside))], next);
    }

    public async Task<AiRunDetail?> GetAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ledger = new LedgerRows(db, viewer);
        var run = await (await ledger.RunsAsync(ct)).SingleOrDefaultAsync(r => r.Id == id, ct);
        if (run is null) return null;
        var saved = await ledger.SavedAsync([run], ct);
        var row = Row(run, saved, await ledger.BesideAsync([Places(run, saved)], ct));
        // What somebody wrote about it may tell of what was said.
        var mayRead = (run.ContactId is null || row.Contact is not null) && (run.InteractionId is null || row.Conversation is not null);
        return new(row, Convert.ToHexStringLower(run.InputDigest), run.PromptVersion, run.Rating, mayRead ? run.Comment : null, run.RatedAt);
    }

    public async Task<Result<AiRunSums>> SumsAsync(AiRunQuery query, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.ReadAiRuns)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var runs = await new LedgerRows(db, viewer).RunsAsync(query, ct);
        var sums = await runs.GroupBy(_ => 1).Select(g => new
        {
            Runs = g.Count(),
            Paid = g.Count(r => r.CostMicros != null),
            Cost = g.Sum(r => r.CostMicros ?? 0),
            Input = g.Sum(r => (long)(r.InputTokens ?? 0)),
            Output = g.Sum(r => (long)(r.OutputTokens ?? 0)),
            Rated = g.Count(r => r.Useful != null),
            Useful = g.Count(r => r.Useful == true),
            Claims = g.Sum(r => (long)r.Claims),
            Dropped = g.Sum(r => (long)r.Dropped),
        }).SingleOrDefaultAsync(ct);
        if (sums is null) return new AiRunSums(0, null, 0, 0, null, 0, 0, 0, 0);
        // The one in the middle, or the two about it.
        var middle = await runs.OrderBy(r => r.Milliseconds).ThenBy(r => r.Id).Skip((sums.Runs - 1) / 2).Take(2 - (sums.Runs % 2)).Select(r => r.Milliseconds).ToListAsync(ct);
        return new AiRunSums(sums.Runs, sums.Paid > 0 ? sums.Cost : null, sums.Input, sums.Output, middle.Count == 0 ? null : (int)Math.Round(middle.Average(), MidpointRounding.AwayFromZero),
            sums.Rated, sums.Useful, sums.Claims, sums.Dropped);
    }

    public async Task<Result<AiRunTrends>> TrendsAsync(AiRunQuery query, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.ReadAiRuns)) return Error.Forbidden;
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(viewer.TimeZone, out var known) ? known : TimeZoneInfo.Utc;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var runs = await new LedgerRows(db, viewer).RunsAsync(query, ct);
        var cells = new Dictionary<(DateOnly Day, AiRunType Type, string Analyst), AiRunCell>();
        // A day on a person's clock is none of the database's: rows stream by, and only their sums are kept.
        await foreach (var run in runs.Select(r => new { r.At, r.Type, r.Analyst, r.CostMicros, r.Useful }).AsAsyncEnumerable().WithCancellation(ct))
        {
            var key = (DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(run.At, zone)), run.Type, run.Analyst);
            var cell = cells.GetValueOrDefault(key) ?? new(key.Item1, key.Type, key.Analyst, 0, 0, 0, 0);
            cells[key] = cell with
            {
                Runs = cell.Runs + 1,
                CostMicros = cell.CostMicros + (run.CostMicros ?? 0),
                Rated = cell.Rated + (run.Useful is null ? 0 : 1),
                Useful = cell.Useful + (run.Useful == true ? 1 : 0),
            };
        }
        return new AiRunTrends([.. cells.Values.OrderBy(c => c.Day).ThenBy(c => c.Type).ThenBy(c => c.Analyst, StringComparer.Ordinal)]);
    }

    public async Task<Result<AiRunChoices>> ChoicesAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.ReadAiRuns)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var ledger = new LedgerRows(db, viewer);
        var people = await ledger.People().OrderBy(u => u.Name).ThenBy(u => u.Id).Select(u => new RunPerson(u.Id, u.Name)).ToListAsync(ct);
        var analysts = await (await ledger.RunsAsync(ct)).Select(r => r.Analyst).Distinct().ToListAsync(ct);
        return new AiRunChoices(people, [.. analysts.Order(StringComparer.Ordinal)]);
    }

    private static Guid? Contact(AiRun run, IReadOnlyDictionary<Guid, Guid> saved) => run.ContactId ?? (saved.TryGetValue(run.Id, out var contact) ? contact : null);

    private static (Guid, Guid?, Guid?) Places(AiRun run, IReadOnlyDictionary<Guid, Guid> saved) => (run.UserId, Contact(run, saved), run.InteractionId);

    private static AiRunRow Row(AiRun run, IReadOnlyDictionary<Guid, Guid> saved, Beside beside) => new(run.Id, run.Type, run.At, beside.Person(run.UserId), beside.Contact(Contact(run, saved)), beside.Conversation(run.InteractionId), run.Analyst, run.AnalystVersion,
        run.InputTokens, run.OutputTokens, run.CostMicros, run.Milliseconds, run.Claims, run.Dropped, LedgerRows.StateOf(run.ErrorCode), run.ErrorCode, run.Useful);
}
