using CrmAi.Domain.AiRuns;
using CrmAi.Domain.BusinessCards;
using CrmAi.Domain.Enrichment;
using CrmAi.Domain.Shared;
using CrmAi.Domain.Users;
using CrmAi.Infrastructure.Data;
using Microsoft.EntityFrameworkCore;

namespace CrmAi.Infrastructure.AiRuns;

internal sealed class CompanyAi(IDbContextFactory<AppDbContext> contexts, ICurrentUser user, AiSpending spending, IModelCalls models, ICardReader cards, ICompanyRegistry registry, TimeProvider time) : IAiSettings
{
    public async Task<Result<AiSettingsView>> GetAsync(CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.Administer)) return Error.Forbidden;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await db.AiSettings.AsNoTracking().SingleAsync(ct);
        var spent = await spending.OfAsync(db, ct);
        var last = await db.ChangeEntries.Where(e => e.RecordType == nameof(AiSettings) && e.RecordId == row.Id).OrderByDescending(e => e.Id)
            .Join(db.ChangeSets, e => e.ChangeSetId, s => s.Id, (e, s) => new { s.At, s.UserId, Entry = e.Id }).OrderByDescending(s => s.Entry).FirstOrDefaultAsync(ct);
        var who = last is null ? null : await db.Users.Where(u => u.Id == last.UserId).Select(u => u.Name).SingleOrDefaultAsync(ct);
        return new AiSettingsView(Fields(row), spent.DayMicros, spent.MonthMicros, await ServedAsync(ct), last?.At, who, row.Version);
    }

    public async Task<Result<Saved>> UpdateAsync(int version, AiSettingsEdit edit, CancellationToken ct)
    {
        var viewer = await user.GetAsync(ct);
        if (!viewer.May(Operation.Administer)) return Error.Forbidden;
        if (Errors(edit) is { Count: > 0 } errors) return Result.Refused<Saved>(errors);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var row = await db.AiSettings.SingleAsync(ct);
        if (row.Version != version) return Error.Conflict;
        (row.Enabled, row.DailyBudgetMicros, row.MonthlyBudgetMicros) = (edit.Enabled, edit.DailyBudgetMicros, edit.MonthlyBudgetMicros);
        var command = db.Begin("ai.settings", viewer, time.GetUtcNow().UtcDateTime);
        return await db.TrySaveAsync(ct) is { } refusal ? refusal : new Saved(row.Id, row.Version, command.Id);
    }

    private async Task<IReadOnlyList<TaskModel>> ServedAsync(CancellationToken ct)
    {
        var reads = (await cards.CheckAsync(ct)).Succeeded;
        return [.. Enum.GetValues<AiRunType>().Select(task => task switch
        {
            AiRunType.Card => new TaskModel(task, null, cards.Name, reads),
            AiRunType.Enrichment => new(task, null, registry.Source, registry.IsConfigured),
            _ => new(task, models.ModelOf(task)),
        })];
    }

    private static List<Error> Errors(AiSettingsEdit edit)
    {
        var errors = new List<Error>();
        const long most = IAiSettings.MostBudget / IAiSettings.Yuan;
        if (edit.DailyBudgetMicros is < 0 or > IAiSettings.MostBudget) errors.Add(new("ai.budget.range", nameof(edit.DailyBudgetMicros), most));
        if (edit.MonthlyBudgetMicros is < 0 or > IAiSettings.MostBudget) errors.Add(new("ai.budget.range", nameof(edit.MonthlyBudgetMicros), most));
        if (errors.Count == 0 && edit.DailyBudgetMicros > edit.MonthlyBudgetMicros) errors.Add(new("ai.budget.order", nameof(edit.DailyBudgetMicros)));
        return errors;
    }

    private static AiSettingsEdit Fields(AiSettings row) => new(row.Enabled, row.DailyBudgetMicros, row.MonthlyBudgetMicros);
}
