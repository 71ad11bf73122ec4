using CrmAi.Domain.NightRuns;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.NightRuns;

internal sealed class NightRuns(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, NightShift shift, NightWorkers workers, ILiveUpdates live, TimeProvider time) : INightRuns
{
    private const int Latest = 30;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<NightOverview?> OverviewAsync(CancellationToken ct)
    {
        if (!(await user.GetAsync(ct)).May(Operation.Administer)) return null;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var plan = await PlanAsync(db, ct);
        var latest = await db.NightRuns.AsNoTracking().OrderByDescending(r => r.Id).FirstOrDefaultAsync(ct);
        return new(new(plan.IsEnabled, plan.StartsAt, plan.TimeZone, plan.WindowMinutes, plan.StaleDays, plan.BudgetMicros), plan.Version, plan.NextAfter(Now),
            latest is null ? null : (await NightReports.ProgressAsync(db, [latest], Now, ct)).Single());
    }

    public async Task<IReadOnlyList<NightProgress>> ListAsync(CancellationToken ct)
    {
        if (!(await user.GetAsync(ct)).May(Operation.Administer)) return [];
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await NightReports.ProgressAsync(db, await db.NightRuns.AsNoTracking().OrderByDescending(r => r.Id).Take(Latest).ToListAsync(ct), Now, ct);
    }

    public async Task<NightReport?> ReportAsync(Guid id, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.Administer)) return null;
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await NightReports.OfAsync(db, viewer, id, Now, ct);
    }

    public async Task<Result<Guid>> StartAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.Administer)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.NightRuns.AnyAsync(r => r.Active == 1, ct)) return new Error("night.active", null);
        if (!await workers.AnyoneAsync(db, ct)) return new Error("night.nothing", null);
        var plan = await PlanAsync(db, ct);
        var run = new NightRun { StartedBy = viewer.Id, CreatedAt = Now, EndsAt = Now.AddMinutes(plan.WindowMinutes), BudgetMicros = plan.BudgetMicros };
        db.NightRuns.Add(run);
        if (await db.TrySaveAsync(ct, new("night.active", null)) is { } refusal) return refusal;
        Call();
        return run.Id;
    }

    public Task<Result> PauseAsync(Guid id, CancellationToken ct) => MoveAsync(id, NightRunState.Running, NightRunState.Paused, ct);

    public Task<Result> ResumeAsync(Guid id, CancellationToken ct) => MoveAsync(id, NightRunState.Paused, NightRunState.Running, ct);

    public async Task<Result> CancelAsync(Guid id, CancellationToken ct)
    {
        if (!(await user.GetAsync(ct)).May(Operation.Administer)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var now = Now;
        var ended = await db.NightRuns.Where(r => r.Id == id && r.Active == 1)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, NightRunState.Cancelled).SetProperty(r => r.FinishedAt, now).SetProperty(r => r.Active, (int?)null), ct);
        return await AnswerAsync(db, id, ended, ct);
    }

    public async Task<Result> SavePlanAsync(NightPlanEdit edit, int version, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.Administer)) return Error.Forbidden;
        var errors = Check(edit).ToList();
        if (errors.Count > 0) return Result.Refused(errors);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var plan = await db.NightPlans.SingleOrDefaultAsync(ct);
        if ((plan?.Version ?? 0) != version) return Error.Conflict;
        if (plan is null) db.NightPlans.Add(plan = new());
        (plan.IsEnabled, plan.StartsAt, plan.TimeZone, plan.WindowMinutes, plan.StaleDays, plan.BudgetMicros) = (edit.IsEnabled, edit.StartsAt, edit.TimeZone, edit.WindowMinutes, edit.StaleDays, edit.BudgetMicros);
        db.Begin("night.plan", viewer, Now);
        if (await db.TrySaveAsync(ct) is { } refusal) return refusal;
        live.Publish(LiveTopic.NightRuns);
        return Result.Ok;
    }

    private static IEnumerable<Error> Check(NightPlanEdit edit)
    {
        if (edit.WindowMinutes is < NightPlan.LeastMinutes or > NightPlan.MostMinutes) yield return new("night.window.range", nameof(edit.WindowMinutes), NightPlan.LeastMinutes, NightPlan.MostMinutes);
        if (edit.StaleDays is < 1 or > NightPlan.MostStaleDays) yield return new("night.stale.range", nameof(edit.StaleDays), NightPlan.MostStaleDays);
        if (edit.BudgetMicros is < 0 or > NightPlan.MostMicros) yield return new("night.budget.range", nameof(edit.BudgetMicros), NightPlan.MostMicros / 1_000_000);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(edit.TimeZone, out _)) yield return new("settings.timezone.unknown", nameof(edit.TimeZone));
    }

    private async Task<Result> MoveAsync(Guid id, NightRunState from, NightRunState to, CancellationToken ct)
    {
        if (!(await user.GetAsync(ct)).May(Operation.Administer)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var least = to == NightRunState.Running ? Now.AddMinutes((await PlanAsync(db, ct)).WindowMinutes) : default(DateTime?);
        var now = Now;
        var moved = await db.NightRuns.Where(r => r.Id == id && r.State == from)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.State, to).SetProperty(r => r.EndsAt, r => least != null && r.EndsAt <= now ? least.Value : r.EndsAt), ct);
        return await AnswerAsync(db, id, moved, ct);
    }

    private async Task<Result> AnswerAsync(AppDbContext db, Guid id, int moved, CancellationToken ct)
    {
        if (moved == 0) return await db.NightRuns.AnyAsync(r => r.Id == id, ct) ? new Error("night.state", null) : Error.NotFound;
        Call();
        return Result.Ok;
    }

    private void Call()
    {
        live.Publish(LiveTopic.NightRuns);
        shift.Call();
    }

    private static async Task<NightPlan> PlanAsync(AppDbContext db, CancellationToken ct) => await db.NightPlans.AsNoTracking().SingleOrDefaultAsync(ct) ?? new();
}
