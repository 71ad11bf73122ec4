using CrmAi.Domain.Shared;

namespace CrmAi.Domain.AiRuns;

/// <summary>What administrators decide about models for the whole company: one row, read before each call.</summary>
public sealed class AiSettings : IRecorded, IVersioned
{
    /// <summary>The one row's id; it is there from the first migration on.</summary>
    public static readonly Guid OnlyId = new("019aa000-0000-7000-8000-000000000001");

    public Guid Id { get; init; } = OnlyId;

    /// <summary>Off: no model is asked from the next call on, and rules stand in.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Millionths of a yuan for one day of the company's; null: no limit. What would pass it is not asked.</summary>
    public long? DailyBudgetMicros { get; set; }

    /// <summary>As above, for a calendar month.</summary>
    public long? MonthlyBudgetMicros { get; set; }
    public int Version { get; set; }
}
