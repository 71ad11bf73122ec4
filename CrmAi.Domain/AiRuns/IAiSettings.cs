using CrmAi.Domain.Shared;

namespace CrmAi.Domain.AiRuns;

/// <summary>What administrators decide about models for the whole company: whether they are asked at all, and what they may cost.</summary>
public interface IAiSettings
{
    const long Yuan = 1_000_000;

    /// <summary>Millionths of a yuan: ten million yuan.</summary>
    const long MostBudget = 10_000_000 * Yuan;

    /// <summary>Errors: forbidden.</summary>
    Task<Result<AiSettingsView>> GetAsync(CancellationToken ct);

    /// <summary>Holds from the next call on. Errors: forbidden, conflict, ai.budget.range (from 0 to <see cref="MostBudget"/>), ai.budget.order (a day's above its month's).</summary>
    Task<Result<Saved>> UpdateAsync(int version, AiSettingsEdit edit, CancellationToken ct);
}

/// <param name="Enabled">Off: no model is asked, rules stand in.</param>
/// <param name="DailyBudgetMicros">Millionths of a yuan for one day of the company's; null: no limit.</param>
/// <param name="MonthlyBudgetMicros">As above, for a calendar month.</param>
public sealed record AiSettingsEdit(bool Enabled, long? DailyBudgetMicros, long? MonthlyBudgetMicros);

/// <param name="SpentTodayMicros">Since the company's midnight, in millionths of a yuan.</param>
/// <param name="SpentThisMonthMicros">Since the first of the company's month.</param>
/// <param name="Models">Which model serves each task, as configured.</param>
/// <param name="ChangedAt">Null where nobody changed anything yet.</param>
public sealed record AiSettingsView(AiSettingsEdit Fields, long SpentTodayMicros, long SpentThisMonthMicros, IReadOnlyList<TaskModel> Models, DateTime? ChangedAt, string? ChangedBy, int Version);

/// <param name="Model">Null where none is configured: rules do it, or <paramref name="Service"/>.</param>
/// <param name="Service">What does it that is neither model nor rules: the reader of cards, the register of companies. Null for tasks without one.</param>
/// <param name="IsReady">False where that service is not installed, or no key is set.</param>
public sealed record TaskModel(AiRunType Task, string? Model, string? Service = null, bool IsReady = true);
