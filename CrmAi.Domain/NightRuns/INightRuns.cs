using CrmAi.Domain.Shared;

namespace CrmAi.Domain.NightRuns;

/// <summary>The nightly analysis, for administrators. Everybody else is answered forbidden, or nothing.</summary>
public interface INightRuns
{
    /// <summary>The plan with the run that is active, or the last one. Null for whoever is no administrator.</summary>
    Task<NightOverview?> OverviewAsync(CancellationToken ct);

    /// <summary>The latest runs, newest first, at most 30.</summary>
    Task<IReadOnlyList<NightProgress>> ListAsync(CancellationToken ct);

    /// <summary>What one run brought. Null where there is none such.</summary>
    Task<NightReport?> ReportAsync(Guid id, CancellationToken ct);

    /// <summary>Begins a run now, whatever the hour, with as much time as a night has. Errors: forbidden, night.active, night.nothing (no contact needs analysing: no run is made of it).</summary>
    Task<Result<Guid>> StartAsync(CancellationToken ct);

    /// <summary>No further batch is begun; those that run are finished. Errors: forbidden, not_found, night.state.</summary>
    Task<Result> PauseAsync(Guid id, CancellationToken ct);

    /// <summary>A run whose window is over goes on for as long as a night has. Errors as for pausing.</summary>
    Task<Result> ResumeAsync(Guid id, CancellationToken ct);

    /// <summary>What is done stays. Errors as for pausing.</summary>
    Task<Result> CancelAsync(Guid id, CancellationToken ct);

    /// <summary>Errors: forbidden, conflict, night.window.range (15 to 720 minutes), night.stale.range (1 to 365 days), night.budget.range (0 to 1,000,000 yuan), settings.timezone.unknown.</summary>
    Task<Result> SavePlanAsync(NightPlanEdit plan, int version, CancellationToken ct);
}

/// <param name="BudgetMicros">Millionths of a yuan, null without limit.</param>
public sealed record NightPlanEdit(bool IsEnabled, TimeOnly StartsAt, string TimeZone, int WindowMinutes, int StaleDays, long? BudgetMicros);

/// <param name="Version">0 while nobody has changed what is given.</param>
/// <param name="NextAt">When the next night begins; null where it is switched off.</param>
/// <param name="Latest">The active run, or the last one; null before the first.</param>
public sealed record NightOverview(NightPlanEdit Plan, int Version, DateTime? NextAt, NightProgress? Latest);

/// <summary>How far a run is.</summary>
/// <param name="StartedBy">Null for the schedule.</param>
/// <param name="PerSecond">Contacts a second of the time worked, pauses left out, over the last minute, or over the whole run once it has ended; null where none is done.</param>
/// <param name="Remaining">At that speed; null where it does not run.</param>
/// <param name="Rescored">Contacts whose scores alone were brought to the day.</param>
/// <param name="Reread">Conversations that were read again.</param>
/// <param name="CostMicros">Millionths of a yuan.</param>
public sealed record NightProgress(Guid Id, DateOnly? Night, string? StartedBy, NightRunState State, NightStop? Reason, DateTime CreatedAt, DateTime? FinishedAt, DateTime EndsAt,
    int Chosen, IReadOnlyList<NightShare> Reasons, int Renewed, int Unchanged, int Rescored, int Reread, int Failed, int PaidCalls, long CostMicros, long? BudgetMicros, double? PerSecond, TimeSpan? Remaining)
{
    public int Done => Renewed + Unchanged + Rescored + Failed;

    public bool IsActive => State is NightRunState.Choosing or NightRunState.Running or NightRunState.Paused;
}

/// <param name="Failures">At most 100.</param>
/// <param name="Changed">Contacts whose profile says something else than before, the most statements first, at most 50.</param>
/// <param name="Analysis">Of the workers' time, 0 to 1; the four together are all of it.</param>
/// <param name="Scoring">Scores and suggested steps, their reading and writing included.</param>
public sealed record NightReport(NightProgress Progress, IReadOnlyList<NightFailureRow> Failures, IReadOnlyList<NightChange> Changed, double Reading, double Analysis, double Scoring, double Writing);

/// <param name="Name">Null where the contact is gone.</param>
public sealed record NightFailureRow(Guid ContactId, string? Name, string ErrorCode);

/// <param name="Statements">How many statements came, went or changed.</param>
public sealed record NightChange(Guid ContactId, string Name, string? Company, int Statements);
